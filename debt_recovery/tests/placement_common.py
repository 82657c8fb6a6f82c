from datetime import timedelta

from odoo import Command

from .legal_common import LegalCommon


class PlacementCommon(LegalCommon):
    """The debtor of the legal tests, and an agency with a contract: 20 per cent, 30
    from 180 days, net of commission."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_agency = True
        cls.agency = cls.env["res.partner"].create(
            {
                "name": "Collect Ltd",
                "is_company": True,
                "phone": "+1 555 0100",
                "email": "claims@collect.example.com",
            }
        )
        cls.contract = cls.env["debt.recovery.placement.contract"].create(
            {
                "partner_id": cls.agency.id,
                "company_id": cls.company.id,
                "remit": "net",
                "recall_days": 120,
                "date_processing": "2024-01-01",
                "rate_ids": [
                    Command.create({"percent": 20}),
                    Command.create({"percent": 30, "min_days": 180}),
                ],
            }
        )
        cls.env.flush_all()

    def _proposed(self, user=None, case=None):
        """A proposal from the menu of the case."""
        case = self._as(user or self.officer, case or self.record)
        action = case.action_agency()
        return case.env["debt.recovery.placement"].browse(action["res_id"])

    def _placed(self, user=None):
        """Placed by the manager, who may; seen as the user."""
        placement = self._proposed()
        self._as(self.manager, placement).action_place()
        return self._as(user or self.officer, placement)

    def _receipt(self, placement, amount, days=1, **vals):
        return placement.env["debt.recovery.placement.receipt"].create(
            {
                "placement_id": placement.id,
                "amount": amount,
                "date": self.today + timedelta(days=days),
                **vals,
            }
        )

    def _end(self, placement, state="closed", **vals):
        wizard = placement.env["debt.recovery.placement.close"]
        wizard.create(
            {"placement_id": placement.id, "state": state, **vals}
        ).action_end()

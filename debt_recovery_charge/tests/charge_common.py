from datetime import timedelta

from odoo.addons.debt_recovery.tests.run_common import MONDAY, RecoveryRunCommon


class ChargeCommon(RecoveryRunCommon):
    """A company that claims 36.5 % a year (0.1 % a day) by contract; an invoice of
    1,000 that is 30 days late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["debt.recovery.charge.rule"].create(
            {
                "name": "House terms",
                "debtors": "any",
                "margin": 36.5,
                "legal_basis": "Terms, clause 7",
            }
        )
        cls.company.recovery_charge_rule_ids = cls.rule
        cls.company.recovery_charge_account_id = cls.company_data[
            "default_account_revenue"
        ]
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 30)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.charges = cls.env["debt.recovery.charge"]

    def _count(self, days=0):
        """Count as the daily run does, ``days`` later."""
        day = MONDAY + timedelta(days=days)
        company = self.company.with_context(recovery_today=day)
        charges = self.charges.sudo().with_context(recovery_today=day)
        charges._refresh_company(company)
        return self.charges.search([("company_id", "=", self.company.id)])

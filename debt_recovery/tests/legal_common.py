from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from .common import DebtRecoveryCommon

MONDAY = date(2025, 6, 2)


@tagged("post_install", "-at_install", "debt_recovery")
class LegalCommon(DebtRecoveryCommon):
    """A debtor who owes 10,000, was sent a demand 30 days ago, and whose case is ready
    for the court on a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})
        cls.company = cls.env.company
        cls.company.recovery_legal = True
        cls.company.recovery_escalate_user_id = cls.manager
        # two who may decide: otherwise solo mode lets the manager do anything
        cls.other_manager = cls._recovery_user("manager", login="dr_other_manager")
        us = cls.env.ref("base.us")
        cls.company.country_id = us
        cls.debtor.write({"country_id": us.id, "zip": "12345"})
        cls.old = cls._overdue_invoice(cls.debtor, 6000, 90)
        cls.young = cls._overdue_invoice(cls.debtor, 4000, 60)
        for move in cls.old | cls.young:
            cls._document(move)
        cls.record = cls._case(user_id=cls.officer.id)
        cls._demand(cls.record, 30)
        cls.court = cls.env["res.partner"].create(
            {"name": "County Court", "is_company": True, "country_id": us.id}
        )
        cls.counsel = cls.env["res.partner"].create(
            {"name": "Counsel LLP", "email": "counsel@law.example.com"}
        )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.case = self._as(self.officer, self.record)

    @classmethod
    def _document(cls, move):
        """The invoice as it was sent."""
        cls.env["ir.attachment"].create(
            {
                "name": f"{move.name}.pdf".replace("/", "_"),
                "raw": b"%PDF-1.4",
                "res_model": "account.move",
                "res_id": move.id,
            }
        )

    @classmethod
    def _demand(cls, case, days):
        """A formal demand that left so many days ago."""
        step = cls.env["debt.recovery.strategy.step"].search(
            [("stage_id.code", "=", "demand"), ("strategy_id", "=", cls.strategy.id)],
            limit=1,
        )
        action = cls.env["debt.recovery.action"].create(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": case.company_id.id,
                "step_id": step.id,
                "cycle": case.cycle,
                "channel_id": cls.env.ref("debt_recovery.channel_letter").id,
                "date_planned": cls.today - timedelta(days=days),
            }
        )
        action._set_done(date_done=f"{cls.today - timedelta(days=days)} 10:00:00")
        return action

    def _as(self, user, record):
        return record.with_user(user).with_context(recovery_today=self.today)

    # HAND-OVER

    def _handover(self, user=None, case=None, **vals):
        """A hand-over in preparation, with everything filled in."""
        user = user or self.officer
        case = self._as(user, case or self.record)
        action = case.action_legal()
        self.assertEqual(action["res_model"], "debt.recovery.handover")
        handover = case.env["debt.recovery.handover"].browse(action["res_id"])
        handover.write({"reason": "Nothing else worked", "cost_estimate": 800, **vals})
        handover.action_confirm_address()
        return handover

    def _legal(self, user=None, **vals):
        """A legal case, handed over and approved."""
        handover = self._handover(legal_user_id=self.legal.id, **vals)
        handover.action_hand_over()
        approval = handover.sudo()._waiting_approvals()
        self._as(self.manager, approval).action_approve()
        return self._as(user or self.legal, handover.sudo().legal_case_ids)

    def _record_event(self, legal, kind, **vals):
        """What the dialog “Record” does."""
        wizard = legal.env["debt.recovery.legal.record"].with_context(
            default_legal_case_id=legal.id
        )
        wizard.create({"legal_case_id": legal.id, "kind": kind, **vals}).action_save()

    def _filed(self, **vals):
        legal = self._legal(**vals)
        self._record_event(
            legal, "filing", court_id=self.court.id, court_number="C-1/25"
        )
        return legal

    def _judged(self, amount=10000, **vals):
        legal = self._filed()
        self._record_event(legal, "service")
        self._record_event(
            legal, "judgment", amount=amount, result="For the claimant", **vals
        )
        return legal

    def _later(self, record, days):
        return record.with_context(recovery_today=self.today + timedelta(days=days))

    def _planned(self, legal):
        events = legal.event_ids.filtered(lambda event: event.state == "planned")
        return {event.kind: event.date for event in events}

    @classmethod
    def _bill(cls, partner, amount, currency=None):
        """A posted vendor bill."""
        return cls._overdue_invoice(
            partner,
            amount,
            0,
            move_type="in_invoice",
            currency=currency or cls.company.currency_id,
            ref=f"BILL {amount}",
        )

    @classmethod
    def _lines(cls, *rows):
        return [Command.create(vals) for vals in rows]

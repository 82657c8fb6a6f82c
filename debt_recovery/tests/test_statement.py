from odoo.tests import tagged

from .run_common import RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestStatement(RecoveryRunCommon):
    """The statement shows every open item and adds up to the balance."""

    def test_balances_per_currency_with_credits_not_due_and_excluded(self):
        euro = self._setup_currency("EUR", rate=2.0)
        self._overdue_invoice(self.debtor, 1000, 10)
        self._overdue_invoice(self.debtor, 400, -10, invoice_date=self.today)
        self._overdue_invoice(self.debtor, 70, 3, currency=euro)
        self._credit_note(self.debtor, 150)
        excluded = self._overdue_invoice(self.debtor, 999, 3)
        excluded.no_followup = True
        groups = self._case(self.debtor)._statement_groups()
        totals = {group["currency"]: group["closing"] for group in groups}
        self.assertEqual(totals, {self.company.currency_id: 2249, euro: 70})
        self.assertEqual(sum(len(group["lines"]) for group in groups), 5)

    def test_second_reminder_carries_it(self):
        self._overdue_invoice(self.debtor, 1000, 20)
        case = self._case(self.debtor)
        step = self.strategy.step_ids.filtered(lambda s: s.code == "rem2")
        channel = step.channel_ids
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [case._prepare_action_vals(step, channel, reason="test")]
        )
        action._prepare_messages()
        self.assertEqual(
            action.attachment_ids.mapped("name"), [case._statement_filename()]
        )
        self.assertIn(b"Statement of Account", action.attachment_ids.raw)

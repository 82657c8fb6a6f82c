from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestBrakes(RecoveryRunCommon):
    """Embarrassing letters that must not leave, each with its reason and remedy."""

    def _reason(self, run, partner=None):
        partner = partner or self.debtor
        return run.line_ids.filtered(
            lambda line: line.phase == "decide" and line.partner_id == partner
        ).reason

    def _actions(self):
        return self.env["debt.recovery.action"].search(
            [("partner_id", "=", self.debtor.id)]
        )

    def _bank_line(self, day):
        self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "payment_ref": "Some money",
                "amount": 10,
            }
        )

    def test_stale_bank_stops_what_is_automatic_until_confirmed(self):
        self._overdue_invoice(self.debtor, 900, 6)
        self._bank_line(MONDAY - timedelta(days=10))
        run = self._run()
        self.assertFalse(self._actions())
        self.assertIn("import statements or confirm", self._reason(run))
        run.with_user(self.officer).action_confirm_books()
        self._run()
        self.assertEqual(self._actions().step_id.code, "rem1")

    def test_fresh_bank_and_no_bank_do_not_stop(self):
        self._overdue_invoice(self.debtor, 900, 6)
        self._bank_line(MONDAY - timedelta(days=3))
        self._run()
        self.assertTrue(self._actions())

    def test_invoice_never_sent_is_sent_first_not_chased(self):
        for number in range(9):
            other = self._debtor(f"Other {number}")
            self._overdue_invoice(other, 100, 1).is_move_sent = True
        invoice = self._overdue_invoice(self.debtor, 900, 6)
        run = self._run()
        self.assertFalse(self._actions())
        self.assertIn("never sent; send them first", self._reason(run))
        invoice.is_move_sent = True
        self._run()
        self.assertEqual(self._actions().line_ids.move_id, invoice)

    def test_unsent_item_does_not_ride_along(self):
        for number in range(9):
            other = self._debtor(f"Other {number}")
            self._overdue_invoice(other, 100, 1).is_move_sent = True
        sent = self._overdue_invoice(self.debtor, 900, 6)
        sent.is_move_sent = True
        self._overdue_invoice(self.debtor, 800, 7)
        self._run()
        self.assertEqual(self._actions().line_ids.move_id, sent)

    def test_companies_that_print_are_not_stopped(self):
        self._overdue_invoice(self.debtor, 900, 6)
        self._run()
        self.assertTrue(self._actions())

    def test_automatic_payer_waits_until_the_collection_failed(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Direct debit",
                "recovery_autopay": True,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 0}
                    )
                ],
            }
        )
        self._overdue_invoice(
            self.debtor,
            900,
            6,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
            invoice_date=MONDAY - timedelta(days=6),
        )
        run = self._run()
        self.assertFalse(self._actions())
        self.assertIn("Collected automatically", self._reason(run))
        self._run(7)
        self.assertTrue(self._actions())

    def test_rest_within_tolerance_is_not_claimed(self):
        self.company.recovery_tolerance_units = 2
        self.company.recovery_send_units = 0.1
        self.company.recovery_open_units = 0.1
        self._overdue_invoice(self.debtor, 80, 6)
        run = self._run()
        self.assertFalse(self._actions())
        self.assertIn("within tolerance", self._reason(run))

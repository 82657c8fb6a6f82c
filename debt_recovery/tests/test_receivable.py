from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReceivable(DebtRecoveryCommon):
    """The bridge of an open item, component by component."""

    def _rows(self, partner=None, **context):
        rows = self.env["debt.recovery.receivable"].with_context(**context)
        rows.invalidate_model()
        return rows.search([("partner_id", "=", (partner or self.debtor).id)])

    def _assert_adds_up(self, rows):
        names = (
            *("excluded", "in_payment", "not_due", "disputed"),
            *("agreed", "held", "collectable", "credit"),
        )
        for suffix in ("", "_currency"):
            for row in rows:
                parts = [row[f"amount_{name}{suffix}"] for name in names]
                self.assertAlmostEqual(sum(parts), row[f"amount_residual{suffix}"], 6)
                self.assertTrue(all(part >= 0 for part in parts[:-1]), parts)
                self.assertLessEqual(parts[-1], 0)

    def test_overdue_invoice_is_collectable(self):
        self._overdue_invoice(self.debtor, 1000, 10)
        row = self._rows()
        self.assertEqual(row.status, "collectable")
        self.assertEqual(row.amount_collectable, 1000)
        self.assertEqual((row.days_overdue, row.bucket), (10, "1"))
        self._assert_adds_up(row)

    def test_due_today_is_not_overdue(self):
        self._overdue_invoice(self.debtor, 1000, 0)
        row = self._rows()
        self.assertEqual((row.status, row.bucket), ("not_due", "0"))

    def test_reference_day_shapes_the_rows_and_does_not_leak(self):
        self._overdue_invoice(self.debtor, 1000, 10)
        row = self._rows()
        later = row.with_context(recovery_today=self.today + timedelta(days=90))
        self.assertEqual(row.days_overdue, 10)
        self.assertEqual(later.days_overdue, 100)
        self.assertEqual(row.days_overdue, 10)

    def test_each_instalment_ages_by_itself(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half in 5, half in 60 days",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (5, 60)
                ],
            }
        )
        self._overdue_invoice(
            self.debtor,
            1000,
            20,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
            invoice_date=self.today - timedelta(days=20),
        )
        rows = self._rows()
        self.assertEqual(rows.mapped("status"), ["collectable", "not_due"])
        self.assertEqual(rows.mapped("amount_residual"), [500, 500])

    def test_no_followup_is_shown_as_excluded(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        invoice.no_followup = True
        row = self._rows()
        self.assertEqual((row.status, row.amount_excluded), ("excluded", 1000))
        self._assert_adds_up(row)

    def test_blocked_invoice_is_held_and_judged_by_residual(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        invoice.action_toggle_block_payment()
        row = self._rows()
        self.assertEqual((row.status, row.amount_held), ("held", 1000))
        self._pay(invoice)
        self.assertFalse(self._rows())

    def test_unmatched_credit_note_is_a_credit_row(self):
        self._overdue_invoice(self.debtor, 1000, 10)
        refund = self._create_invoice_one_line(
            price_unit=300, partner_id=self.debtor.id, move_type="out_refund", post=True
        )
        row = self._rows().filtered("is_credit")
        self.assertEqual(row.move_id, refund)
        self.assertEqual((row.status, row.amount_credit), ("credit", -300))
        self._assert_adds_up(self._rows())

    def test_payment_without_entry_is_money_under_way(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        payment = self._entryless_payment(invoice, 400)
        row = self._rows()
        self.assertEqual(row.amount_in_payment, 400)
        self.assertEqual(row.amount_collectable, 600)
        self._assert_adds_up(row)
        payment.action_cancel()
        self.assertEqual(self._rows().amount_collectable, 1000)

    def test_partial_dispute_leaves_the_rest_collectable(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        case = self._case(self.debtor)
        dispute = self.env["debt.recovery.dispute"].create(
            {
                "name": "Short delivery",
                "case_id": case.id,
                "line_ids": [
                    Command.create(
                        {
                            "move_line_id": self._receivable_line(invoice).id,
                            "amount_currency": 200,
                        }
                    )
                ],
            }
        )
        row = self._rows()
        self.assertEqual((row.amount_disputed, row.amount_collectable), (200, 800))
        self._assert_adds_up(row)
        dispute.action_withdraw()
        self.assertEqual(self._rows().amount_collectable, 1000)

    def _promise(self, case, invoice, covered, days=5):
        return self.env["debt.recovery.agreement"].create(
            {
                "case_id": case.id,
                "date_agreed": self.today + timedelta(days=days),
                "line_ids": [
                    Command.create(
                        {
                            "move_line_id": self._receivable_line(invoice).id,
                            "amount_covered": covered,
                        }
                    )
                ],
            }
        )

    def test_agreed_part_shrinks_as_money_arrives(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        self._promise(self._case(self.debtor), invoice, 700)
        row = self._rows()
        self.assertEqual((row.amount_agreed, row.amount_collectable), (700, 300))
        self._pay(invoice, amount=300)
        row = self._rows()
        self.assertEqual((row.amount_agreed, row.amount_collectable), (400, 300))
        self._assert_adds_up(row)

    def test_forgotten_promise_covers_nothing_after_its_grace(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        self._promise(self._case(self.debtor), invoice, 700, days=5)
        later = self._rows(recovery_today=self.today + timedelta(days=11))
        self.assertEqual(later.amount_collectable, 1000)

    def test_foreign_currency_adds_up_in_both_currencies(self):
        currency = self.setup_other_currency("EUR", rates=[("2000-01-01", 0.333333)])
        invoice = self._overdue_invoice(self.debtor, 100, 10, currency_id=currency.id)
        case = self._case(self.debtor)
        self._promise(case, invoice, 33.33)
        row = self._rows()
        self.assertEqual(row.amount_residual_currency, 100)
        self.assertEqual(row.amount_agreed_currency, 33.33)
        self._assert_adds_up(row)

    def test_read_only_with_a_sentence(self):
        self._overdue_invoice(self.debtor, 1000, 10)
        with self.assertRaisesRegex(UserError, "come from the ledger"):
            self._rows().write({"move_name": "X"})
        with self.assertRaisesRegex(UserError, "come from the ledger"):
            self._rows().sudo().unlink()

    def test_officer_reads_items_of_own_and_unassigned_cases(self):
        self._overdue_invoice(self.debtor, 1000, 10)
        other = self._debtor("Other Ltd")
        self._overdue_invoice(other, 500, 10)
        self._case(self.debtor).user_id = self.officer
        self._case(other).user_id = self.other_officer
        rows = self.env["debt.recovery.receivable"].with_user(self.officer).search([])
        self.assertIn(self.debtor, rows.partner_id)
        self.assertNotIn(other, rows.partner_id)

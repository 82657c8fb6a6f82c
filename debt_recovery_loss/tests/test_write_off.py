from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestWriteOff(LossCommon):
    """Asked for, decided, booked, and taken back."""

    def test_officer_asks_manager_decides(self):
        record = self._draft()
        notice = record.action_submit()
        self.assertEqual(notice["tag"], "display_notification")
        self.assertEqual(record.state, "waiting")
        self.assertEqual(self.lost.amount_residual, 1200, "nothing happens before")
        approval = record.sudo()._waiting_approvals()
        self.assertIn("1,200.00", approval.effect)
        self._answer(self.manager, approval, "refuse", "Try the guarantor")
        self.assertEqual(record.state, "draft")

    def test_E4_entry_splits_the_tax(self):
        record = self._booked()
        self.assertEqual(record.state, "booked")
        balances = self._balances(record.move_id)
        self.assertEqual(balances[self.expense], 1000)
        self.assertEqual(balances[self.waiting_tax], 200)
        self.assertEqual(self.lost.amount_residual, 0)
        self.assertEqual((record.amount, record.amount_tax), (1200, 200))
        line = record.line_ids
        self.assertEqual(line.vat_relief_amount, 200)
        self.assertEqual(line.vat_relief_state, "waiting")

    def test_E5_part_paid(self):
        self._pay(self.lost, amount=450, date=MONDAY)
        record = self._booked()
        balances = self._balances(record.move_id)
        self.assertEqual(
            (balances[self.expense], balances[self.waiting_tax]), (625, 125)
        )

    def test_no_rule_no_tax(self):
        self.company.recovery_relief_rule_id = False
        record = self._booked()
        self.assertEqual(self._balances(record.move_id)[self.expense], 1200)
        self.assertEqual(record.line_ids.vat_relief_state, "none")

    def test_cash_basis_tax_never_became_due(self):
        waits = self.waiting_tax.copy({"code": "149901", "reconcile": True})
        self.company.tax_exigibility = True
        self.tax.write(
            {
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": waits.id,
            }
        )
        move = self._taxed(100, 100)
        record = self._booked(moves=move)
        self.assertEqual(self._balances(record.move_id)[waits], 20)
        self.assertEqual(record.line_ids.vat_relief_amount, 0)
        caba = self.env["account.move"].search(
            [("tax_cash_basis_origin_move_id", "=", move.id)]
        )
        self.assertFalse(caba)

    def test_foreign_currency_to_the_cent(self):
        euro = self._setup_currency("EUR", 3.0)
        move = self._taxed(333.33, 100, currency=euro)
        record = self._booked(moves=move)
        self.assertEqual(move.amount_residual, 0)
        self.assertAlmostEqual(
            sum(record.move_id.line_ids.mapped("balance")), 0, places=6
        )

    def test_taken_back_reopens_claim_and_case(self):
        record = self._booked(moves=self.lost | self.invoice)
        self.assertEqual(self.record.state, "closed")
        self.assertEqual(self.record.close_reason, "written_off")
        with self._refused("recovery manager"):
            record.action_reverse()
        self._real(self.manager, record).action_reverse()
        self.assertEqual(record.state, "reversed")
        self.assertEqual(self.lost.amount_residual, 1200)
        self.assertEqual(self.record.state, "open")
        texts = " ".join(self.record.message_ids.mapped("body"))
        self.assertIn("taken back", texts)
        again = self._booked(moves=self.lost)
        self.assertEqual(again.state, "booked", "it can be written off again")

    def test_bookkeeper_resets_the_entry(self):
        record = self._booked()
        record.sudo().move_id.button_draft()
        self.assertEqual(record.state, "reversed")

    def test_own_write_off_is_no_money(self):
        """An agreement sees that less is owed, and that nothing was paid."""
        agreements = self.env["debt.recovery.agreement"]
        record = self._booked()
        query = SQL(
            """SELECT %s FROM account_partial_reconcile p
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id WHERE m.id = %s""",
            agreements._facts_kind(),
            record.move_id.id,
        )
        self.assertEqual(self.env.execute_query(query), [("credit",)])

    def test_limit_counts_the_customer_not_the_piece(self):
        """1,000 a customer and year for the manager: the second one goes up."""
        small = self._overdue_invoice(self.debtor, 600, 100)
        other = self._overdue_invoice(self.debtor, 600, 90)
        first = self._draft(self.manager, small)
        first.action_submit()
        self.assertEqual(first.state, "booked")
        second = self._draft(self.manager, other)
        self.company.recovery_final_approver_id = self.second
        second.action_submit()
        self.assertEqual(second.state, "waiting")

    def test_not_by_hand(self):
        record = self._draft()
        with self._refused("use the buttons"):
            record.write({"state": "booked"})
        with self._refused("use the buttons"):
            record.line_ids.write({"amount": 1})
        booked = self._booked()
        with self._refused("cannot be deleted"):
            booked.unlink()

    def test_groups(self):
        record = self._booked()
        self.assertTrue(self._real(self.auditor, record).amount)
        self.assertTrue(self._real(self.legal, record).amount)
        with self.assertRaises(AccessError):
            self._real(self.auditor, record).write({"note": "x"})
        with self.assertRaises(AccessError):
            self._real(self.other_officer, record).read(["amount"])
        with self.assertRaises(AccessError):
            self._real(self.field_officer, record).read(["amount"])

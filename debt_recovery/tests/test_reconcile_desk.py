from odoo.exceptions import AccessError
from odoo.tests import tagged

from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReconcileDesk(DisputeCommon):
    """Payments that lie beside open items are found, matched or asked for."""

    def _desk(self, user):
        case = self.case.with_user(user)
        if user == self.accountant:
            action = self.debtor.with_user(user).action_recovery_reconcile()
        else:
            action = case.action_reconcile()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def test_accountant_matches_with_one_click_and_undoes_it(self):
        self._customer_payment(self.debtor, 1000)
        desk = self._desk(self.accountant)
        self.assertEqual(desk.match_ids.mapped("rule"), ["exact"])
        self.assertEqual(desk.match_ids.debit_text, self.invoice.name)
        desk.match_ids.action_match()
        self.assertIn(self.invoice.payment_state, ("paid", "in_payment"))
        self.assertFalse(desk.match_ids)
        self.assertEqual(desk.debit_ids.mapped("name"), [self.other.name])
        partial = desk.matched_ids.with_user(self.accountant)
        partial.with_context(recovery_desk_id=desk.id).action_recovery_unmatch()
        self.assertEqual(self.invoice.payment_state, "not_paid")
        self.assertEqual(len(desk.match_ids), 1)

    def test_officer_asks_once_with_the_proposal(self):
        self._customer_payment(self.debtor, 1500)
        desk = self._desk(self.officer)
        self.assertEqual(desk.match_ids.rule, "sum")
        with self._refused("Ask AR to match"):
            desk.action_match_all()
        desk.action_ask()
        desk.action_ask()
        task = self.debtor.sudo().activity_ids
        self.assertEqual(task.user_id, self.accountant)
        self.assertIn(self.invoice.name, task.note)
        self.assertIn("1,500.00", task.note)

    def test_chosen_by_hand(self):
        self._customer_payment(self.debtor, 200)
        desk = self._desk(self.accountant)
        with self._refused("Tick at least one"):
            desk.action_match_ticked()
        desk.debit_ids.filtered(lambda i: i.move_line_id == self.item).selected = True
        desk.credit_ids.selected = True
        desk.action_match_ticked()
        self.assertEqual(self.item.amount_residual, 800)
        self.assertEqual(desk.difference_ids.kind, "under")

    def test_a_desk_grown_old_is_refused(self):
        self._customer_payment(self.debtor, 1000)
        desk = self._desk(self.accountant)
        self._pay(self.invoice, 300)
        with self._refused("has changed since you opened"):
            desk.action_match_all()

    def test_differences_are_named(self):
        self._pay(self.invoice, 990)
        self._customer_payment(self._debtor("Stranger"), 10)
        desk = self._desk(self.officer)
        self.assertEqual(
            desk.difference_ids.mapped(lambda d: (d.kind, d.amount)), [("charge", 10)]
        )
        self._pay(self.other)
        self._customer_payment(self.debtor, 70)
        self._pay(self.invoice)
        desk.action_refresh()
        self.assertEqual(
            desk.difference_ids.mapped(lambda d: (d.kind, d.amount)), [("over", 70)]
        )

    def test_currencies_stay_apart(self):
        euro = self._setup_currency("EUR", rate=2.0)
        foreign = self._overdue_invoice(self.debtor, 500, 10, currency=euro)
        self._customer_payment(self.debtor, 500, currency_id=euro.id)
        desk = self._desk(self.officer)
        self.assertEqual(desk.match_ids.debit_text, foreign.name)

    def test_people_without_rights(self):
        with self.assertRaises(AccessError):
            self.debtor.with_user(self.sales).action_recovery_reconcile()

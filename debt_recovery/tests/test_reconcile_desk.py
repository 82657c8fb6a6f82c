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

    # ANOTHER CURRENCY

    def _paid_in_euro(self, amount, reference=False):
        """The dollar buys two euros; the payment is made in euros."""
        euro = self._setup_currency("EUR", rate=2.0)
        return self._customer_payment(
            self.debtor, amount, currency_id=euro.id, memo=reference
        )

    def test_same_worth_in_another_currency_is_proposed_with_its_rate(self):
        self._paid_in_euro(1990)
        desk = self._desk(self.accountant)
        match = desk.match_ids
        self.assertEqual(
            (match.rule, match.debit_text), ("currency", self.invoice.name)
        )
        self.assertIn("1 EUR = 0.5000 USD", match.note)
        self.assertIn("$\xa05.00 stays open", match.note)
        match.action_match()
        self.assertEqual(self.item.amount_residual, 5)
        self.assertFalse(desk.match_ids)

    def test_named_in_another_currency(self):
        self._paid_in_euro(600, self.invoice.name)
        desk = self._desk(self.officer)
        self.assertEqual(desk.match_ids.debit_text, self.invoice.name)
        desk.action_ask()
        self.assertIn("1 EUR = 0.5000 USD", self.debtor.sudo().activity_ids.note)

    def test_unlike_amounts_are_not_proposed(self):
        self._paid_in_euro(700)
        self.assertFalse(self._desk(self.accountant).match_ids)

    def test_ticked_across_currencies_shows_the_rate_first(self):
        self._paid_in_euro(700)
        desk = self._desk(self.accountant)
        desk.debit_ids.filtered(lambda i: i.move_line_id == self.item).selected = True
        desk.credit_ids.selected = True
        desk.action_match_ticked()
        self.assertEqual(self.item.amount_residual, 1000)
        self.assertIn("stays open", desk.match_ids.note)
        desk.match_ids.action_match()
        self.assertEqual(self.item.amount_residual, 650)

    def test_exchange_difference_is_shown(self):
        """An invoice of 1,000 EUR, booked at 500 USD; 400 USD are worth 1,000 EUR on
        the day of the payment."""
        euro = self._setup_currency("EUR", rate=2.0)
        euro.rate_ids.create({"currency_id": euro.id, "name": self.today, "rate": 2.5})
        foreign = self._overdue_invoice(self.debtor, 1000, 10, currency=euro)
        self._customer_payment(self.debtor, 400, memo=foreign.name)
        desk = self._desk(self.accountant)
        match = desk.match_ids.filtered(lambda m: m.debit_text == foreign.name)
        self.assertIn("1 USD = 2.5000 EUR", match.note)
        self.assertIn("exchange difference $\xa0100.00", match.note)
        self.assertEqual(match.amount, 400)
        match.action_match()
        self.assertIn(foreign.payment_state, ("paid", "in_payment"))

    def test_a_missing_rate_is_said(self):
        self._paid_in_euro(700)
        desk = self._desk(self.accountant)
        desk.credit_ids.currency_id.sudo().rate_ids.unlink()
        desk.debit_ids.selected = True
        desk.credit_ids.selected = True
        with self._refused("There is no rate of EUR on"):
            desk.action_match_ticked()

    def test_people_without_rights(self):
        with self.assertRaises(AccessError):
            self.debtor.with_user(self.sales).action_recovery_reconcile()

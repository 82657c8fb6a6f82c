from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPromise(AgreementCommon):
    """A promise is written once, in one call, by whoever heard it."""

    def test_all_that_can_be_chased(self):
        promise = self._promise(note="Mr Smith, by phone")
        self.assertEqual((promise.kind, promise.state), ("promise", "active"))
        self.assertEqual(promise.source, "officer")
        self.assertEqual(promise.line_ids.amount_covered, 5800)
        self.assertEqual(self._amount("amount_agreed"), 5800)
        self.assertIn("Mr Smith", " ".join(self.record.message_ids.mapped("body")))

    def test_amount_pays_the_oldest_first(self):
        young = self._overdue_invoice(self.debtor, 1000, 5)
        promise = self._promise(amount=6000)
        covered = {line.move_id: line.amount_covered for line in promise.line_ids}
        self.assertEqual(covered, {self.invoice: 5800, young: 200})

    def test_only_the_items_named(self):
        young = self._overdue_invoice(self.debtor, 1000, 5)
        promise = self._promise(items=self._receivable_line(young), source="email")
        self.assertEqual(promise.line_ids.move_id, young)
        self.assertEqual(promise.source, "email")

    def test_grace_is_counted_in_working_days(self):
        promise = self._promise(days=4)  # a Friday
        self.assertEqual(promise.date_until, self._day(9))

    def test_further_than_the_officer_may(self):
        promise = self._promise(days=45)
        self.assertEqual(promise.state, "to_approve")
        self.assertEqual(self.record.approval_ids.state, "waiting")

    def test_bad_input_names_the_remedy(self):
        with self._refused("above zero, at most"):
            self._promise(amount=0)
        with self._refused("more than the items that can be promised"):
            self._promise(amount=5800.01)
        with self._refused("is in the past"):
            self._promise(days=-1)
        self._promise()
        with self._refused("nothing of Debtor Ltd can be chased now"):
            self._promise()

    def test_currencies_are_promised_one_at_a_time(self):
        euro = self._setup_currency()
        self._overdue_invoice(self.debtor, 100, 5, currency=euro)
        with self._refused("one currency at a time"):
            self._promise(amount=50)
        self.assertEqual(len(self._promise().line_ids), 2)

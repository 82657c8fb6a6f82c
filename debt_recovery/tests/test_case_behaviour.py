from datetime import timedelta

from odoo.tests import tagged

from .run_common import RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestCaseBehaviour(RecoveryRunCommon):
    """What the past of a customer tells, on the case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.case = cls._case(user_id=cls.officer.id)

    def _paid(self, late, ago=60, debtor=None):
        """An invoice due ``ago`` days ago that was paid ``late`` days after that."""
        invoice = self._overdue_invoice(debtor or self.debtor, 100, ago)
        self._pay(invoice, date=self.today - timedelta(days=ago - late))
        return invoice

    def _card(self, case=None):
        self.env.flush_all()
        self.env.invalidate_all()
        case = (case or self.case).with_user(self.officer)
        return {label: text for _icon, label, text, _tone in case.behaviour_card}

    def test_few_invoices_prove_nothing(self):
        for late in (3, 4, 5):
            self._paid(late)
        self.assertEqual(
            self._card(),
            {"Pays": "not enough history (4 of at least 5 invoices due)"},
        )

    def test_median_with_what_is_still_open(self):
        for late in (0, 4, 18, 40):
            self._paid(late)
        self.assertEqual(self._card()["Pays"], "about 18 days late (5 invoices)")

    def test_unpaying_an_invoice_counts_again(self):
        for late in (0, 4, 18):
            self._paid(late)
        last = self._paid(40, ago=90)
        last.line_ids.remove_move_reconcile()
        self.assertEqual(self._card()["Pays"], "about 18 days late (5 invoices)")
        self._overdue_invoice(self.debtor, 50, 300)
        self.assertEqual(self._card()["Pays"], "about 19 days late (6 invoices)")

    def test_credit_notes_pay_nothing_and_early_is_early(self):
        self.invoice.button_draft()
        self.invoice.button_cancel()
        for late in (-3, -4, -5, -5, -9):
            self._paid(late)
        credited = self._overdue_invoice(self.debtor, 70, 30)
        note = self._credit_note(self.debtor, 70)
        (credited | note).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(self._card()["Pays"], "about 5 days early (5 invoices)")

    def test_only_the_latest_count(self):
        for _n in range(4):
            self._paid(90, ago=400)
        for _n in range(24):
            self._paid(0, ago=10)
        self.assertEqual(self._card()["Pays"], "on time (24 invoices)")

    def test_promises_and_limit(self):
        self.company.account_use_credit_limit = True
        self.debtor.credit_limit = 800
        for state in ("kept", "kept_late", "broken"):
            promise = self.case._take_promise(self.today + timedelta(days=3))
            promise.sudo().state = state
            self.env.flush_all()
        card = self._card()
        self.assertEqual(card["Promises"], "kept 2 of 3")
        self.assertEqual(card["Credit limit"], "125 % used")

    def test_asks_the_same_for_more_cases(self):
        def cost(count):
            cases = self.env["debt.recovery.case"]
            for number in range(count):
                debtor = self._debtor(f"Many {count} {number}")
                self._overdue_invoice(debtor, 900, 50)
                cases |= self._case(debtor)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cases.mapped("behaviour_card")
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(9), cost(2))

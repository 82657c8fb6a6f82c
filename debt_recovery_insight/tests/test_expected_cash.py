from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestExpectedCash(InsightCommon):
    """What should come, week by week."""

    def _rows(self, user=None):
        model = self.env["debt.recovery.expected.cash"]
        self.env.flush_all()
        rows = model.with_user(user or self.env.user)
        return rows.search([("partner_id", "=", self.debtor.id)])

    def test_due_date_plus_own_median(self):
        for _n in range(5):
            self._paid(10)
        self._refresh()
        self._overdue_invoice(self.debtor, 300, -7)
        row = self._rows()
        self.assertEqual(row.date_expected, self._day(17))
        self.assertEqual((row.week, row.source, row.amount), ("03", "usual", 300))

    def test_without_own_history_the_book_speaks(self):
        other = self._debtor("Other")
        self._paid(4, debtor=other)
        self._refresh()
        self._overdue_invoice(self.debtor, 300, -7)
        self.assertEqual(self._rows().date_expected, self._day(11))

    def test_later_than_usual_has_no_date(self):
        self._overdue_invoice(self.debtor, 300, 90)
        row = self._rows()
        self.assertEqual((row.source, row.week), ("none", "99"))
        self.assertFalse(row.date_expected)

    def test_agreed_instalment_replaces_the_usual_day(self):
        self._overdue_invoice(self.debtor, 300, 20)
        case = self._case(user_id=self.officer.id)
        case._take_promise(self._day(8), 200)
        rows = self._rows().sorted("source")
        self.assertEqual(rows.mapped("source"), ["agreed", "none"])
        self.assertEqual(rows.mapped("amount"), [200, 100])
        self.assertEqual(rows[0].week, "02")

    def test_foreign_instalment_at_the_rate_of_its_items(self):
        """No rate is asked for: a currency without one breaks nothing."""
        euro = self._setup_currency("EUR", 2.0)
        self._overdue_invoice(self.debtor, 300, 20, currency=euro)
        case = self._case(user_id=self.officer.id)
        euro.rate_ids.unlink()
        case._take_promise(self._day(8), 200)
        agreed = self._rows().filtered(lambda r: r.source == "agreed")
        self.assertEqual(agreed.amount, 100)

    def test_weeks_add_up_to_the_open_items(self):
        self._book(seed=3)
        self._refresh()
        weeks = self.env["debt.recovery.expected.cash"]._by_week(self.company)
        rows = self.env["debt.recovery.receivable"].search(
            [("company_id", "=", self.company.id), ("is_credit", "=", False)]
        )
        total = sum(week["agreed"] + week["usual"] for week in weeks)
        self.assertAlmostEqual(total, sum(rows.mapped("amount_residual")), 2)
        self.assertEqual(len(weeks), 15)
        self.assertEqual(weeks[1]["date_from"], self.today + timedelta(weeks=1))

    def test_officer_sees_own_customers(self):
        self._overdue_invoice(self.debtor, 300, 20)
        self._case(user_id=self.other_officer.id)
        self.assertFalse(self._rows(self.officer))
        self.assertTrue(self._rows(self.other_officer))
        self.assertTrue(self._rows(self.manager))

    def test_nobody_writes_it(self):
        self._overdue_invoice(self.debtor, 300, 20)
        with self._refused("change those", UserError):
            self._rows().write({"amount": 1})

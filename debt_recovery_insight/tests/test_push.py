from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .insight_common import InsightCommon


class PushCommon(InsightCommon):
    """Two customers who can still pay. Day 0 is Monday, 3 March 2025; day 23 Wednesday
    26 March, day 28 Monday the 31st."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_money_unit = 50
        cls.invoice = cls._overdue_invoice(cls.debtor, 900, 30)
        cls.case = cls._case(user_id=cls.officer.id, state="open")
        cls.big = cls._debtor("Big")
        cls._overdue_invoice(cls.big, 5000, 40)
        cls.big_case = cls._case(cls.big, user_id=cls.other_officer.id, state="open")

    def _pushes(self, days=23, user=None):
        rows = self.env["debt.recovery.push"].with_context(
            recovery_today=self._day(days)
        )
        return rows.with_user(user or self.manager)

    def _list(self, days=23):
        company = self.company.with_context(recovery_today=self._day(days))
        rows = self._pushes(days).sudo()
        rows._list_due(company)
        return rows.search([("company_id", "=", self.company.id)])

    def _row(self, user=None, days=23):
        self._list(days)
        domain = [("partner_id", "=", self.debtor.id)]
        return self._pushes(days, user).search(domain)

    def _promised(self, amount=300):
        self.case.with_context(recovery_today=self._day(20))._take_promise(
            self._day(25), amount
        )


@tagged("post_install", "-at_install", "debt_recovery")
class TestPush(PushCommon):
    """The list of the last days of a month, commitments, and what came of them."""

    def test_made_on_the_last_five_working_days(self):
        rows = self._pushes()
        days = rows._push_days(self.company, self._day(0))
        self.assertEqual(days[0], date(2025, 3, 25))
        self.assertEqual(days[-1], date(2025, 3, 31))
        self.assertFalse(self._list(21))
        self.assertTrue(self._list(22))

    def test_who_stands_on_it_and_why(self):
        self._promised()
        rows = self._list()
        found = {row.partner_id: row for row in rows}
        self.assertEqual(found[self.debtor].why, "promise")
        self.assertEqual(found[self.debtor].amount_expected, 300)
        self.assertEqual(found[self.debtor].date_expected, self._day(25))
        self.assertEqual(found[self.big].why, "large")
        again = self._list(24)
        self.assertEqual(rows, again)

    def test_usual_day_in_the_month(self):
        for _n in range(5):
            self._paid(10)
        self._refresh()
        due = self._overdue_invoice(self.debtor, 400, -15)  # 18 March, paid on the 28th
        row = self._row()
        self.assertEqual((row.why, row.amount_expected), ("expected", 400))
        self._pay(due, date=self._day(23))
        self.assertFalse(self._row(days=24))

    def test_small_and_unreachable_do_not(self):
        self.big.write({"email": False, "phone": False})
        self.assertNotIn(self.big, self._list().partner_id)
        self.assertNotIn(self.debtor, self._list().partner_id)  # 900 < 20 units

    def test_a_small_promise_of_a_large_customer_stands_on_it(self):
        case = self.big_case.with_context(recovery_today=self._day(20))
        case._take_promise(self._day(25), 100)  # less than 4 units
        row = self._list().filtered(lambda row: row.partner_id == self.big)
        self.assertEqual((row.why, row.amount_expected), ("promise", 100))

    def test_commitment_is_judged_from_the_ledger(self):
        self._promised()
        row = self._row(self.officer)
        row.amount_committed = 300
        self.assertEqual((row.state, row.committed_by_id), ("waiting", self.officer))
        self.assertEqual(row.date_committed, date(2025, 3, 31))
        self._pay(self.invoice, amount=290, date=self._day(25))
        self._list(25)
        self.assertEqual((row.state, row.amount_paid), ("hit", 290))
        self._receivable_line(self.invoice).matched_credit_ids.unlink()
        self._list(29)
        self.assertEqual((row.state, row.amount_paid), ("missed", 0))

    def test_money_after_the_day_named_is_a_miss(self):
        self._promised()
        row = self._row(self.officer)
        row.write({"amount_committed": 300, "date_committed": self._day(24)})
        self._pay(self.invoice, amount=300, date=self._day(25))
        self._list(25)
        self.assertEqual((row.state, row.amount_paid), ("missed", 300))

    def test_fixed_after_its_day_and_taken_back_before(self):
        self._promised()
        row = self._row(self.officer)
        row.amount_committed = 300
        row.amount_committed = 0
        self.assertEqual((row.state, row.committed_on), ("open", False))
        row.amount_committed = 200
        later = row.with_context(recovery_today=self._day(24))
        with self._refused("stands"):
            later.amount_committed = 100
        later.note = "Director back on Friday"

    def test_bad_input(self):
        self._promised()
        row = self._row(self.officer)
        with self._refused("owes", ValidationError):
            row.amount_committed = 5000
        with self._refused("owes", ValidationError):
            row.amount_committed = -1
        with self._refused("from today to", ValidationError):
            row.write({"amount_committed": 10, "date_committed": self._day(40)})
        with self._refused("made by the program", UserError):
            row.amount_expected = 7
        with self._refused("by a manager"):
            row.action_list_now()

    def test_who_sees(self):
        self._promised()
        row = self._row()
        self.assertNotIn(row, self._pushes(user=self.other_officer).search([]))
        self.assertIn(row, self._pushes(user=self.auditor).search([]))
        with self.assertRaises(AccessError):
            row.with_user(self.other_officer).amount_committed = 5
        with self.assertRaises(AccessError):
            row.with_user(self.auditor).amount_committed = 5

    def test_report(self):
        self._promised()
        row = self._row(self.officer)
        row.amount_committed = 300
        self._pay(self.invoice, amount=300, date=self._day(25))
        self._list(25)
        kind = self.env.ref("debt_recovery_insight.report_kind_push")
        kind = kind.with_context(recovery_today=self._day(25))
        answer = kind._answer_for(self.manager, self.company)
        _sums, people, officers, months = answer["sections"]
        self.assertEqual(len(people["rows"]), 2)
        self.assertEqual(people["totals"]["committed"], 300)
        self.assertEqual(officers["totals"]["rate"], 100)
        self.assertFalse(months["rows"])
        own = kind._answer_for(self.officer, self.company)
        self.assertEqual(len(own["sections"][1]["rows"]), 1)
        later = kind.with_context(recovery_today=self._day(40))
        months = later._answer_for(self.manager, self.company)["sections"][3]
        self.assertEqual(months["rows"][0]["rate"], 100)

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .report_common import ReportCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportWork(ReportCommon):
    """Reports on people's work equal a plain count; officers get their own rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._overdue_invoice(cls.debtor, 900, 40)
        cls.theirs = cls._overdue_invoice(cls.other, 500, 40)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.other_case = cls._case(cls.other, user_id=cls.other_officer.id)

    def _ask(self, code, user=None, first=-29, last=0, **filters):
        days = self._day(first), self._day(last)
        return self._answer(code, user or self.manager, *days, **filters)

    def _rows(self, answer, title):
        return self._part(answer, title)["rows"]

    def _call(self, case, user, code, day=0):
        outcome = {"channel": "phone", "outcome": code}
        outcome |= {"date": self._day(2), "hour": f"{self._day(2)} 10:00:00"}
        with freeze_time(f"{self._day(day)} 10:00:00"):
            return case.with_user(user)._record_contact(outcome)

    def _promise(self, invoice, case, user, state, paid=0, day=-3):
        items = self._receivable_line(invoice)
        promise = case.with_user(user)._take_promise(self._day(3), items=items).sudo()
        promise.write(
            {"state": state, "date_verdict": self.today, "date_agreed": self._day(day)}
        )
        promise.instalment_ids.amount_paid = paid
        return promise

    # ACTIVITY

    def test_activity_by_officer_and_channel(self):
        for code in ("no_answer", "callback", "promise"):
            self._call(self.case, self.officer, code)
        self._call(self.other_case, self.other_officer, "no_answer")
        answer = self._ask("activity")
        rows = self._rows(answer, "By officer and channel")
        mine, others = sorted(rows, key=lambda row: row["officer"])
        self._is(mine, officer="dr_officer", contacts=3, reached=1, promises=1)
        self._is(others, officer="dr_other_officer", contacts=1, reached=0)
        totals = self._part(answer, "By officer and channel")["totals"]
        self.assertEqual(totals["contacts"], 4)

    def test_money_counts_once_for_the_last_contact(self):
        self._call(self.case, self.officer, "no_answer", day=-20)
        self._call(self.case, self.officer, "callback", day=-3)
        self._call(self.case, self.manager, "callback", day=-2)
        self._pay(self.mine, amount=300, date=self._day(-1))
        self._pay(self.theirs, amount=200, date=self._day(-1))
        rows = self._rows(self._ask("activity"), "By officer and channel")
        money = {row["officer"]: row["money"] for row in rows}
        self.assertEqual(sum(money.values()), 300)
        self.assertEqual(money["dr_manager"], 300)

    def test_contacts_of_other_days_are_left_out(self):
        self._call(self.case, self.officer, "callback", day=-40)
        self.assertFalse(self._rows(self._ask("activity"), "By officer and channel"))

    def test_officer_sees_the_own_activity(self):
        self._call(self.case, self.officer, "callback")
        self._call(self.other_case, self.other_officer, "callback")
        answer = self._ask("activity", self.officer, user_ids=self.other_officer.ids)
        rows = self._rows(answer, "By officer and channel")
        self.assertEqual([row["officer"] for row in rows], ["dr_officer"])

    # PROMISES

    def test_promises_by_officer_count_and_value(self):
        self._promise(self.mine, self.case, self.officer, "broken", paid=100)
        self._promise(self.theirs, self.other_case, self.other_officer, "kept", 500)
        answer = self._ask("promises_plans")
        rows = self._rows(answer, "Promises by officer")
        mine = next(row for row in rows if row["officer"] == "dr_officer")
        self._is(mine, due=1, due_value=900, broken=1, broken_value=900, share=0)
        totals = self._part(answer, "Promises by officer")["totals"]
        self._is(totals, due=2, due_value=1400, kept=1, kept_value=500)
        self.assertAlmostEqual(totals["share"], 100 * 500 / 1400)
        broken = self._rows(answer, "Promises not kept")
        self.assertEqual([row["missing"] for row in broken], [800])

    def test_promises_of_other_days_and_withdrawn_ones(self):
        self._promise(self.mine, self.case, self.officer, "kept", day=-40)
        self._promise(self.theirs, self.other_case, self.other_officer, "cancelled")
        answer = self._ask("promises_plans")
        title = "Promises by officer"
        self.assertFalse(self._rows(answer, title))
        self.assertIn("1 promises were withdrawn", answer["notes"][0])

    def test_officer_sees_the_own_promises(self):
        self._promise(self.mine, self.case, self.officer, "kept", 900)
        self._promise(self.theirs, self.other_case, self.other_officer, "kept", 500)
        answer = self._ask("promises_plans", self.officer)
        rows = self._rows(answer, "Promises by officer")
        self.assertEqual([row["officer"] for row in rows], ["dr_officer"])

    def test_currency_without_rate_is_told(self):
        lonely = self.env["res.currency"].create({"name": "XQX", "symbol": "X"})
        invoice = self._overdue_invoice(self.debtor, 70, 30, currency=lonely)
        items = self._receivable_line(invoice)
        promise = self.case._take_promise(self._day(0), items=items).sudo()
        answer = self._ask("promises_plans")
        rows = self._rows(answer, "Promises by officer")
        self.assertEqual(rows[0]["due_value"], promise.value_agreed)
        self.assertIn("No exchange rate is known of XQX", " ".join(answer["notes"]))

    def test_plans_with_progress_and_arrears(self):
        plan = self._promise(self.mine, self.case, self.officer, "active", day=3)
        plan.kind = "plan"
        instalment = plan.instalment_ids
        instalment.write({"date_due": self._day(-5), "amount": 600, "state": "late"})
        instalment.copy(
            {"date_due": self._day(20), "amount": 300, "number": 2, "state": "open"}
        )
        instalment.amount_paid = 150
        rows = self._rows(
            self._ask("promises_plans"),
            "Payment plans",
        )
        self.assertEqual(len(rows), 1)
        self._is(rows[0], amount=900, paid=150, arrears=450, next=self._day(20))
        self.assertEqual(rows[0]["count"], "0 / 2")

    # OFFICERS

    def test_officer_sheet(self):
        self._pay(self.mine, amount=300, date=self._day(-1))
        self._promise(self.theirs, self.other_case, self.other_officer, "kept", 500)
        self.env["debt.recovery.target"].create(
            {
                "company_id": self.company.id,
                "user_id": self.officer.id,
                "date_from": self._day(-29),
                "date_to": self._day(0),
                "value": 600,
            }
        )
        answer = self._ask("month_team")
        rows = {row["officer"]: row for row in self._rows(answer, "Results")}
        self._is(rows["dr_officer"], recovered=300, target=600, reached=50, due=0)
        self._is(rows["dr_other_officer"], recovered=0, target=None, due=1, share=100)
        answer = self._ask("month_team", self.officer)
        names = [row["officer"] for row in self._rows(answer, "Results")]
        self.assertEqual(names, ["dr_officer"])

    def test_records_to_mend_name_what_is_missing(self):
        (self.case | self.other_case).next_action_date = self._day(1)
        self.case.next_action_date = self._day(-1)
        answer = self._ask("month_team")
        rows = self._rows(answer, "Records to mend")
        self.assertEqual([row["customer"] for row in rows], ["Debtor Ltd"])
        self.assertEqual(rows[0]["missing"], "no next action, or it has passed")
        rows = {r["officer"]: r for r in self._rows(answer, "Records and refusals")}
        self._is(rows["dr_officer"], cases=1, mend=1, accuracy=0)
        self._is(rows["dr_other_officer"], cases=1, mend=0, accuracy=100)

    # DISPUTES

    def _dispute(self, invoice, case, amount, state=None, accepted=0, days=10):
        item = self._receivable_line(invoice)
        dispute = case._open_dispute(items=[(item, amount)]).sudo()
        dispute.date_opened = self._day(-days)
        if state:
            amounts = {dispute.line_ids: accepted}
            remedy = "credit" if accepted else None
            dispute._decide(state, "Right", amounts, remedy)
        return dispute

    def test_disputes_by_root_cause(self):
        self._dispute(self.mine, self.case, 400, "partly", 100, days=10)
        self._dispute(self.theirs, self.other_case, 200)
        answer = self._ask("month_dispute")
        totals = self._part(answer, "Root causes")["totals"]
        self._is(totals, opened=2, contested=600, decided=1, accepted=100, live=1)
        self._is(totals, share=25, live_amount=200)
        self.assertEqual(self._rows(answer, "Root causes")[0]["days"], 10)
        credits = self._part(answer, "Credit notes")["totals"]
        self._is(credits, accepted=100, credited=0, missing=100)

    def test_overdue_answers_by_owner(self):
        dispute = self._dispute(self.mine, self.case, 400, days=20)
        dispute.date_due = self._day(-4)
        rows = self._rows(self._ask("month_dispute"), "Answers overdue, by owner")
        self._is(rows[0], owner=dispute.user_id.name, count=1, amount=400, days=4)

    def test_officer_sees_the_own_disputes(self):
        self._dispute(self.mine, self.case, 400)
        self._dispute(self.theirs, self.other_case, 200)
        answer = self._ask("month_dispute", self.officer)
        self.assertEqual(self._part(answer, "Root causes")["totals"]["contested"], 400)

    # KEY FIGURES

    def test_every_key_figure_with_the_one_before(self):
        self._pay(self.mine, amount=300, date=self._day(-1))
        rows = self._rows(self._ask("recovery_kpi"), "Key figures")
        kpis = self.env["debt.recovery.kpi"].search([])
        self.assertEqual({row["code"] for row in rows}, set(kpis.mapped("code")))
        by_code = {row["code"]: row for row in rows}
        self._is(by_code["recovered"], value=300, before=0, change=300)
        for row in rows:
            self.assertTrue(row["definition"])
            if row["value"] is None:
                self.assertTrue(row["remark"], row["code"])

    # ALL

    def test_empty_company_inverted_period_and_files(self):
        company = self.setup_other_company(name="Nothing Yet Ltd")["company"]
        reports = self.env["debt.recovery.report"]
        for code in (
            *("activity", "promises_plans", "month_team", "month_dispute"),
            "recovery_kpi",
        ):
            with self.subTest(code=code):
                days = self._day(-29), self._day(0)
                answer = self._answer(code, self.env.user, *days, company=company)
                for part in answer["sections"]:
                    self.assertTrue(part["rows"] or part["empty"], part["title"])
                self.assertTrue(reports._answer_xlsx(answer, company))
                page = reports._page(answer, company)
                self.assertTrue(reports._page_html(page))
                with self._refused("exchange the two days", UserError):
                    self._ask(code, first=0, last=-5)

    def test_units_of_figures_in_page_and_workbook(self):
        reports = self.env["debt.recovery.report"]
        row = {"unit": "percent"}
        self.assertEqual(reports._cell_kind(row, "figure"), "percent")
        self.assertEqual(reports._cell_kind(row, "change"), "points")
        self.assertEqual(
            reports._cell_text(2.5, "points", 2), "2.5\N{NO-BREAK SPACE}pts"
        )
        self.assertEqual(
            reports._cell_text(43.26, "span", 2), "43.3\N{NO-BREAK SPACE}days"
        )
        self.assertEqual(reports._cell_text(None, "span", 2), "–")

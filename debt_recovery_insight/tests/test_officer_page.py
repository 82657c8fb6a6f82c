from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .report_common import ReportCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestOfficerPage(ReportCommon):
    """The dashboard of one officer: work, records, refusals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._overdue_invoice(cls.debtor, 900, 40)
        cls._overdue_invoice(cls.other, 500, 40)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.other_case = cls._case(cls.other, user_id=cls.other_officer.id)

    def _board(self, user):
        board = self.env["debt.recovery.dashboard"].with_user(user)
        return board.with_context(allowed_company_ids=self.company.ids)

    def _page(self, user, **filters):
        return self._board(user).action_dashboard_facts(filters)["officer"]

    def _open(self, user, kind, key=None, **filters):
        action = self._board(user).action_dashboard_rows(filters, kind, key)
        model = self.env[action["res_model"]].with_user(user)
        return model.search(action["domain"])

    def test_team_has_no_page(self):
        self.assertIsNone(self._page(self.manager))

    def test_work_of_today_and_of_the_period(self):
        vals = {"channel": "phone", "outcome": "no_answer"}
        for day in (0, -2):
            with freeze_time(f"{self._day(day)} 10:00:00"):
                self.case.with_user(self.officer)._record_contact(vals)
        work = {row["key"]: row for row in self._page(self.officer)["work"]}
        self._is(work["tried"], today=1, period=2)
        self._is(work["reached"], today=0, period=0)
        self.assertEqual(len(self._open(self.officer, "work", "tried")), 2)
        self.assertEqual(len(self._open(self.officer, "today", "tried")), 1)
        with self._refused("no rows behind", UserError):
            self._open(self.officer, "work", "nonsense")

    def test_how_good_the_month_end_commitments_were(self):
        month = self._day(-30).replace(day=1)
        vals = {
            "company_id": self.company.id,
            "month": month,
            "date_listed": month,
            "case_id": self.case.id,
            "partner_id": self.debtor.id,
            "why": "large",
        }
        pushes = self.env["debt.recovery.push"].sudo()
        for user, state in (
            *((self.officer, "hit"), (self.officer, "missed")),
            *((self.officer, "open"), (self.other_officer, "missed")),
        ):
            pushes.create({**vals, "user_id": user.id, "state": state})
        found = self._page(self.officer)["commitments"]
        self._is(found, count=2, text="50 %")
        rows = self._open(self.officer, "commitments")
        self.assertEqual(set(rows.mapped("state")), {"hit", "missed"})

    def test_records_to_mend(self):
        self.case.next_action_date = self._day(-1)
        mend = self._page(self.officer)["mend"]
        self.assertEqual(mend["count"], 1)
        self.assertIn("no next action", mend["rows"][0]["text"])
        self.assertEqual(self._open(self.officer, "mend"), self.case)
        self.case.next_action_date = self._day(1)
        self.assertEqual(self._page(self.officer)["mend"]["count"], 0)

    def test_own_page_and_the_managers_view_of_it(self):
        self.other_case.next_action_date = self._day(-1)
        self.case.next_action_date = self._day(1)
        mine = self._page(self.officer, user_id=self.other_officer.id)
        self.assertEqual(mine["mend"]["count"], 0)
        seen = self._page(self.manager, user_id=self.other_officer.id)
        self.assertEqual(seen["mend"]["rows"][0]["name"], "Other Ltd")

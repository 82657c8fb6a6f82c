from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestTarget(InsightCommon):
    """Targets of officers and of the team, and their progress."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(user_id=cls.officer.id)
        cls.recovered = cls.env.ref("debt_recovery_insight.kpi_recovered")
        cls.dso = cls.env.ref("debt_recovery_insight.kpi_dso_countback")

    def _target(self, value, user=None, kpi=None, first=0, last=30, by=None):
        targets = self.env["debt.recovery.target"].with_user(by or self.manager)
        return targets.with_context(recovery_today=self._day(0)).create(
            {
                "company_id": self.company.id,
                "user_id": user and user.id,
                "kpi_id": (kpi or self.recovered).id,
                "date_from": self._day(first),
                "date_to": self._day(last),
                "value": value,
            }
        )

    def _money(self, amount):
        self._pay(self._overdue_invoice(self.debtor, amount, 20), date=self._day(0))

    def test_progress_of_officer_and_team(self):
        self._money(400)
        mine = self._target(1000, self.officer)
        others = self._target(1000, self.other_officer)
        team = self._target(400)
        self.assertEqual(mine.progress, 40)
        self.assertEqual(mine.pace, "on")
        self.assertEqual((others.progress, others.pace), (0, "behind"))
        self.assertEqual((team.progress, team.pace), (100, "reached"))

    def test_money_unmatched_is_taken_back(self):
        self._money(400)
        mine = self._target(1000, self.officer)
        self.assertEqual(mine.progress, 40)
        self.env["account.partial.reconcile"].search(
            [("debit_move_id.partner_id", "=", self.debtor.id)]
        ).unlink()
        mine.invalidate_recordset()
        self.assertEqual(mine.progress, 0)

    def test_undefined_figure_says_why(self):
        target = self._target(40, kpi=self.dso)
        self.assertEqual(target.pace, "unknown")
        self.assertTrue(target.reason)
        coming = self._target(40, kpi=self.dso, first=31, last=60)
        self.assertIn("Begins on", coming.reason)

    def test_missed_when_the_period_is_over(self):
        target = self._target(1000, self.officer, first=-40, last=-10)
        self.assertEqual(target.pace, "missed")

    def test_next_period_once(self):
        target = self._target(1000, self.officer, first=-2, last=28)  # March
        for _twice in range(2):
            target.action_next_period()
        found = self.env["debt.recovery.target"].search(
            [("user_id", "=", self.officer.id)]
        )
        self.assertEqual(len(found), 2)
        self.assertEqual(str(max(found.mapped("date_to"))), "2025-04-30")

    def test_bad_input(self):
        with self._refused("before it begins", ValidationError):
            self._target(10, first=5, last=1)
        with self._refused("above zero", ValidationError):
            self._target(0)
        self._target(10)
        with self._refused("has a target from", ValidationError):
            self._target(20, first=3, last=5)

    def test_who_sees_and_who_sets(self):
        mine = self._target(10, self.officer)
        others = self._target(10, self.other_officer)
        team = self._target(10)
        seen = self.env["debt.recovery.target"].with_user(self.officer).search([])
        self.assertIn(mine, seen)
        self.assertIn(team, seen)
        self.assertNotIn(others, seen)
        for user in (self.officer, self.auditor):
            with self.assertRaises(AccessError):
                self._target(5, first=40, last=50, by=user)

    def test_on_the_dashboard(self):
        self._money(400)
        self._target(1000, self.officer)
        self._target(800)
        board = self.env["debt.recovery.dashboard"].with_user(self.manager)
        board = board.with_context(recovery_today=self._day(0))
        facts = board.action_dashboard_facts({})
        tile = next(tile for tile in facts["tiles"] if tile["code"] == "recovered")
        self.assertEqual(tile["target"]["progress"], 50)
        year = board.action_dashboard_facts({"period": "year"})
        tile = next(tile for tile in year["tiles"] if tile["code"] == "recovered")
        self.assertFalse(tile["target"])
        row = next(r for r in facts["officers"] if r["id"] == self.officer.id)
        self.assertEqual(row["percent"], 40)

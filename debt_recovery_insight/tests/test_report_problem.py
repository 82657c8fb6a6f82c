from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportProblem(InsightCommon):
    """Who is a problem, why, and what to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Merely late")
        cls._overdue_invoice(cls.debtor, 9000, 120)
        cls._overdue_invoice(cls.other, 20000, 20)
        cls.record = cls._case(user_id=cls.officer.id)
        cls._case(cls.other, user_id=cls.other_officer.id)

    def _rows(self, user=None, **question):
        report = self.env.ref("debt_recovery_insight.report_problem_accounts")
        answer = report._answer_for(user or self.manager, self.company, **question)
        accounts, actions = answer["sections"]
        self.assertEqual(*(self._overdue(part) for part in (accounts, actions)))
        return accounts["rows"]

    def _overdue(self, section):
        return section["totals"] and section["totals"]["overdue"]

    def test_trouble_not_size(self):
        rows = self._rows()
        self.assertEqual(
            [(row["customer"], row["overdue"], row["days"]) for row in rows],
            [(self.debtor.display_name, 9000, 120)],
        )
        self.assertIn("120 days overdue", rows[0]["why"])
        self.assertIn("no message has been sent", rows[0]["why"])
        self.assertIn("Call", rows[0]["action"])

    def test_a_hold_is_looked_at_first(self):
        self._hold("goodwill", self.record, reason="Asked to wait")
        self.assertIn("hold", self._rows()[0]["action"])

    def test_broken_promises_and_bands_are_signs(self):
        self._refresh()
        self.env.cr.execute(
            "UPDATE debt_recovery_behaviour SET promises_broken = 3 WHERE id = %s",
            self._behaviour(self.other).ids,
        )
        self.env.invalidate_all()
        found = {row["customer"]: row for row in self._rows()}
        self.assertEqual(found["Merely late"]["broken"], 3)
        self.assertIn("3 promises broken", found["Merely late"]["why"])

    def test_rights_and_filters(self):
        self.assertEqual(len(self._rows(self.officer)), 1)
        self.assertFalse(self._rows(self.other_officer))
        filters = {"partner_ids": self.other.ids}
        self.assertFalse(self._rows(filters=filters))

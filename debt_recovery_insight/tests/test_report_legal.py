from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.legal_common import LegalCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportLegal(LegalCommon):
    """The agenda of the lawyers and the account of the legal cases."""

    def _answer(self, code, user=None, **question):
        report = self.env.ref(f"debt_recovery_insight.report_{code}")
        report = report.with_context(recovery_today=self.today)
        company = self.company.with_context(recovery_today=self.today)
        return report._answer_for(user or self.legal, company, **question)

    def _plan(self, legal, days, **vals):
        return legal.env["debt.recovery.legal.event"].create(
            {
                "legal_case_id": legal.id,
                "date": self.today + timedelta(days=days),
                **vals,
            }
        )

    def test_agenda_of_thirty_days(self):
        legal = self._filed()
        legal.event_ids.filtered(lambda e: e.state == "planned").sudo().unlink()
        self._plan(legal, -3, name="Pay the court fee")
        self._plan(legal, 30, name="Reply")
        self._plan(legal, 31, name="Far away")
        self._plan(legal, 12, kind="hearing", name="Hearing")
        answer = self._answer("week_legal")
        deadlines, hearings, budget, _limitation = answer["sections"]
        self.assertEqual(
            [(row["what"], row["left"], row["state"]) for row in deadlines["rows"]],
            [("Pay the court fee", -3, "Overdue"), ("Reply", 30, "")],
        )
        self.assertEqual([row["left"] for row in hearings["rows"]], [12])
        self.assertEqual(hearings["rows"][0]["court"], "County Court")
        self.assertIn("within 30 days: 2, of them overdue: 1", answer["lead"][0])
        self.assertEqual(
            [(row["budget"], row["cost"], row["left"]) for row in budget["rows"]],
            [(legal.budget, legal.cost_actual, legal.budget_left)],
        )

    def test_claims_that_end_within_180_days(self):
        limitations = self.env["debt.recovery.limitation"].sudo()
        items = self._receivable_line(self.old) | self._receivable_line(self.young)
        for item, days in zip(items, (180, 181), strict=True):
            limitations.search([("move_line_id", "=", item.id)]).unlink()
            limitations.create(
                {
                    "move_line_id": item.id,
                    "date_end": self.today + timedelta(days=days),
                    "effect": "warn",
                }
            )
        section = self._answer("week_legal")["sections"][-1]
        self.assertEqual(
            [(row["number"], row["left"]) for row in section["rows"]],
            [(items[0].move_name, 180)],
        )

    def test_cases_by_stage_equal_the_cases(self):
        legal = self._judged(9500)
        self._pay(self.old, amount=1500, date=self.today)
        self.env.invalidate_all()
        question = {
            "date_from": self.today,
            "date_to": self.today + timedelta(days=9),
        }
        answer = self._answer("legal", **question)
        stages, running, closed = answer["sections"]
        total = stages["totals"]
        self.assertEqual(
            (total["count"], total["claimed"], total["awarded"], total["received"]),
            (1, 10000, 9500, 1500),
        )
        self.assertEqual(running["totals"]["cost"], legal.cost_actual)
        self.assertEqual(stages["figures"][0]["text"], "100.0 %")
        self.assertFalse(closed["rows"])
        self.assertTrue(closed["empty"])

    def test_officers_see_their_own(self):
        self._filed()
        for user, number in ((self.officer, 1), (self.other_officer, 0)):
            rows = self._answer("legal", user)["sections"][1]["rows"]
            self.assertEqual(len(rows), number, user.login)
        self.assertEqual(
            len(self._answer("legal", self.auditor)["sections"][1]["rows"]), 1
        )

    def test_only_where_legal_cases_are_used(self):
        self.company.recovery_legal = False
        with self._refused("switch on"):
            self._answer("week_legal")

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPriority(RecoveryRunCommon):
    """Scores with their reasons, kept up by the run and by what happens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_money_unit = 50
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 45)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.case._refresh_priority()

    def _reasons(self, case=None):
        case = case or self.case
        self.env.flush_all()
        self.env.invalidate_all()
        return {code: points for points, code, _test, _values in case.priority_detail}

    def _talk(self, day=MONDAY, outcome="promise"):
        action = self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "channel_id": self.env.ref("debt_recovery.channel_phone").id,
                "date_planned": day,
                "outcome_id": self.env["debt.recovery.outcome"]
                .search([("code", "=", outcome)])
                .id,
            }
        )
        with freeze_time(f"{day} 09:00:00"):
            action._set_done()

    def test_amount_and_age_count_at_once(self):
        self.assertEqual(self._reasons(), {"amt_l": 15, "age_30": 8, "first_late": 8})
        self.assertEqual((self.case.priority_score, self.case.priority_band), (31, "c"))
        self.assertIn("+15 ", self.case.priority_text)
        self.assertIn("5,000", self.case.priority_text)
        self.assertIn("45 days overdue", self.case.priority_text)

    def test_conversation_calms_at_once(self):
        self._talk()
        self.assertEqual(self._reasons()["fresh"], -15)
        self.assertEqual(self.case.priority_score, 16)

    def test_refusal_weighs_until_the_next_conversation(self):
        self._talk(outcome="refuses")
        self.assertEqual(self._reasons()["said"], 10)
        self.assertEqual(self.case.priority_score, 26)
        said = dict(map(reversed, self.case.priority_reasons))
        self.assertIn(10, [p for text, p in said.items() if "what was said" in text])
        self._talk(MONDAY + timedelta(days=1))
        self.case._refresh_priority()
        self.assertNotIn("said", self._reasons())

    def test_payment_lowers_at_once(self):
        self._pay(self.invoice, amount=4800)
        self.env.cr.precommit.run()
        self.assertNotIn("amt_l", self._reasons())
        self.assertIn("small", self._reasons() | {"small": 0})

    def test_broken_promise_counts_until_somebody_talked(self):
        agreement = self.env["debt.recovery.agreement"].create(
            {
                "case_id": self.case.id,
                "date_agreed": MONDAY,
                "line_ids": [
                    Command.create(
                        {"move_line_id": self._receivable_line(self.invoice).id}
                    )
                ],
            }
        )
        after = agreement.date_until + timedelta(days=1)
        case = self.case.with_context(recovery_today=after)
        case._refresh_figures()
        case._refresh_priority()
        self.assertEqual(self._reasons(case)["broken"], 20)
        self.assertIn("promise of 03/03/2025 broken", case.priority_text)
        self._talk(after)
        case._refresh_priority()
        self.assertNotIn("broken", self._reasons(case))

    def test_credit_of_half_the_claim_goes_to_matching(self):
        self._credit_note(self.debtor, 3000)
        self.env.cr.precommit.run()
        self.assertEqual(self._reasons()["credit"], -20)
        self.assertIn("match first", self.case.priority_text)

    def test_unreachable_customer(self):
        self.debtor.write({"email": False, "phone": False})
        self.case._refresh_priority()
        self.assertEqual(self._reasons()["no_contact"], 10)

    def test_silence_counts_from_the_opening(self):
        self.case.date_opened = MONDAY - timedelta(days=20)
        self.case._refresh_priority()
        self.assertEqual(self._reasons()["silent"], 10)
        self.assertIn("20 days", str(self.case.priority_reasons))

    def test_working_days_past_the_plan(self):
        self.case.next_action_date = MONDAY - timedelta(days=3)  # a Friday
        self.case._refresh_priority()
        self.assertEqual(self._reasons()["waiting"], 1)

    def test_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.debtor.credit_limit = 4000
        self.case._refresh_priority()
        self.assertEqual(self._reasons()["limit"], 5)

    def test_the_run_scores_everybody(self):
        other = self._debtor("Other Ltd")
        self._overdue_invoice(other, 20000, 95)
        self._run()
        case = self._case(other)
        self.assertEqual(self._reasons(case)["amt_xl"], 25)
        self.assertEqual(self._reasons(case)["age_90"], 15)

    def test_manager_edits_the_table(self):
        rule = self.env.ref("debt_recovery.priority_rule_amt_l")
        with self.assertRaises(AccessError):
            rule.with_user(self.officer).points = 30
        rule.with_user(self.manager).points = 30
        rule.with_user(self.manager).action_recompute()
        self.assertEqual(self._reasons()["amt_l"], 30)
        rule.with_user(self.manager).active = False
        self.case._refresh_priority()
        self.assertEqual(self._reasons()["amt_m"], 8)

    def test_nonsense_points_are_refused(self):
        rule = self.env.ref("debt_recovery.priority_rule_amt_l")
        with self._refused("between -100 and 100", ValidationError):
            rule.points = 0
        with self._refused("negative threshold", ValidationError):
            rule.threshold = -1

    def test_scoring_asks_the_same_for_more_cases(self):
        def cost(count):
            debtors = [self._debtor(f"Many {count} {n}") for n in range(count)]
            for debtor in debtors:
                self._overdue_invoice(debtor, 900, 50)
            cases = self.env["debt.recovery.case"].browse(
                [self._case(debtor).id for debtor in debtors]
            )
            cases._refresh_priority()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cases._refresh_priority()
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(cost(12), cost(3))

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, warmup

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestRisk(InsightCommon):
    """Score, band, decision, alerts."""

    def _score(self, partner=None, days=0):
        day = self._day(days)
        company = self.company.with_context(recovery_today=day)
        self.env["debt.recovery.behaviour"]._refresh_company(company)
        risks = self.env["debt.recovery.risk"].with_context(recovery_today=day)
        risks._refresh_company(company)
        self.env.invalidate_all()
        return risks.search(
            [
                ("partner_id", "=", (partner or self.debtor).id),
                ("company_id", "=", self.company.id),
            ]
        )

    def _alerts(self, kind=None):
        domain = [("partner_id", "=", self.debtor.id), ("state", "!=", "gone")]
        alerts = self.env["debt.recovery.alert"].search(domain)
        return alerts.filtered(lambda a: a.kind == kind) if kind else alerts

    def _history(self, late, count=6):
        for number in range(count):
            self._paid(late, ago=200 + 10 * number)

    def test_good_and_bad_payers_differ_and_the_shares_add_up(self):
        other = self._debtor("Other")
        self._history(60)
        self._overdue_invoice(self.debtor, 900, 100)
        for number in range(6):
            self._paid(0, ago=200 + 10 * number, debtor=other)
        self._overdue_invoice(other, 900, -10)
        bad, good = self._score(), self._score(other)
        self.assertGreater(bad.score, 75)
        self.assertLess(good.score, 20)
        self.assertEqual((bad.band, good.band), ("E", "A"))
        for row in (bad, good):
            total = sum(part["share"] for part in row.components)
            self.assertAlmostEqual(total, row.score, 0)
        self.assertIn("Share of the amount paid late", bad.components_html)
        self.assertIn("not known", bad.components_html)

    def test_customer_with_one_fresh_invoice_has_no_band(self):
        self._overdue_invoice(self.debtor, 100, -10)
        row = self._score()
        self.assertFalse(row.is_scored)
        self.assertFalse(row.band)
        self.assertEqual(row.recommendation, "Not enough is known for a score.")

    def test_contested_items_do_not_count(self):
        self._history(0)
        contested = self._overdue_invoice(self.debtor, 900, 100)
        case = self._case(user_id=self.officer.id)
        before = self._score().score
        self.env["debt.recovery.dispute"].create(
            {
                "case_id": case.id,
                "name": "Wrong price",
                "line_ids": [
                    (0, 0, {"move_line_id": self._receivable_line(contested).id})
                ],
            }
        )
        self.assertLess(self._score().score, before)

    def test_a_person_decides_and_says_why(self):
        self._history(60)
        self._overdue_invoice(self.debtor, 900, 100)
        case = self._case(user_id=self.officer.id)
        row = self._score().with_user(self.manager)
        with self._refused("Enter a reason", ValidationError):
            row.band_decided = "B"
        row.write({"band_decided": "B", "decision_reason": "New owner, guarantee"})
        self.assertEqual((row.band, row.band_computed), ("B", "E"))
        self.assertEqual(row.decided_by_id, self.manager)
        self.assertEqual(case.risk_band, "B")
        self.assertEqual(self._score().band, "B")
        row.decided_until = self._day(2)
        self.assertEqual(self._score(days=2).band, "B")
        self.assertEqual(self._score(days=3).band, "E")
        row.write({"band_decided": False})
        self.assertEqual(self._score().band, "E")

    def test_only_a_manager_decides(self):
        self._overdue_invoice(self.debtor, 900, 100)
        row = self._score()
        with self.assertRaises(AccessError):
            row.with_user(self.officer).band_decided = "A"
        self.assertTrue(row.with_user(self.officer).partner_id)

    def test_band_borders_of_the_company(self):
        self._history(60)
        self._overdue_invoice(self.debtor, 900, 100)
        self.company.write({"recovery_band_d": 97, "recovery_band_e": 98})
        self.assertEqual(self._score().band, "C")
        with self._refused("four rising scores", ValidationError):
            self.company.recovery_band_c = 5

    def test_history_once_a_month(self):
        self._history(60)
        self._overdue_invoice(self.debtor, 900, 100)
        self._score()
        row = self._score(days=5)
        self.assertEqual(row.history_ids.mapped("date"), [self.today.replace(day=1)])
        self.assertEqual(len(self._score(days=40).history_ids), 2)

    def test_alerts_open_are_seen_and_go(self):
        self._history(0)
        invoice = self._overdue_invoice(self.debtor, 900, 40)
        case = self._case(user_id=self.officer.id)
        self._score()
        kinds = self._alerts().mapped("kind")
        self.assertEqual(sorted(kinds), ["first", "unusual"])
        alert = self._alerts("unusual").with_user(self.officer)
        self.assertEqual(alert.user_id, case.user_id)
        self.assertIn("40 days overdue", alert.text)
        alert.action_seen()
        self._score()
        self.assertEqual(self._alerts("unusual").state, "seen")
        self._pay(invoice)
        self._score()
        self.assertFalse(self._alerts())

    def test_credit_limit(self):
        self.company.account_use_credit_limit = True
        self.debtor.with_company(self.company).credit_limit = 500
        self._history(0)
        self._overdue_invoice(self.debtor, 900, -10)
        self._score()
        alert = self._alerts("limit")
        self.assertEqual(alert.amount, 400)
        self.debtor.with_company(self.company).credit_limit = 1000
        self._score()
        self.assertFalse(self._alerts("limit"))

    def test_sudden_change_since_last_month(self):
        self._history(0)
        self._overdue_invoice(self.debtor, 900, -20)
        self._score(days=-5)
        self._score(days=55)
        self.assertTrue(self._alerts("sudden"))

    def test_band_chooses_strategy_and_counts_in_the_priority(self):
        self._history(60)
        self._overdue_invoice(self.debtor, 900, 100)
        strategy = self.strategy.copy({"name": "Risky", "is_default": False})
        strategy.partner_category_id = self.env.ref(
            "debt_recovery_insight.partner_category_risk_e"
        )
        strategy.sequence = 0
        self._score()
        case = self._case(user_id=self.officer.id)
        case.sudo().risk_band = "E"
        chosen = self.env["debt.recovery.strategy"]._strategy_for_cases(case)
        self.assertEqual(chosen[case.id], strategy)
        facts = case._priority_facts(self.company, self.today)
        self.assertEqual(facts[case.id]["risk"], 5)

    def test_external_score_and_insured_limit(self):
        self._history(0)
        self._overdue_invoice(self.debtor, 900, -10)
        before = self._score().score
        row = self._score().with_user(self.manager)
        row.write({"external_score": 90, "insured_limit": 300})
        self.assertGreater(self._score().score, before)
        self.assertEqual(self._alerts("insured").amount, 600)
        with self._refused("0 to 100", ValidationError):
            row.external_score = 120

    def test_nothing_to_score(self):
        self.assertFalse(self._score())
        self.assertFalse(self._alerts())
        with self.assertRaises(AccessError):
            self.env["debt.recovery.risk"].with_user(self.manager).create({})

    def test_only_who_changed_is_scored_again(self):
        other = self._debtor("Other")
        self._history(60)
        self._paid(60, ago=200, debtor=other)
        self._overdue_invoice(other, 900, 30)
        self._score()
        self.assertEqual(self._score(days=1).date_computed, self.today)
        self.assertEqual(self._score(other, days=1).date_computed, self._day(1))
        self._overdue_invoice(self.debtor, 900, 100)
        self.assertEqual(self._score(days=2).date_computed, self._day(2))

    @warmup
    def test_customers_cost_no_queries(self):
        """Rows of nobody new: alerts that come up are written one by one."""
        self._history(60)
        self._score()
        company = self.company.with_context(recovery_today=self._day(1))
        risks = self.env["debt.recovery.risk"]
        start = self.env.cr.sql_log_count
        risks._refresh_company(company)
        few = self.env.cr.sql_log_count - start
        for number in range(8):
            self._overdue_invoice(self._debtor(f"More {number}"), 100, -20)
        self.env.flush_all()
        with self.assertQueryCount(few):
            risks._refresh_company(company)

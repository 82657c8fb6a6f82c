"""Interest to date in letters, statements and the legal claim."""

from datetime import timedelta

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestClaim(ChargeCommon):
    """1,000 at 1.00 a day, 30 days late."""

    def _interest(self, days=0):
        case = self.case.with_user(self.officer)
        day = MONDAY + timedelta(days=days)
        return case._recovery_claim_interest(self._receivable_line(self.invoice), day)

    def test_interest_to_any_day_with_the_daily_figure(self):
        (row,) = self._interest(10)
        self.assertEqual((row["amount"], row["per_day"]), (40, 1))
        self.assertEqual(row["legal_basis"], "Terms, clause 7")
        self.assertEqual(row["detail"][0]["days"], 40)

    def test_less_what_was_waived(self):
        self._count().sudo().amount_waived = 12
        self.assertEqual(self._interest()[0]["amount"], 18)

    def test_compensation_before_the_first_count(self):
        self.company.recovery_charge_rule_ids += self.env.ref(
            "debt_recovery_charge.charge_rule_eu_40"
        )
        found = {row["kind"]: row["amount"] for row in self._interest()}
        self.assertEqual(found, {"interest": 30, "compensation": 40})

    def test_nothing_without_rules(self):
        self.company.recovery_charge_rule_ids = False
        self.assertEqual(self._interest(), [])

    # LETTERS

    def _text(self):
        self.case.invalidate_recordset()
        return self.case.with_user(self.officer).claim_table

    def test_letters_say_it_when_the_strategy_does(self):
        self.case.strategy_id = self.strategy
        self.assertNotIn("we claim", self._text())
        self.strategy.state_interest = "all"
        text = self._text()
        self.assertIn("Interest until 03/03/2025, $\xa01.00 more", text)
        self.assertIn("$\xa030.00", text)

    def test_formal_demands_only(self):
        self.strategy.state_interest = "demand"
        steps = self.strategy.step_ids
        firm = steps.filtered(lambda step: step._firmness())[:1]
        friendly = steps.filtered(lambda step: not step._firmness())[:1]
        self.assertTrue(self.strategy._states_interest(firm))
        self.assertFalse(self.strategy._states_interest(friendly))
        self.assertFalse(self.strategy._states_interest(firm.browse()))

    # STATEMENT

    def test_the_statement_shows_it_beside_the_balance(self):
        self.case.strategy_id = self.strategy
        self.strategy.state_interest = "demand"
        ledger = self.env["debt.recovery.statement.ledger"]
        (group,) = ledger._statements(self.debtor, self.company, MONDAY)[self.debtor.id]
        self.assertEqual((group["closing"], group["beside"][0]["amount"]), (1000, 30))
        self.assertTrue(ledger._statement_xlsx(self.debtor, self.company, MONDAY))
        self.strategy.state_interest = "none"
        (group,) = ledger._statements(self.debtor, self.company, MONDAY)[self.debtor.id]
        self.assertFalse(group["beside"])

    def test_credits_bear_nothing(self):
        self.case.strategy_id = self.strategy
        self.strategy.state_interest = "all"
        self._customer_payment(self.debtor, 100)
        self.company.recovery_charge_rule_ids = self.env.ref(
            "debt_recovery_charge.charge_rule_eu_40"
        )
        ledger = self.env["debt.recovery.statement.ledger"]
        (group,) = ledger._statements(self.debtor, self.company, MONDAY)[self.debtor.id]
        self.assertEqual([row["amount"] for row in group["beside"]], [40])

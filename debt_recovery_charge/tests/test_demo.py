from unittest.mock import patch

from .charge_common import ChargeCommon


class TestDemo(ChargeCommon):
    """The demo story: the second company claims charges."""

    def test_chosen_rules_are_counted_without_reference_rate(self):
        self.env["debt.recovery.demo"]._choose_charges(
            self.company, ["contract_12", "eu_40"]
        )
        rules = self.company.recovery_charge_rule_ids
        self.assertEqual(set(rules.mapped("code")), {"contract_12", "eu_40"})
        self.assertTrue(
            self.charges.search([("company_id", "=", self.company.id)]).rule_id & rules
        )

    def test_a_fee_comes_with_the_formal_demand(self):
        fee = self.env["debt.recovery.demo"]._demand_fee(self.strategy)
        self.assertTrue(fee.step_id._firmness())

    def test_the_officer_gives_up_little_and_asks_for_much(self):
        small = self._overdue_invoice(self._debtor("Small Ltd"), 10, 30)
        self._overdue_invoice(self._debtor("Large Ltd"), 90000, 60)
        self._case(small.partner_id)
        self._case(self.env["res.partner"].search([("name", "=", "Large Ltd")]))
        self._count()
        demo = self.env["debt.recovery.demo"]
        people = {"officer": self.officer}
        with patch.object(type(demo), "_find_people", lambda *args: people):
            demo._waive_charges(self.company)
        waivers = self.env["debt.recovery.charge.waiver"].search([], limit=2)
        self.assertEqual(waivers.mapped("state"), ["waiting", "done"])
        self.assertEqual(waivers.user_id, self.officer)

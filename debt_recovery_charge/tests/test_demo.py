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

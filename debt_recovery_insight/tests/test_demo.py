from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestDemo(InsightCommon):
    """The demo story: customers with a past."""

    def test_customers_have_habits_afterwards(self):
        debtors = [self._debtor(f"Customer {n}") for n in range(6)]
        for debtor in debtors:
            self._overdue_invoice(debtor, 100, 20)
            self._case(debtor)
        self.env["debt.recovery.demo"]._install_insight()
        rows = [self._behaviour(debtor) for debtor in debtors]
        self.assertTrue(all(row.is_known for row in rows))
        self.assertGreater(len({row.median_days for row in rows}), 3)
        checks = self.checks.search([("company_id", "=", self.company.id)])
        self.assertFalse(any(checks.mapped("difference")))
        self.assertTrue(self.env["debt.recovery.alert"].search([]))

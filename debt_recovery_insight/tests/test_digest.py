from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestDigest(InsightCommon):
    """Receivables in Odoo's own periodic e-mail."""

    def test_manager_gets_the_figures_others_do_not(self):
        self._overdue_invoice(self.debtor, 1000, 20)
        digest = self.env["digest.digest"].create(
            {
                "name": "Weekly",
                "company_id": self.company.id,
                "kpi_recovery_recovered": True,
                "kpi_recovery_overdue": True,
            }
        )
        digest.user_ids = self.manager | self.officer
        found = {}
        for user in digest.user_ids:
            kpis = digest._compute_kpis(self.company, user)
            found[user] = {kpi["kpi_name"]: kpi for kpi in kpis}
        overdue = found[self.manager]["kpi_recovery_overdue"]
        self.assertIn("1", overdue["kpi_col1"]["value"])
        self.assertIn("debt_recovery_dashboard_action", overdue["kpi_action"])
        self.assertNotIn("kpi_recovery_overdue", found[self.officer])

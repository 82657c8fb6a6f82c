from odoo.tests import HttpCase, tagged

from odoo.addons.debt_recovery.tests.common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestDashboardTour(DebtRecoveryCommon, HttpCase):
    """A manager reads the dashboard, filters it, and goes from a figure to its rows."""

    def test_manager(self):
        self._overdue_invoice(self.debtor, 1000, 20)
        self._case(user_id=self.officer.id)
        self.start_tour(
            "/odoo/debt-dashboard", "debt_recovery_dashboard", login="dr_manager"
        )

    def test_officer_of_an_empty_company(self):
        self.start_tour(
            "/odoo/debt-dashboard", "debt_recovery_dashboard_empty", login="dr_officer"
        )

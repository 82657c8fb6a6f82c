from freezegun import freeze_time

from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestRunQueries(RecoveryRunCommon):
    """The engine asks in sets: twice the customers, the same questions."""

    def _customers(self, count, prefix):
        for number in range(count):
            debtor = self._debtor(f"{prefix} {number:03}")
            self._overdue_invoice(debtor, 300 + number, 2)
            yield self._case(debtor).id

    def _deciding_queries(self, case_ids):
        """Queries of one decision batch in which nobody acts."""
        run = self.env["debt.recovery.run"]._start(self.company)._in_company()
        cases = run.env["debt.recovery.case"].browse(case_ids)
        with freeze_time(f"{MONDAY} 09:00:00"):
            run._decide_cases(cases)
            self.env.flush_all()
            run.line_ids.unlink()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._decide_cases(cases)
            self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_deciding_costs_the_same_for_more_customers(self):
        few = self._deciding_queries(list(self._customers(4, "Few")))
        many = self._deciding_queries(list(self._customers(12, "Many")))
        self.assertLessEqual(many, few + 2)

    def _refreshing_queries(self, prefix, count):
        list(self._customers(count, prefix))
        run = self.env["debt.recovery.run"]._start(self.company)._in_company()
        run._phase_refresh()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run._phase_refresh()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_refreshing_costs_the_same_for_more_customers(self):
        few = self._refreshing_queries("Few", 3)
        self.assertLessEqual(self._refreshing_queries("Many", 12), few)

    def _opening_queries(self, prefix, count):
        for number in range(count):
            debtor = self._debtor(f"{prefix} {number:03}")
            self._overdue_invoice(debtor, 300 + number, 40)
        self.env.flush_all()
        run = self.env["debt.recovery.run"]._start(self.company)._in_company()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run._phase_open()
        self.env.flush_all()
        opened = run.line_ids.filtered(lambda line: line.outcome == "opened")
        self.assertEqual(len(opened.exists()), self.opened + count)
        self.opened += count
        return self.env.cr.sql_log_count - before

    def test_opening_costs_the_same_for_more_customers(self):
        self.opened = 0
        self._opening_queries("First", 2)
        few = self._opening_queries("Few", 3)
        self.assertLessEqual(self._opening_queries("Many", 12), few)

    def test_refreshing_figures_is_one_statement_for_all(self):
        cases = self.env["debt.recovery.case"].browse(self._customers(10, "Figures"))
        cases._refresh_figures()
        before = self.env.cr.sql_log_count
        cases._refresh_figures()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 8)

from odoo.tests import tagged
from odoo.tools import convert_file

from .test_subscription import SubscriptionCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSubscriptionShipped(SubscriptionCommon):
    """What comes with the reports, each company its own and once."""

    def _company(self):
        company = self.env["res.company"].create({"name": "New Inc."})
        rows = self.rows.search([("company_id", "=", company.id)])
        return company, {row.code: row for row in rows}

    def test_every_company_gets_the_set(self):
        company, found = self._company()
        self.assertLessEqual({"week_manager", "statement", "year_rules"}, found.keys())
        week = found["week_manager"]
        self.assertTrue(week.is_on)
        self.assertTrue(week.only_overdue)
        self.assertIn("choose who gets it", week.status_text)
        self.assertFalse(found["statement"].is_on)
        company.recovery_escalate_user_id = self.manager
        self.assertEqual(week.user_ids, self.manager)
        self.assertIn("Leaves", week.status_text)

    def test_officers_and_the_manager_beside_them(self):
        company, found = self._company()
        company.recovery_escalate_user_id = self.manager
        for code in ("push", "month_team"):
            with self.subTest(code):
                self.assertEqual(found[code].audience, "officers")
                self.assertEqual(found[code].user_ids, self.manager)
        self.assertFalse(found["my_day"].user_ids)
        self.assertFalse(found["week_sales"].user_ids)
        found["push"].user_ids = False  # the manager does not want it
        company.recovery_escalate_user_id = self.env.ref("base.user_admin")
        self.assertFalse(found["push"].user_ids)
        self.manager.company_ids += company
        later = self.env["res.company"].create(
            {"name": "Later Inc.", "recovery_escalate_user_id": self.manager.id}
        )
        push = self.rows.search([("company_id", "=", later.id), ("code", "=", "push")])
        self.assertEqual(push.user_ids, self.manager)

    def test_what_was_deleted_stays_away(self):
        company, found = self._company()
        found["push"].unlink()
        convert_file(
            self.env,
            "debt_recovery_insight",
            "data/report_data.xml",
            {},
            mode="update",
            noupdate=True,
        )
        company.write({"recovery_escalate_user_id": self.manager.id})
        rows = self.rows.search([("company_id", "=", company.id)])
        self.assertEqual(len(rows), len(found) - 1)

    def test_a_report_that_comes_later(self):
        kind = self.env.ref("debt_recovery_insight.report_kind_push")
        vals = {"name": "Push", "description": "Again", "code": "push"}
        kind.code = "push_old"
        kind.flush_recordset()
        later = kind.sudo().create(vals)
        rows = self.rows.sudo().search([("report_id", "=", later.id)])
        roots = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        self.assertEqual(rows.company_id, roots)
        self.assertEqual(len(rows), len(roots))

    def test_first_days_after_the_first_strategy_went_live(self):
        company, found = self._company()
        outgoing = found["outgoing_day"]
        company = company.with_context(recovery_today=self._day(0))
        self.strategy._go_live(company)
        self.assertEqual(outgoing.date_until, self._day(30))
        self.assertFalse(found["push"].date_until)
        outgoing.date_until = False  # the manager wants it for good
        other = self.strategy.copy({"name": "Second", "is_default": False})
        other._go_live(company.with_context(recovery_today=self._day(3)))
        self.assertFalse(outgoing.date_until)

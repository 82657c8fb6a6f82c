from datetime import timedelta

from odoo.exceptions import UserError

from .screen_common import MONDAY, CaseScreenCommon


class TestCaseScreen(CaseScreenCommon):
    """What an officer sees and does on a case, as an officer."""

    # BRIDGE

    def test_bridge_is_live_and_adds_up(self):
        self.assertEqual(self._amounts(), [10000, 0, 0, 0, 10000])
        terms = self._terms()
        self.assertEqual(
            list(terms),
            [
                "overdue",
                "disputed",
                "agreed",
                "held",
                "collectable",
                "credit",
                "not_due",
            ],
        )
        self.assertIn("2,100", terms["not_due"])
        self.assertIn("400", terms["credit"])
        self.assertNotIn("-", terms["credit"])

    def test_bridge_ignores_stale_stored_figures(self):
        self.env.cr.execute(
            "UPDATE debt_recovery_case SET amount_collectable = 1 WHERE id = %s",
            [self.case.id],
        )
        self.assertEqual(self._amounts()[-1], 10000)

    def test_every_number_opens_its_items(self):
        action = self.case.with_context(
            recovery_bridge="not_due"
        ).action_open_receivables()
        rows = self.case.env["debt.recovery.receivable"].search(action["domain"])
        self.assertEqual(rows.mapped("amount_residual"), [2100])
        action = self.case.action_open_receivables()
        rows = self.case.env["debt.recovery.receivable"].search(action["domain"])
        self.assertEqual(len(rows), 5)

    def test_foreign_currency_is_named(self):
        euro = self._setup_currency("EUR", rate=2.0)
        self._overdue_invoice(self.debtor, 500, 30, currency=euro)
        self.case.invalidate_recordset()
        self.assertIn("500", self.case.bridge["currencies"])
        self.assertEqual(self._amounts()[0], 10250)

    def test_batch_of_cases_costs_the_same_queries(self):
        partners = [self._debtor(f"Debtor {i}") for i in range(6)]
        for partner in partners:
            self._overdue_invoice(partner, 100, 10)
        cases = self.env["debt.recovery.case"]
        for partner in partners:
            cases |= self._case(partner, user_id=self.officer.id)
        cases = cases.with_user(self.officer)
        names = ["bridge", "amount_late", "todo", "last_contact", "gate_phone"]

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - start

        count(cases)
        self.assertEqual(count(cases[:2]), count(cases))

    # HOLD

    def test_hold_shows_at_once_what_comes_next(self):
        self.case._refresh_next_action()
        self.assertTrue(self.record.next_step_id)
        form = self._wizard(self.case.action_place_hold(), reason="On holiday")
        form.type_id = self.env.ref("debt_recovery.hold_type_goodwill")
        form.save().action_place()
        self.assertEqual(self._amounts(), [10000, 0, 0, 10000, 0])
        self.case.invalidate_recordset()
        self.assertIn("On holiday", self.case.hold_alert)
        self.assertFalse(self.record.next_step_id)

    # MORE

    def test_extra_step_is_planned(self):
        form = self._wizard(self.case.action_add_step(), note="Fair next week")
        form.channel_id = self.env.ref("debt_recovery.channel_letter")
        form.date_planned = MONDAY + timedelta(days=3)
        form.save().action_plan()
        action = self.record.action_ids
        self.assertEqual((action.state, action.mode), ("planned", "review"))
        self.assertEqual(action.origin, "manual")
        self.assertFalse(self.record.step_id)

    def test_extra_call_of_today_becomes_a_task(self):
        form = self._wizard(self.case.action_add_step(), note="Ask for the director")
        form.channel_id = self.env.ref("debt_recovery.channel_phone")
        form.save().action_plan()
        task = self.record.activity_ids
        self.assertEqual(task.user_id, self.officer)
        self.case.invalidate_recordset()
        self.assertEqual(self.case.todo_kind, "task")

    def test_extra_step_in_the_past_is_refused(self):
        form = self._wizard(self.case.action_add_step(), note="Too late")
        form.channel_id = self.env.ref("debt_recovery.channel_phone")
        form.date_planned = MONDAY - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "in the past"):
            form.save().action_plan()

    def test_why_now_answers_before_the_run(self):
        self.assertIn("The item due on 01/21/2025", self.case.why_now)

    def test_take_over(self):
        self.record.user_id = False
        self.case.action_take_over()
        self.assertEqual(self.record.user_id, self.officer)

from datetime import date, timedelta

from odoo.tests import tagged

from .common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


@tagged("post_install", "-at_install", "debt_recovery")
class TestCaseToday(DebtRecoveryCommon):
    """Today shows what people must do, and nothing that runs by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 6)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.step = cls.env.ref("debt_recovery.strategy_b2b_standard").step_ids.filtered(
            lambda step: step.code == "rem1"
        )
        cls.email = cls.env.ref("debt_recovery.channel_email")

    def _plan(self, **extra):
        vals = self.case._prepare_action_vals(self.step, self.email) | extra
        return self.env["debt.recovery.action"]._plan_from_decisions([vals])

    def _kind(self):
        """Kind computed, and the same found by searching."""
        self.env.flush_all()
        self.case.invalidate_recordset()
        cases = self.env["debt.recovery.case"]
        kind = self.case.todo_kind
        if kind:
            self.assertIn(self.case, cases.search([("todo_kind", "=", kind)]))
        self.assertEqual(
            bool(kind), self.case in cases.search([("needs_work", "=", True)])
        )
        self.assertEqual(
            not kind, self.case in cases.search([("needs_work", "=", False)])
        )
        return kind

    def test_automatic_step_is_no_work(self):
        self.case.next_step_id = self.step
        self.case.next_action_date = MONDAY
        self.assertFalse(self._kind())

    def test_step_for_people_is_work_on_its_day(self):
        self.case.next_step_id = self.case.strategy_id.step_ids.filtered(
            lambda step: step.mode == "task"
        )[:1]
        self.case.next_action_date = MONDAY + timedelta(days=1)
        self.assertFalse(self._kind())
        self.case.next_action_date = MONDAY
        self.assertEqual(self._kind(), "step")

    def test_review_waits(self):
        action = self._plan(mode="review")
        self.assertEqual(self._kind(), "review")
        action._cancel("No")
        self.assertFalse(self._kind())

    def test_review_of_tomorrow_waits_until_tomorrow(self):
        self._plan(mode="review", date_planned=MONDAY + timedelta(days=1))
        self.assertFalse(self._kind())

    def test_failure_is_work_until_it_is_tried_again(self):
        action = self._plan()
        action._set_failed("No address")
        self.assertEqual(self._kind(), "failed")
        self.assertIn("No address", self.case.todo)
        self._plan()
        self.assertFalse(self._kind())

    def test_unclear_comes_first(self):
        action = self._plan()
        action._set_queued()
        action._set_unclear("Connection lost")
        self.case.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=MONDAY,
            user_id=self.officer.id,
        )
        self.assertEqual(self._kind(), "unclear")

    def test_task_is_work_when_due(self):
        task = self.case.activity_schedule(
            "mail.mail_activity_data_call",
            summary="Call them",
            date_deadline=MONDAY + timedelta(days=2),
            user_id=self.officer.id,
        )
        self.assertFalse(self._kind())
        task.date_deadline = MONDAY
        self.assertEqual(self._kind(), "task")
        self.assertEqual(self.case.todo, "Call them")

    def test_task_of_the_strategy_rests_while_nothing_is_collectable(self):
        """A hold silences the calls of the ladder, not what a colleague asked for."""
        call = self.env.ref("debt_recovery.channel_activity")
        step = self.step.strategy_id.step_ids.filtered(lambda s: s.mode == "task")[:1]
        vals = self.case._prepare_action_vals(step, call) | {"mode": "task"}
        action = self.env["debt.recovery.action"]._plan_from_decisions([vals])
        action._release()
        self.assertTrue(action.activity_id)
        self.assertEqual(self._kind(), "task")
        self.case.activity_schedule(
            "debt_recovery.mail_activity_type_escalation",
            date_deadline=MONDAY,
            user_id=self.officer.id,
            summary="The call waits",
        )
        hold = self.case._place_hold("goodwill", "Wait for the director")
        self.case._refresh_figures()
        self.assertFalse(self._kind())
        asked = self.case.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=MONDAY,
            user_id=self.officer.id,
        )
        self.assertEqual(self._kind(), "task")
        asked.unlink()
        hold._release("He answered")
        self.case._refresh_figures()
        self.assertEqual(self._kind(), "task")

    def test_case_without_strategy_is_work(self):
        self.case.strategy_id = False
        self.assertEqual(self._kind(), "strategy")

    def test_closed_case_is_no_work(self):
        self._plan(mode="review")
        self.case._close("other", "Done")
        self.assertFalse(self._kind())

    def test_last_contact_and_gate(self):
        action = self._plan()
        action._set_done()
        self.case.invalidate_recordset()
        self.assertIn(self.step.name, self.case.last_contact)
        self.assertEqual(self.case.gate_phone, "allowed")
        self._hold("lawyer", self.case)
        self.case.invalidate_recordset()
        self.assertEqual(self.case.gate_phone, "refused")
        self.assertIn("Represented", self.case.gate_phone_text)

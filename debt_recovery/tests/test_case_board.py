from datetime import datetime, timedelta

from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestCaseBoard(RecoveryRunCommon):
    """Cards move when facts change; dragging starts the work, stuck cards show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._overdue_invoice(cls.debtor, 5000, 45)
        cls.company.recovery_escalate_user_id = cls.manager
        cls.record = cls._case(user_id=cls.officer.id)
        cls.case = cls.record.with_user(cls.officer)

    def _drop(self, code):
        return self.case.action_drop(self.env.ref(f"debt_recovery.stage_{code}").id)

    def test_a_drop_opens_the_work_that_leads_there(self):
        stage = self.case.stage_id
        self.assertEqual(self._drop("paused")["res_model"], "debt.recovery.hold.place")
        self.assertEqual(
            self._drop("agreed")["res_model"], "debt.recovery.promise.take"
        )
        self.assertEqual(
            self._drop("closed_other")["res_model"], "debt.recovery.case.close"
        )
        self.assertEqual(self.case.stage_id, stage)

    def test_other_drops_are_refused(self):
        with self._refused("cannot be moved to “New”"):
            self._drop("new")
        with self._refused("cannot be moved to “Legal”"):
            self._drop("legal")
        with self._refused("not the next step"):
            self._drop("demand")

    def test_escalation_is_asked_done_and_taken_back(self):
        self.assertIn(self.manager.name, self._drop("decision")["confirm"])
        self.case.action_escalate()
        self.assertEqual(self.case.stage_id.code, "decision")
        self.assertEqual(self.case.activity_ids.user_id, self.manager)
        self.case.action_escalate_undo()
        self.assertEqual(self.case.stage_id.code, "new")
        self.assertFalse(self.case.activity_ids)
        with self._refused("nothing of yours"):
            self.case.action_escalate_undo()

    def test_closed_case_cannot_be_dropped(self):
        self.record._close("other", "Done")
        with self._refused("is closed"):
            self._drop("decision")

    def test_stuck_is_judged_by_the_companys_day(self):
        self.record.date_last_stage_update = datetime.combine(
            MONDAY, datetime.min.time()
        )
        limit = self.record.stage_id.rotting_threshold_days
        for days, stuck in ((0, False), (limit, False), (limit + 1, True)):
            case = self.record.with_context(
                recovery_today=MONDAY + timedelta(days=days)
            )
            self.assertEqual(case.is_rotting, stuck)
            found = case.search([("is_rotting", "=", True)])
            self.assertEqual(case in found, stuck)

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .run_common import RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestWeekly(RecoveryRunCommon):
    """What nobody would notice reaches the manager once a week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_escalate_user_id = cls.manager

    def _tasks(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "debt.recovery.run"),
                ("user_id", "=", self.manager.id),
            ]
        )

    def test_lists_name_holds_without_end(self):
        self._overdue_invoice(self.debtor, 900, 6)
        case = self._case(self.debtor)
        self._hold("lawyer", case, date_to=False)
        self._run()
        task = self._tasks()
        self.assertEqual(len(task), 1)
        self.assertIn("Holds without end: 1", task.summary)
        self.assertIn("/odoo/debt-endless-holds", task.note)
        self._run()
        self.assertEqual(len(self._tasks()), 1)

    def test_nothing_to_show_or_another_day_is_silent(self):
        self._run()
        self._overdue_invoice(self.debtor, 900, 6)
        self._hold("lawyer", self._case(self.debtor), date_to=False)
        self._run(1)
        self.assertFalse(self._tasks())

    def test_case_rots_when_its_stage_takes_too_long(self):
        self._overdue_invoice(self.debtor, 900, 6)
        case = self._case(self.debtor)
        self.assertFalse(case.is_rotting)
        case.date_last_stage_update -= timedelta(days=9)
        case.invalidate_recordset(["is_rotting"])
        self.assertTrue(case.is_rotting)
        found = self.env["debt.recovery.case"].search([("is_rotting", "=", True)])
        self.assertIn(case, found)
        case._close("other", "test")
        self.assertFalse(case.is_rotting)

    def test_a_missed_monday_is_made_up_for(self):
        """No run on Monday: Tuesday's asks, Wednesday's no more."""
        self._overdue_invoice(self.debtor, 900, 6)
        self._hold("lawyer", self._case(self.debtor), date_to=False)
        self._run(1)
        self.assertEqual(len(self._tasks()), 1)
        self._tasks().action_feedback()
        self._run(1)
        self._run(2)
        self.assertFalse(self._tasks())

    def test_what_waits_for_the_monthly_list_is_not_stuck(self):
        case = self._small(30)
        self._run()
        case.date_last_stage_update -= timedelta(days=9)
        case.invalidate_recordset(["is_rotting"])
        self.assertEqual(case.stage_id.code, "decision")
        self.assertFalse(case.is_rotting)
        found = self.env["debt.recovery.case"].search([("is_rotting", "=", True)])
        self.assertNotIn(case, found)

    # SMALL DEBTS, ONCE A MONTH

    def _small(self, amount):
        """A customer at the end of the ladder of small debts."""
        debtor = self._debtor(f"Small {amount}")
        self.move = self._overdue_invoice(debtor, amount, 60)
        case = self._case(debtor)
        last = self.env.ref("debt_recovery.step_sd_list")
        case.strategy_id = last.strategy_id
        (last.strategy_id.step_ids - last).active = False
        return case

    def _list(self):
        model = self.env["debt.recovery.case"].with_user(self.manager)
        return model.search([("small_debt", "!=", False)])

    def _monthly(self):
        kind = self.env.ref("debt_recovery.mail_activity_type_monthly")
        return self._tasks().filtered(lambda task: task.activity_type_id == kind)

    def test_small_debts_are_one_task_a_month(self):
        """Below one unit of 50 to write off, from 50 on for the agency."""
        cases = self._small(30) | self._small(49.99) | self._small(50)
        self._run()
        self.assertFalse(cases.activity_ids, "no task for each customer")
        self.assertEqual(self._list(), cases)
        self.assertEqual(
            cases.mapped("small_debt"), ["write_off", "write_off", "agency"]
        )
        self.assertEqual(cases.stage_id.code, "decision")
        task = self._monthly()
        self.assertEqual(len(task), 1)
        self.assertIn("to write off: 2", task.summary)
        self.assertIn("79.99", task.summary)
        self.assertIn("for the agency: 1", task.summary)
        self.assertIn("/odoo/debt-small", task.note)
        self._run(1)
        self._run(7)
        self.assertEqual(self._monthly(), task, "not before next month")
        task.action_feedback()
        self._run(29)
        self.assertEqual(len(self._monthly()), 1, "what is left is asked again")

    def test_paid_and_grown_debts_leave_the_list(self):
        grown, _paid = self._small(40), self._small(30)
        self._run()
        self._pay(self.move)
        self._run(1)
        grown.strategy_id = self.env.ref("debt_recovery.strategy_b2b_standard")
        self.assertFalse(self._list())

    def test_nothing_small_no_task(self):
        self._overdue_invoice(self.debtor, 900, 6)
        self._run()
        self.assertFalse(self._monthly())

    def test_the_second_batch_is_proposed_to_the_agency(self):
        case = self._small(60)
        self.company.recovery_agency = True
        self._run()
        listed = self._list()
        action = listed.action_small_to_agency()
        placement = self.env["debt.recovery.placement"].search(action["domain"])
        self.assertEqual((placement.case_id, placement.state), (case, "proposed"))
        self.assertFalse(self._list())
        entry = case.action_ids.filtered("step_id.monthly_list")
        self.assertEqual((entry.state, entry.user_id), ("done", self.manager))
        with self.assertRaisesRegex(UserError, "Nothing is left to decide"):
            listed.action_small_to_agency()

from datetime import timedelta

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
        self.assertIn("/odoo/debt-holds", task.note)
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

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .approval_common import MONDAY, ApprovalCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestApprovalTime(ApprovalCommon):
    """Deputies, reminders and escalation, day by day."""

    def _away(self, user, deputy, start=0, end=10):
        user.with_user(user).write(
            {
                "recovery_deputy_id": deputy.id,
                "recovery_absent_from": MONDAY + timedelta(days=start),
                "recovery_absent_to": MONDAY + timedelta(days=end),
            }
        )

    # DEPUTY

    def test_deputy_decides_during_the_absence(self):
        self._away(self.manager, self.other_officer)
        approval = self._ask_hold()
        self.assertEqual(approval.asked_ids, self.other_officer | self.second)
        shown = self._as(self.other_officer, approval)
        self.assertTrue(shown.for_me_as_deputy)
        self.assertFalse(shown.for_me)
        found = self.env["debt.recovery.approval"].with_user(self.other_officer)
        self.assertEqual(found.search([("for_me_as_deputy", "=", True)]), approval)
        shown.action_approve()
        self.assertEqual(approval.decided_by_id, self.other_officer)
        self.assertEqual(approval.deputised_for_id, self.manager)
        self.assertIn("on behalf of dr_manager", approval.message_ids[0].body)
        self.assertTrue(self.record.hold_ids.active_today)

    def test_deputy_has_no_right_after_the_absence(self):
        self._away(self.manager, self.other_officer, end=2)
        approval = self._ask_hold()
        with self._refused("may not decide"):
            self._as(self.other_officer, approval, days=3).action_approve()

    def test_who_asked_never_decides_as_deputy(self):
        self._away(self.manager, self.officer)
        approval = self._ask_hold()
        with self._refused("You asked for .* yourself"):
            self._as(self.officer, approval).action_approve()

    def test_the_deputys_deputy(self):
        self._away(self.manager, self.second)
        self._away(self.second, self.other_officer)
        approval = self._ask_hold()
        self.assertEqual(approval.asked_ids, self.other_officer)

    def test_loop_is_refused_and_tolerated(self):
        self._away(self.manager, self.second)
        with self._refused("would stand in for each other in a circle"):
            self.second.recovery_deputy_id = self.manager
        with self._refused("in a circle"):
            self.second.recovery_deputy_id = self.second
        # a loop that came in otherwise
        self._away(self.second, self.other_officer)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET recovery_deputy_id = %s WHERE id = %s",
            [self.manager.id, self.second.id],
        )
        self.env.invalidate_all()
        approval = self._ask_hold()
        self.assertEqual(approval.asked_ids, self.manager | self.second)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "approved")

    def test_bad_absence_is_refused(self):
        with self._refused("would be back before leaving"):
            self._away(self.manager, self.second, start=3, end=1)
        with self._refused("does not work in debt recovery"):
            self.manager.recovery_deputy_id = self.auditor

    def test_absence_that_begins_later_asks_the_deputy_once(self):
        approval = self._ask_hold()
        self._away(self.manager, self.other_officer, start=1)
        self._follow_up(1)
        self._follow_up(1)
        self.assertIn(self.other_officer, approval.asked_ids)
        self.assertEqual(len(self._mails_to(self.other_officer, approval)), 1)

    # REMINDER AND ESCALATION

    def test_reminder_and_escalation_in_working_days(self):
        """Monday: reminded on Wednesday, escalated on Friday, each once."""
        self.company.recovery_escalate_user_id = self.manager
        self.company.recovery_final_approver_id = self.second
        approval = self._ask_hold()
        self.assertEqual(approval.asked_ids, self.manager)
        self._follow_up(1)
        self.assertFalse(approval.date_reminded)
        for days in (2, 2, 3):
            self._follow_up(days)
        self.assertEqual(approval.date_reminded, MONDAY + timedelta(days=2))
        self.assertEqual(len(self._mails_to(self.manager, approval)), 2)
        self.assertFalse(self._mails_to(self.second, approval))
        for days in (4, 4, 5):
            self._follow_up(days)
        self.assertEqual(approval.date_escalated, MONDAY + timedelta(days=4))
        self.assertEqual(approval.asked_ids, self.manager | self.second)
        self.assertEqual(len(self._mails_to(self.second, approval)), 1)
        self._as(self.second, approval, days=4).action_approve()

    def test_weekend_and_holiday_do_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2025-03-04 00:00:00",
                "date_to": "2025-03-04 23:59:59",
            }
        )
        approval = self._ask_hold()
        self._follow_up(2)
        self.assertFalse(approval.date_reminded)
        self._follow_up(3)
        self.assertTrue(approval.date_reminded)
        self._follow_up(6)
        self.assertFalse(approval.date_escalated)
        self._follow_up(7)
        self.assertTrue(approval.date_escalated)

    def test_overtaken_requests_leave_the_room(self):
        approval = self._ask_hold(days=20)
        self._follow_up(21)
        self.assertEqual(approval.state, "expired")
        self.assertIn("has passed", approval.note)
        self.assertTrue(self._mails_to(self.officer, approval))

    # FINAL APPROVER

    def test_final_approver_must_be_a_manager(self):
        with self._refused("has no debt recovery right"):
            self.company.recovery_final_approver_id = self.officer

    def test_final_approver_who_left_is_nobody(self):
        self.company.recovery_final_approver_id = self.second
        approval = self._ask_promise(90)
        group = self.env.ref("debt_recovery.group_manager")
        self.second.group_ids = [Command.unlink(group.id)]
        self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "approved")

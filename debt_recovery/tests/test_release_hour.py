from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon

MONDAY = date(2025, 3, 3)
SPRING = date(2025, 3, 30)  # Europe: 02:00 becomes 03:00
AUTUMN = date(2025, 10, 26)  # Europe: 03:00 becomes 02:00


@tagged("post_install", "-at_install", "debt_recovery")
class TestReleaseHourMoment(DebtRecoveryChannelCommon):
    """The hour is a time of the company's day, whatever the clocks do."""

    def setUp(self):
        super().setUp()
        self.company.recovery_release = "hour"
        self.calendar = self.company.resource_calendar_id
        self.calendar.tz = "Europe/Brussels"

    def test_default_is_half_past_ten(self):
        self.assertEqual(self.company.recovery_release_hour, 10.5)

    def test_half_past_ten_on_both_sides_of_the_change(self):
        for day, hour in (
            (SPRING - timedelta(days=1), 9),
            (SPRING, 8),
            (AUTUMN - timedelta(days=1), 8),
            (AUTUMN, 9),
        ):
            with self.subTest(day=day):
                moment = self.company._recovery_release_at(day)
                self.assertEqual(str(moment), f"{day} {hour:02}:30:00")

    def test_an_hour_that_does_not_exist_is_taken_later(self):
        self.company.recovery_release_hour = 2.5
        moment = self.company._recovery_release_at(SPRING)
        self.assertEqual(str(moment), "2025-03-30 01:30:00")  # 03:30 summer time

    def test_an_hour_that_comes_twice_is_taken_once_and_late(self):
        self.company.recovery_release_hour = 2.5
        moment = self.company._recovery_release_at(AUTUMN)
        self.assertEqual(str(moment), "2025-10-26 01:30:00")  # 02:30 winter time

    def test_open_from_the_hour_on_and_on_working_days_only(self):
        for now, is_open in (
            ("2025-03-28 09:29:00", False),  # Friday 10:29
            ("2025-03-28 09:30:00", True),
            ("2025-03-29 12:00:00", False),  # Saturday
            ("2025-03-31 08:29:00", False),  # Monday in summer time
            ("2025-03-31 08:30:00", True),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.assertEqual(self.company._recovery_release_open(), is_open)

    def test_next_release_jumps_the_weekend_and_the_change(self):
        with freeze_time("2025-03-28 10:00:00"):  # Friday, after the release
            moment = self.company._recovery_next_release()
        self.assertEqual(str(moment), "2025-03-31 08:30:00")

    def test_sunday_is_worked_where_the_calendar_says_so(self):
        self.calendar.attendance_ids.dayofweek = "6"
        with freeze_time(f"{SPRING} 08:30:00"):
            self.assertTrue(self.company._recovery_release_open())
        with freeze_time(f"{AUTUMN} 08:30:00"):
            self.assertFalse(self.company._recovery_release_open())

    def test_company_without_working_days_is_told_once(self):
        self.calendar.attendance_ids = [Command.clear()]
        self.assertIn("have no working day", self.company._recovery_release_warning())
        run = self.env["debt.recovery.run"]._start(self.company)
        run._execute()
        self.assertEqual(run.state, "done")
        self.assertIn("have no working day", run.warning)

    def test_company_closed_for_months_keeps_its_messages(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": "2025-03-01 00:00:00",
                "date_to": "2025-12-31 00:00:00",
            }
        )
        with freeze_time("2025-03-28 10:00:00"):
            self.assertIsNone(self.company._recovery_next_release())
            self.assertFalse(self.company._recovery_release_open())
            self.assertIn(
                "messages wait in Outgoing", self.company._recovery_release_warning()
            )

    def test_times_outside_the_day_are_refused(self):
        for hour in (-1, 24, 23.9999):
            with self._refused("time of day", ValidationError):
                self.company.recovery_release_hour = hour


@tagged("post_install", "-at_install", "debt_recovery")
class TestReleaseHourRun(DebtRecoveryChannelCommon):
    """Prepared in the morning, asked again at the hour, then gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_release = "hour"
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})
        cls.debtor = cls._debtor("Hourly Ltd", email="ap@hourly.example.com")
        cls.bill = cls._overdue_invoice(cls.debtor, 5000, 6)
        cls.late = cls._overdue_invoice(cls.debtor, 700, 5)

    def _run_daily(self, time="05:00", day=MONDAY):
        run = self.env["debt.recovery.run"].with_context(recovery_today=day)
        with freeze_time(f"{day} {time}:00"):
            run = run._start(self.company)
            run._execute()
        self.env.invalidate_all()
        return run

    def _run_release(self, time="10:30", day=MONDAY):
        """The scheduled action, without its commits."""
        runs = self.env["debt.recovery.run"].with_context(recovery_today=day)
        commit = patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 60.0
        )
        with freeze_time(f"{day} {time}:00"), commit, self.mock_mail_gateway():
            runs._cron_release()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
        self.env.invalidate_all()

    @property
    def message(self):
        return self.env["debt.recovery.action"].search(
            [("partner_id", "=", self.debtor.id), ("mode", "!=", "task")]
        )

    def test_prepared_at_five_gone_at_half_past_ten(self):
        self._run_daily()
        message = self.message
        self.assertEqual(message.state, "planned")
        self.assertEqual(message.recipient_ids, self.debtor)
        self.assertEqual(message.amount_claimed, 5700)
        self._run_release("10:29")
        self.assertEqual(message.state, "planned")
        self._run_release("10:30")
        self.assertEqual(message.state, "done")

    def test_the_run_wakes_the_release_at_its_hour(self):
        self._run_daily()
        trigger = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("debt_recovery.ir_cron_release").id)],
            order="id desc",
            limit=1,
        )
        self.assertEqual(str(trigger.call_at), "2025-03-03 10:30:00")

    def test_paid_a_second_before_the_release(self):
        self._run_daily()
        message = self.message
        self._pay(self.bill | self.late, date=MONDAY, group_payment=True)
        self._run_release()
        self.assertEqual(message.state, "cancelled")
        self.assertRegex(message.reason, "Case closed: Paid|Nothing collectable")

    def test_partly_paid_leaves_with_the_rest_and_its_documents(self):
        step = self.env.ref("debt_recovery.step_rem1")
        step.attach_invoices = True
        self._run_daily()
        message = self.message
        self.assertEqual(len(message.attachment_ids), 2)
        self._pay(self.bill, date=MONDAY)
        self._run_release()
        self.assertEqual((message.state, message.amount_claimed), ("done", 700))
        self.assertEqual(len(message.attachment_ids), 1)
        number = self.late.name.replace("/", "_")
        self.assertIn(number, message.document_facts[0]["name"])

    def test_hold_placed_before_the_release(self):
        self._run_daily()
        message = self.message
        self._hold(
            "goodwill", message.case_id, date_from=MONDAY, date_to=date(2025, 3, 9)
        )
        self._run_release()
        self.assertIn(message.state, ("cancelled", "refused"))
        self.assertTrue(message.reason)

    def test_what_is_decided_after_the_hour_waits_for_the_next_working_day(self):
        self._run_daily("14:00")
        self._run_release("14:15")
        message = self.message
        self.assertEqual(message.state, "planned")
        self.assertEqual(message.date_planned, MONDAY + timedelta(days=1))
        self._run_daily("05:00", MONDAY + timedelta(days=1))
        self._run_release("10:30", MONDAY + timedelta(days=1))
        self.assertEqual(self.message, message)
        self.assertEqual(message.state, "done")

    def test_review_waits_for_a_person_then_for_the_hour(self):
        self.env.ref("debt_recovery.step_rem1").mode = "review"
        self._run_daily()
        message = self.message
        self.assertEqual(message.recipient_ids, self.debtor)
        self._run_release()
        self.assertEqual(message.state, "planned")
        message.action_approve()
        self.assertEqual(message.state, "approved")
        self._run_release("11:00")
        self.assertEqual(message.state, "done")

    def test_at_once_leaves_nothing_to_the_hour(self):
        self.company.recovery_release = "at_once"
        self._run_daily()
        self.assertEqual(self.message.state, "queued")

    def test_tasks_are_given_out_in_the_morning(self):
        self.env.ref("debt_recovery.step_rem1").mode = "task"
        self._run_daily()
        task = self.env["debt.recovery.action"].search(
            [("partner_id", "=", self.debtor.id)]
        )
        self.assertEqual((task.mode, task.state), ("task", "queued"))

    def test_another_company_at_once_is_left_alone(self):
        self._run_daily()
        self.company.recovery_release = "at_once"
        self._run_release()
        self.assertEqual(self.message.state, "planned")

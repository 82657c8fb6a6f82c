from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .insight_common import InsightCommon

LOGGER = "odoo.addons.debt_recovery_insight.models.subscription_send"
HOUR = timedelta(hours=1)


class SubscriptionCommon(InsightCommon):
    """Two officers with a customer each; nothing shipped is on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.other = cls._debtor("Other Ltd")
        cls._overdue_invoice(cls.debtor, 1000, 20)
        cls._overdue_invoice(cls.other, 4000, 40)
        cls._case(user_id=cls.officer.id)
        cls._case(cls.other, user_id=cls.other_officer.id)
        cls.week = cls.env.ref("debt_recovery_insight.report_kind_week_manager")
        cls.rows = cls.env["debt.recovery.subscription"]
        cls.rows.search([]).is_on = False
        cls.monday = datetime.combine(cls._day(0), datetime.min.time())
        for user in cls.officer | cls.other_officer | cls.manager:
            user.email = f"{user.login}@example.com"

    def _row(self, **vals):
        vals = {
            "report_id": self.week.id,
            "company_id": self.company.id,
            "user_ids": self.manager.ids,
            "is_on": True,
            **vals,
        }
        return self.rows.create(vals)

    def _send_at(self, moment):
        """What the scheduled action mails at that moment."""
        known = self.env["mail.mail"].sudo().search([])
        with freeze_time(moment), self.enter_registry_test_mode():
            cron = self.env.ref("debt_recovery_insight.ir_cron_subscription")
            cron.method_direct_trigger()
        mails = self.env["mail.mail"].sudo().search([]) - known
        # others tell people of their activities
        return mails.filtered(lambda mail: not mail.model)


@tagged("post_install", "-at_install", "debt_recovery")
class TestSubscription(SubscriptionCommon):
    """Reports that leave by themselves: when, to whom, and what happens if not."""

    # RHYTHM

    def test_next_moment(self):
        with freeze_time(self.monday + 8 * HOUR):
            row = self._row()
            self.assertEqual(row.date_next, self.monday + timedelta(days=7, hours=7))
            row.hour = 9.5
            self.assertEqual(row.date_next, self.monday + 9.5 * HOUR)
            row.company_id.resource_calendar_id.tz = "Asia/Kolkata"
            row.hour = 15.5
            self.assertEqual(row.date_next, self.monday + 10 * HOUR)
            row.is_on = False
            self.assertFalse(row.date_next)

    def test_public_holiday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": self.monday + timedelta(days=7),
                "date_to": self.monday + timedelta(days=7, hours=23, minutes=59),
            }
        )
        with freeze_time(self.monday + 8 * HOUR):
            row = self._row()
        self.assertEqual(row.date_next, self.monday + timedelta(days=8, hours=7))

    def test_words(self):
        row = self._row(every="month", day_first=2)
        self.assertEqual(row.rhythm_text, "Working day 2 of the month, 07:00")
        row.write({"day_first": -5, "day_last": -1, "hour": 7.75})
        self.assertEqual(row.rhythm_text, "The last 5 working days of the month, 07:45")
        row.write({"every": "day", "day_first": 1, "day_last": 0})
        self.assertEqual(row.rhythm_text, "Every working day, 07:45")

    def test_bad_rhythm(self):
        for vals in ({"day_first": 0}, {"day_first": 2, "day_last": -1}, {"hour": 24}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self._row(**vals)

    # SENDING

    def test_sent_once(self):
        with freeze_time(self.monday + 6 * HOUR):
            row = self._row(format="both")
        self.assertFalse(self._send_at(self.monday + 6.5 * HOUR))
        mail = self._send_at(self.monday + 7 * HOUR)
        self.assertEqual(mail.email_to, self.manager.email_formatted)
        names = mail.attachment_ids.mapped("name")
        self.assertEqual(
            sorted(name.rsplit(".")[-1] for name in names), ["pdf", "xlsx"]
        )
        self.assertIn("Ageing against the week before", mail.body_html)
        self.assertFalse(row.problem)
        self.assertEqual(row.date_sent, self.monday + 7 * HOUR)
        self.assertFalse(self._send_at(self.monday + 8 * HOUR))
        self.assertEqual(row.date_next, self.monday + timedelta(days=7, hours=7))

    def test_missed_days_are_not_made_up_for(self):
        with freeze_time(self.monday):
            row = self._row()
        late = self.monday + timedelta(days=30)
        self.assertEqual(len(self._send_at(late)), 1)
        self.assertGreater(row.date_next, late)

    def test_own_rights(self):
        with freeze_time(self.monday):
            self._row(user_ids=(self.officer | self.manager).ids)
        mails = self._send_at(self.monday + 7 * HOUR)
        bodies = {mail.email_to: mail.body_html for mail in mails}
        self.assertIn("1,000", bodies[self.officer.email_formatted])
        self.assertNotIn("4,000", bodies[self.officer.email_formatted])
        self.assertIn("4,000", bodies[self.manager.email_formatted])

    def test_every_officer(self):
        with freeze_time(self.monday):
            row = self._row(audience="officers")
        self.assertIn(self.manager.name, row.to_text)
        mails = self._send_at(self.monday + 7 * HOUR)
        bodies = {mail.email_to: mail.body_html for mail in mails}
        people = self.officer | self.other_officer | self.manager
        self.assertEqual(set(bodies), {user.email_formatted for user in people})
        self.assertNotIn("4,000", bodies[self.officer.email_formatted])
        self.assertIn("4,000", bodies[self.manager.email_formatted])

    def test_one_failure_stops_nobody(self):
        with freeze_time(self.monday):
            self.manager.email = False
            broken = self._row(user_ids=(self.manager | self.officer).ids)
            crash = self._row()
            fine = self._row(user_ids=self.officer.ids)
        mixin = self.env.registry["debt.recovery.subscription"]
        prepare = mixin._prepare_mail

        def fail(row, user):
            if row == crash:
                raise ValueError("no disk")
            return prepare(row, user)

        with patch.object(mixin, "_prepare_mail", fail), self.assertLogs(LOGGER):
            mails = self._send_at(self.monday + 7 * HOUR)
        # the others of the same list get theirs
        self.assertEqual(len(mails), 2)
        self.assertIn("has no e-mail address: enter one", broken.problem)
        self.assertIn("no disk", crash.problem)
        self.assertFalse(fine.problem)
        self.assertEqual(len(broken.activity_ids), 1)
        self.assertFalse(fine.activity_ids)
        self.manager.email = "manager@example.com"
        broken.with_user(self.manager).action_send_now()
        self.assertFalse(broken.problem)
        self.assertFalse(broken.activity_ids)

    def test_last_day(self):
        with freeze_time(self.monday):
            row = self._row(every="day", date_until=self._day(1))
        self.assertEqual(len(self._send_at(self.monday + 7 * HOUR)), 1)
        self.assertTrue(row.is_on)
        self.assertEqual(len(self._send_at(self.monday + 31 * HOUR)), 1)
        self.assertFalse(row.is_on)
        self.assertFalse(row.date_next)
        told = "".join(row.message_ids.mapped("body"))
        self.assertIn("Switched itself off", told)
        with freeze_time(self.monday + 48 * HOUR):
            row.is_on = True  # whoever wants it now wants it for good
        self.assertFalse(row.date_until)
        self.assertTrue(row.date_next)

    def test_only_if_overdue(self):
        empty = self.env["res.company"].create({"name": "No Debtors Inc."})
        self.manager.company_ids += empty
        with freeze_time(self.monday):
            row = self._row(company_id=empty.id, only_overdue=True)
        self.assertFalse(self._send_at(self.monday + 12 * HOUR))
        self.assertFalse(row.problem)

    def test_wait_for_the_month_end(self):
        # day 0 is in the first days of a month
        with freeze_time(self.monday):
            row = self._row(after_snapshot=True)
        self.checks.search([]).write({"state": "waiting"})
        self.assertFalse(self._send_at(self.monday + 8 * HOUR))
        self.checks._take_due(self.company.with_context(recovery_today=self._day(0)))
        self.assertEqual(len(self._send_at(self.monday + 9 * HOUR)), 1)
        self.assertGreater(row.date_next, self.monday + 9 * HOUR)

    def test_activity(self):
        review = self.env.ref("debt_recovery_insight.report_kind_year_rules")
        with freeze_time(self.monday):
            row = self._row(report_id=review.id, format="activity", every="day")
        self.assertFalse(self._send_at(self.monday + 7 * HOUR))
        self.assertEqual(row.activity_ids.user_id, self.manager)

    def test_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        with freeze_time(self.monday):
            mail = self._row(lang="fr_FR")._prepare_mail(self.manager)
        self.assertRegex(mail["body_html"], "4.?000,00")

    # PEOPLE

    def test_nobody(self):
        with self._refused("choose at least one person", ValidationError):
            self._row(user_ids=False)
        row = self._row(is_on=False, user_ids=False)
        with self._refused("choose at least one person", ValidationError):
            row.is_on = True
        row.user_ids = self.manager
        row.is_on = True
        with self._refused("choose at least one person", ValidationError):
            row.user_ids = False

    def test_people_without_role(self):
        stranger = new_test_user(self.env, "stranger", email="s@example.com")
        with freeze_time(self.monday):
            row = self._row(user_ids=stranger.ids)
        self.assertFalse(self._send_at(self.monday + 7 * HOUR))
        self.assertIn("may not read", row.problem)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere Inc."})
        with self._refused("does not work for Elsewhere", AccessError):
            self.week._answer_for(self.officer, elsewhere)

    def test_rights(self):
        row = self._row()
        with self.assertRaises(AccessError):
            row.with_user(self.officer).read(["is_on"])
        self.assertTrue(row.with_user(self.auditor).status_text)
        with self.assertRaises(AccessError):
            row.with_user(self.auditor).is_on = False
        row.with_user(self.manager).is_on = False

    def test_test_mail(self):
        row = self._row(is_on=False).with_user(self.manager)
        known = self.env["mail.mail"].sudo().search([])
        with patch.object(self.env.registry["mail.mail"], "send") as send:
            row.action_test()
        mail = self.env["mail.mail"].sudo().search([]) - known
        self.assertEqual(mail.email_to, self.manager.email_formatted)
        send.assert_called_once()
        self.assertFalse(row.date_sent)

    def test_test_of_an_activity(self):
        with self._refused("needs no test", UserError):
            self._row(format="activity").action_test()

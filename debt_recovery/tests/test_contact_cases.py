"""The worked cases of the contact rules, by their identifiers."""

from datetime import date, datetime

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.contact_rules import (
    Attempt,
    Consent,
    Debtor,
    Flag,
    Notice,
    Rule,
    judge,
)
from odoo.addons.debt_recovery.tools.contact_rules.notices import first_free_day
from odoo.addons.debt_recovery.tools.results import codes

from .contact_world import (
    CALLS,
    EAST,
    FLORIDA_HOURS,
    REG_F_CAP,
    REG_F_HOURS,
    REG_F_PAUSE,
    at,
    call,
)

DEBTOR = Debtor(zones=(EAST,))


class TestContactCases(BaseCase):
    """What the law's own examples say."""

    def _judge(self, rules, log, moment, channel="phone", debtor=DEBTOR, **kw):
        attempt = Attempt(channel, moment, **kw)
        return judge(rules, log, debtor, attempt)

    def assertDelayed(self, verdict, until):
        self.assertEqual((verdict.status, verdict.until), ("delayed", until))

    def assertAllowed(self, verdict):
        self.assertEqual(verdict.status, "allowed")

    def test_c1_seven_calls_in_seven_days(self):
        log = [call(4, day) for day in range(1, 8)]
        verdict = self._judge([REG_F_CAP], log, at(4, 7, 15))
        self.assertDelayed(verdict, at(4, 8, 0))
        self.assertEqual(verdict.reasons[0].values["citation"], "1006.14(b)(2)")
        self.assertAllowed(self._judge([REG_F_CAP], log, at(4, 8)))

    def test_c2_several_calls_a_day(self):
        log = [call(4, 1)] + [
            call(4, day, hour=hour) for day in (2, 3, 6) for hour in (9, 15)
        ]
        self.assertDelayed(self._judge([REG_F_CAP], log, at(4, 7)), at(4, 8, 0))

    def test_c3_pause_after_a_conversation(self):
        log = [call(8, 14, "conversation")]
        for day in (14, 15, 20):
            verdict = self._judge([REG_F_PAUSE], log, at(8, day, 16))
            self.assertDelayed(verdict, at(8, 21, 0))
        self.assertAllowed(self._judge([REG_F_PAUSE], log, at(8, 21, 0)))

    def test_c3_a_call_of_the_debtor_starts_the_pause_too(self):
        log = [call(8, 14, "conversation", inbound=True)]
        self.assertDelayed(self._judge([REG_F_PAUSE], log, at(8, 17)), at(8, 21, 0))

    def test_c4_wanted_calls_are_not_counted(self):
        debtor = Debtor(zones=(EAST,), consents=(Consent(at(6, 4, 9)),))
        one = Rule("one", "attempt_cap", channels=CALLS, limit=1, days=30)
        log = [call(6, 10)]
        self.assertAllowed(self._judge([one], log, at(6, 10, 18), debtor=debtor))
        self.assertAllowed(self._judge([one], log, at(6, 12), debtor=debtor))
        log = [call(6, 11)]
        verdict = self._judge([one], log, at(6, 12), debtor=debtor)
        self.assertDelayed(verdict, at(7, 11, 0))

    def test_c4_consent_ends_with_the_next_conversation(self):
        debtor = Debtor(zones=(EAST,), consents=(Consent(at(6, 4, 9)),))
        log = [call(6, 5, "conversation")]
        verdict = self._judge([REG_F_PAUSE], log, at(6, 6), debtor=debtor)
        self.assertDelayed(verdict, at(6, 12, 0))

    def test_c6_busy_does_not_count_and_a_full_mailbox_does(self):
        one = Rule("one", "attempt_cap", channels=CALLS, limit=1, days=1)
        busy, full = call(4, 1, "not_connected"), call(4, 1, "voicemail")
        self.assertAllowed(self._judge([one], [busy], at(4, 1, 12)))
        self.assertDelayed(self._judge([one], [full], at(4, 1, 12)), at(4, 2, 0))

    def test_c8_validation_period(self):
        rule = Rule(
            "validation",
            "notice_gate",
            notice="validation",
            wait=30,
            wait_from="assumed",
            assumed_post=5,
        )
        debtor = Debtor(
            zones=(EAST,), notices=(Notice("validation", date(2026, 6, 8)),)
        )
        # received on 15 June, so 15 July is the last day of the period
        for day in (date(2026, 6, 9), date(2026, 7, 15)):
            moment = datetime(day.year, day.month, day.day, 12, tzinfo=EAST)
            verdict = self._judge([rule], [], moment, debtor=debtor)
            self.assertDelayed(verdict, at(7, 16, 0))
        self.assertAllowed(self._judge([rule], [], at(7, 16), debtor=debtor))

    def test_c9_letter_of_claim_and_notice_before_issue(self):
        claim = Rule("pap", "notice_gate", notice="claim", wait=30)
        final = Rule("pap_14", "notice_gate", notice="final", wait=14)
        free = [
            first_free_day(rule, Notice(rule.notice, day), WorkCalendar())
            for rule, day in ((claim, date(2026, 3, 2)), (final, date(2026, 4, 10)))
        ]
        self.assertEqual(free, [date(2026, 4, 2), date(2026, 4, 25)])

    def test_c10_breathing_space(self):
        rule = Rule("breathing", "moratorium")
        flag = Flag("moratorium", date(2026, 3, 2), date(2026, 4, 30))
        self.assertEqual((flag.end - flag.start).days + 1, 60)
        debtor = Debtor(zones=(EAST,), flags=(flag,))
        verdict = self._judge([rule], [], at(3, 2), debtor=debtor)
        self.assertDelayed(verdict, at(5, 1, 0))
        self.assertFalse(verdict.overridable)
        self.assertAllowed(self._judge([rule], [], at(5, 1, 0), debtor=debtor))

    def test_c12_belgian_consumer_reminder(self):
        rule = Rule(
            "be",
            "notice_gate",
            notice="reminder",
            wait=14,
            wait_from="assumed",
            assumed_post=3,
            assumed_electronic=1,
            first_day_counts=True,
        )
        sent = date(2026, 3, 2)
        by_post, by_mail = (
            first_free_day(
                rule, Notice("reminder", sent, electronic=kind), WorkCalendar()
            )
            for kind in (False, True)
        )
        self.assertEqual((by_post, by_mail), (date(2026, 3, 19), date(2026, 3, 17)))

    def test_c15_contacts_really_made(self):
        rule = Rule(
            "au",
            "attempt_cap",
            severity="warn",
            limit=3,
            days=7,
            counter="contacts",
            consent_lifts=False,
        )
        log = [call(4, day, "conversation") for day in (1, 2, 3)]
        log += [call(4, 3), call(4, 4)]
        verdict = self._judge([rule], log, at(4, 6))
        self.assertAllowed(verdict)
        self.assertEqual(codes(verdict.warnings), ("rule_cap",))
        verdict = self._judge([rule], log[1:], at(4, 6))
        self.assertFalse(verdict.warnings)

    def test_c16_florida_at_night(self):
        night = at(6, 3, 21, 30)
        for channel in ("sms", "phone"):
            verdict = self._judge([FLORIDA_HOURS], [], night, channel)
            self.assertDelayed(verdict, at(6, 4, 8))
        self.assertAllowed(self._judge([FLORIDA_HOURS], [], night, "email"))
        verdict = self._judge([FLORIDA_HOURS, REG_F_HOURS], [], night, "email")
        self.assertDelayed(verdict, at(6, 4, 8))

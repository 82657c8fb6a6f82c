"""Each kind of contact rule beyond the worked cases."""

from datetime import date

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.contact_rules import (
    Attempt,
    Blackout,
    Consent,
    Contact,
    Debtor,
    Flag,
    Notice,
    OptOut,
    Permission,
    Rule,
    judge,
)
from odoo.addons.debt_recovery.tools.results import codes

from .contact_world import (
    BRUSSELS,
    CALLS,
    EAST,
    PACIFIC,
    REG_F_HOURS,
    REG_F_PAUSE,
    at,
    call,
    clock,
)

DEBTOR = Debtor(zones=(EAST,))


class TestContactKinds(BaseCase):
    """Windows, caps, states, papers."""

    def _judge(self, rules, moment, channel="phone", debtor=DEBTOR, log=(), **kw):
        override = kw.pop("override", False)
        attempt = Attempt(channel, moment, **kw)
        return judge(rules, log, debtor, attempt, override)

    def test_every_plausible_zone_must_be_awake(self):
        both = Debtor(zones=(EAST, PACIFIC))
        early = self._judge([REG_F_HOURS], at(6, 3, 9), debtor=both)
        self.assertEqual(early.until, at(6, 3, 11))
        late = self._judge([REG_F_HOURS], at(6, 3, 21), debtor=both)
        self.assertEqual(late.until, at(6, 4, 11))

    def test_sunday_afternoon_and_holidays(self):
        hours = clock(7, 21, range(6))[:6] + ((13 * 60, 17 * 60),)
        rule = Rule("on", "contact_window", hours=hours, open_on_holidays=False)
        sunday = at(6, 7, 8)
        self.assertEqual(self._judge([rule], sunday).until, at(6, 7, 13))
        closed = Debtor(zones=(EAST,), holidays=frozenset({date(2026, 6, 7)}))
        self.assertEqual(self._judge([rule], sunday, debtor=closed).until, at(6, 8, 7))

    def test_hours_that_never_open_together_are_refused(self):
        morning = Rule("a", "contact_window", hours=clock(8, 10))
        evening = Rule("b", "contact_window", hours=clock(18, 20))
        self.assertEqual(self._judge([morning, evening], at(6, 3)).status, "refused")

    def test_what_the_debtor_asked_for(self):
        rule = Rule("asked", "debtor_window")
        night_shift = Blackout(frozenset({2}), 8 * 60, 15 * 60, CALLS)
        debtor = Debtor(zones=(EAST,), blackouts=(night_shift,))
        wednesday = at(6, 3, 9)
        verdict = self._judge([rule], wednesday, debtor=debtor)
        self.assertEqual(verdict.until, at(6, 3, 15))
        mail = self._judge([rule], wednesday, "email", debtor=debtor)
        self.assertEqual(mail.status, "allowed")

    def test_an_hour_the_clock_shows_twice(self):
        rule = Rule("asked", "debtor_window")
        blackout = Blackout(frozenset({6}), 0, 105)  # until 1:45
        debtor = Debtor(zones=(BRUSSELS,), blackouts=(blackout,))
        verdict = self._judge(
            [rule], at(10, 25, 1, 30, zone=BRUSSELS).replace(fold=1), debtor=debtor
        )
        self.assertEqual(verdict.status, "delayed")

    def test_gap_between_calls(self):
        rule = Rule("gap", "min_gap", channels=CALLS, gap_minutes=240)
        verdict = self._judge([rule], at(6, 3, 12), log=[call(6, 3)])
        self.assertEqual(verdict.until, at(6, 3, 14))

    def test_a_callback_agreed_lifts_the_pause_at_its_hour(self):
        agreed = Consent(at(8, 14, 11), start=at(8, 17, 15))
        debtor = Debtor(zones=(EAST,), consents=(agreed,))
        log = [call(8, 14, "conversation")]
        verdict = self._judge([REG_F_PAUSE], at(8, 16), debtor=debtor, log=log)
        self.assertEqual(verdict.until, at(8, 17, 15))

    def test_a_broken_promise_lifts_the_pause_where_the_rule_says_so(self):
        debtor = Debtor(zones=(EAST,), broken_promise=at(8, 16))
        log = [call(8, 14, "conversation")]
        rule = Rule("p", "cooloff", days=7, broken_promise_lifts=True)
        verdict = self._judge([rule], at(8, 15), debtor=debtor, log=log)
        self.assertEqual(verdict.until, at(8, 16))
        verdict = self._judge([REG_F_PAUSE], at(8, 17), debtor=debtor, log=log)
        self.assertEqual(verdict.until, at(8, 21, 0))

    def test_opt_out_of_one_address_and_one_reply(self):
        rule = Rule("out", "channel_optout", one_reply=True)
        out = OptOut("email", at(6, 1), "a@x.example")
        debtor = Debtor(zones=(EAST,), optouts=(out,))

        def ask(address, log=()):
            return self._judge(
                [rule], at(6, 5), "email", debtor, log, address=address
            ).status

        self.assertEqual(ask("a@x.example"), "refused")
        self.assertEqual(ask("b@x.example"), "allowed")
        wrote = Contact(at(6, 2), "email", "conversation", inbound=True)
        self.assertEqual(ask("a@x.example", [wrote]), "allowed")
        answered = Contact(at(6, 3), "email", "sent")
        self.assertEqual(ask("a@x.example", [wrote, answered]), "refused")

    def test_permission_grows_old(self):
        rule = Rule("sms", "channel_permission", max_age_days=60)
        given = Permission("sms", date(2026, 6, 1))
        debtor = Debtor(zones=(EAST,), permissions=(given,))
        status = [
            self._judge([rule], moment, "sms", debtor).status
            for moment in (at(5, 31), at(6, 1), at(7, 31), at(8, 1))
        ]
        self.assertEqual(status, ["refused", "allowed", "allowed", "refused"])

    def test_the_lawyer_instead_of_the_debtor(self):
        rule = Rule("lawyer", "attorney")
        flag = Flag(
            "attorney", date(2026, 3, 3), label="Ms Law", instead=frozenset({7})
        )
        debtor = Debtor(zones=(EAST,), flags=(flag,))
        verdict = self._judge([rule], at(6, 3), debtor=debtor)
        self.assertEqual(verdict.status, "refused")
        self.assertEqual(verdict.reasons[0].values["since"], date(2026, 3, 3))
        self.assertEqual(
            self._judge([rule], at(6, 3), debtor=debtor, person=7).status, "allowed"
        )

    def test_cease_leaves_the_last_notice(self):
        rule = Rule("cease", "cease", exceptions=frozenset({"legal"}))
        debtor = Debtor(zones=(EAST,), flags=(Flag("cease", date(2026, 3, 3)),))
        ask = {"debtor": debtor}
        self.assertEqual(self._judge([rule], at(6, 3), **ask).status, "refused")
        self.assertEqual(
            self._judge([rule], at(6, 3), **ask, purpose="legal").status, "allowed"
        )

    def test_papers_people_and_licence(self):
        rules = [
            Rule("third", "third_party_disclosure"),
            Rule("text", "required_text", text="opt out"),
            Rule("licence", "licence_required", licence="QC"),
            Rule("disputed", "disputed"),
        ]
        debtor = Debtor(zones=(EAST,), disputed=frozenset({1}))
        verdict = self._judge(
            rules,
            at(6, 3),
            "email",
            debtor,
            third_party=True,
            text="Pay.",
            debts=frozenset({1, 2}),
        )
        self.assertEqual(
            codes(verdict.reasons),
            ("rule_third_party", "rule_text", "rule_licence", "rule_disputed"),
        )
        debtor = Debtor(zones=(EAST,), licences=frozenset({"QC"}))
        verdict = self._judge(rules, at(6, 3), "email", debtor, text="You may opt out.")
        self.assertEqual(verdict.status, "allowed")

    def test_a_notice_first(self):
        rule = Rule(
            "s129",
            "notice_gate",
            notice="s129",
            gates=frozenset({"legal"}),
            wait=10,
            wait_unit="business",
            wait_from="delivered",
        )
        ask = {"channel": "letter", "step": "legal"}
        missing = self._judge([rule], at(6, 1), **ask)
        self.assertEqual(codes(missing.reasons), ("rule_notice_missing",))
        other = self._judge([rule], at(6, 1), channel="letter", step="reminder")
        self.assertEqual(other.status, "allowed")
        sent = Notice("s129", date(2026, 6, 1))
        debtor = Debtor(zones=(EAST,), notices=(sent,))
        waiting = self._judge([rule], at(6, 20), debtor=debtor, **ask)
        self.assertEqual(codes(waiting.reasons), ("rule_notice_open",))
        came = Notice("s129", date(2026, 6, 1), delivered=date(2026, 6, 3))
        debtor = Debtor(zones=(EAST,), notices=(came,))
        waiting = self._judge([rule], at(6, 5), debtor=debtor, **ask)
        self.assertEqual(waiting.until, at(6, 18, 0))

    def test_visits_are_announced_and_rare(self):
        rule = Rule("pk", "visit_rule", notice="visit", wait=14, limit=1, days=30)
        notice = Notice("visit", date(2026, 6, 1))
        debtor = Debtor(zones=(EAST,), notices=(notice,))
        log = [Contact(at(5, 25), "visit", "no_answer")]
        early = self._judge([rule], at(6, 3), "visit", debtor, log)
        self.assertEqual(early.until, at(6, 24, 0))

    def test_soft_rules_yield_to_a_manager_and_hard_ones_do_not(self):
        soft = Rule("house", "contact_window", hours=clock(8, 18), overridable=True)
        night = at(6, 3, 20)
        verdict = self._judge([soft], night)
        self.assertTrue(verdict.overridable)
        self.assertEqual(self._judge([soft], night, override=True).status, "allowed")
        hard = Rule("law", "contact_window", hours=clock(8, 19))
        verdict = self._judge([soft, hard], night, override=True)
        self.assertEqual(codes(verdict.reasons), ("rule_window",))
        self.assertEqual(verdict.reasons[0].values["rule"], "law")
        self.assertFalse(self._judge([soft, hard], night).overridable)

    def test_versions_follow_each_other(self):
        old = Rule("v", "contact_window", hours=clock(8, 9), date_to=date(2026, 6, 3))
        new = Rule(
            "v", "contact_window", hours=clock(0, 24), date_from=date(2026, 6, 4)
        )
        verdict = self._judge([old, new], at(6, 3, 12))
        self.assertEqual(verdict.until, at(6, 4, 0))

    def test_unconfirmed_rules_warn(self):
        rule = Rule("x", "contact_window", hours=clock(8, 9), confirmed=False)
        verdict = self._judge([rule], at(6, 3, 12))
        self.assertEqual(verdict.status, "allowed")
        self.assertEqual(codes(verdict.warnings), ("rule_window",))

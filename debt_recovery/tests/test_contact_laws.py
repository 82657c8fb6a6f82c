"""A contact the gate allows breaks no rule, whatever the log and the hour; checked by
a second, slow and simple reading of the rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.contact_rules import (
    Attempt,
    Blackout,
    Contact,
    Debtor,
    Flag,
    Rule,
    judge,
)

from .contact_world import BRUSSELS, EAST, PACIFIC

LAW = profile(derandomize=True, deadline=None, max_examples=200, database=None)
START = datetime(2026, 10, 19, tzinfo=UTC)  # the clocks change in these weeks
MINUTE = timedelta(minutes=1)

moments = st.integers(0, 28 * 24 * 4).map(lambda n: START + n * 15 * MINUTE)
channels = st.sampled_from(["phone", "email", "sms", "visit"])
channel_sets = st.sets(channels, max_size=2).map(frozenset)
spans = st.tuples(st.integers(0, 12), st.integers(13, 24)).map(
    lambda span: (span[0] * 60, span[1] * 60)
)
results = st.sampled_from(
    ["not_connected", "no_answer", "voicemail", "sent", "conversation", "third_party"]
)
contacts = st.builds(Contact, moments, channels, results, inbound=st.booleans())
hours = st.lists(st.one_of(st.none(), spans), min_size=7, max_size=7).map(tuple)
windows = st.builds(
    Rule,
    st.just("window"),
    st.just("contact_window"),
    channels=channel_sets,
    hours=hours,
    open_on_holidays=st.booleans(),
)
caps = st.builds(
    Rule,
    st.just("cap"),
    st.just("attempt_cap"),
    channels=channel_sets,
    limit=st.integers(1, 4),
    days=st.integers(1, 10),
    counter=st.sampled_from(["attempts", "connected", "contacts"]),
)
gaps = st.builds(
    Rule,
    st.just("gap"),
    st.just("min_gap"),
    channels=channel_sets,
    gap_minutes=st.integers(1, 3000),
)
pauses = st.builds(
    Rule,
    st.just("pause"),
    st.just("cooloff"),
    channels=channel_sets,
    days=st.integers(1, 10),
)
fixed = st.sampled_from([Rule("asked", "debtor_window"), Rule("stay", "moratorium")])
rule_lists = st.lists(st.one_of(windows, caps, gaps, pauses, fixed), max_size=6)
blackouts = st.builds(
    Blackout,
    st.sets(st.integers(0, 6)).map(frozenset),
    st.integers(0, 12).map(lambda hour: hour * 60),
    st.integers(13, 24).map(lambda hour: hour * 60),
    channel_sets,
)
flags = st.tuples(moments, st.integers(0, 12)).map(
    lambda pair: Flag(
        "moratorium",
        pair[0].date(),
        pair[0].date() + timedelta(days=pair[1]),
    )
)
debtors = st.builds(
    Debtor,
    zones=st.sampled_from([(EAST,), (EAST, PACIFIC), (BRUSSELS, EAST), (BRUSSELS,)]),
    holidays=st.sets(moments.map(lambda moment: moment.date()), max_size=3).map(
        frozenset
    ),
    blackouts=st.lists(blackouts, max_size=2).map(tuple),
    flags=st.lists(flags, max_size=1).map(tuple),
)


def broken(rules, log, debtor, channel, moment):
    """Rules that contact would break, read straight from their words."""
    log = [row for row in log if row.moment <= moment]
    local = moment.astimezone(debtor.zones[0])
    found = []
    for rule in rules:
        if rule.channels and channel not in rule.channels:
            continue
        rows = [r for r in log if not rule.channels or r.channel in rule.channels]
        reader = globals()[f"_breaks_{rule.type}"]
        if reader(rule, rows, debtor, channel, moment, local.date()):
            found.append(rule)
    return found


def _breaks_contact_window(rule, rows, debtor, channel, moment, day):
    for zone in debtor.zones:
        local = moment.astimezone(zone)
        span = rule.hours[local.weekday()]
        if not rule.open_on_holidays and local.date() in debtor.holidays:
            return True
        if not span or not span[0] <= local.hour * 60 + local.minute < span[1]:
            return True
    return False


def _breaks_debtor_window(rule, rows, debtor, channel, moment, day):
    for item in debtor.blackouts:
        for local in (moment.astimezone(zone) for zone in debtor.zones):
            clock = local.hour * 60 + local.minute
            named = not item.channels or channel in item.channels
            hour = item.start <= clock < item.end
            if named and hour and local.weekday() in item.weekdays:
                return True
    return False


def _breaks_attempt_cap(rule, rows, debtor, channel, moment, day):
    good = {
        "attempts": ("no_answer", "voicemail", "sent", "conversation", "third_party"),
        "connected": ("voicemail", "sent", "conversation", "third_party"),
        "contacts": ("sent", "conversation"),
    }[rule.counter]
    days = [debtor.day(r.moment) for r in rows if r.result in good and not r.inbound]
    inside = [d for d in days if 0 <= (day - d).days < rule.days]
    return len(inside) + 1 > rule.limit


def _breaks_min_gap(rule, rows, debtor, channel, moment, day):
    return any(
        moment - row.moment < timedelta(minutes=rule.gap_minutes)
        for row in rows
        if not row.inbound and row.result != "not_connected"
    )


def _breaks_cooloff(rule, rows, debtor, channel, moment, day):
    return any(
        (day - debtor.day(row.moment)).days < rule.days
        for row in rows
        if row.result == "conversation"
    )


def _breaks_moratorium(rule, rows, debtor, channel, moment, day):
    return any(flag.start <= day <= flag.end for flag in debtor.flags)


class TestContactLaws(BaseCase):
    """For any log and any moment."""

    @LAW
    @given(rule_lists, st.lists(contacts, max_size=8), debtors, channels, moments)
    def test_what_is_allowed_breaks_no_rule(self, rules, log, debtor, channel, moment):
        verdict = judge(rules, log, debtor, Attempt(channel, moment))
        against = broken(rules, log, debtor, channel, moment)
        self.assertEqual(verdict.status == "allowed", not against)

    @LAW
    @given(rule_lists, st.lists(contacts, max_size=8), debtors, channels, moments)
    def test_until_is_allowed_and_the_first_to_be(
        self, rules, log, debtor, channel, moment
    ):
        verdict = judge(rules, log, debtor, Attempt(channel, moment))
        assume(verdict.status == "delayed")
        past = [row for row in log if row.moment <= moment]
        self.assertFalse(broken(rules, past, debtor, channel, verdict.until))
        self.assertGreater(verdict.until, moment)
        step = moment
        while step < min(verdict.until, moment + timedelta(days=20)):
            self.assertTrue(broken(rules, past, debtor, channel, step))
            step += 37 * MINUTE

    @LAW
    @given(rule_lists, st.lists(contacts, max_size=8), debtors, channels, moments)
    def test_one_more_rule_never_allows_more(self, rules, log, debtor, channel, moment):
        whole = judge(rules, log, debtor, Attempt(channel, moment))
        if whole.status == "allowed":
            for rule in rules:
                part = [other for other in rules if other is not rule]
                verdict = judge(part, log, debtor, Attempt(channel, moment))
                self.assertEqual(verdict.status, "allowed")

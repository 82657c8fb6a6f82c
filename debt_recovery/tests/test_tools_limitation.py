"""When claims become time-barred: worked cases, and laws for any facts whatever."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.limitation import (
    CAUSES,
    RESTARTS,
    Claim,
    Event,
    Rule,
    assess,
    choose,
)
from odoo.addons.debt_recovery.tools.results import codes

LAW = profile(derandomize=True, deadline=None, max_examples=150, database=None)
TODAY = date(2026, 6, 1)
BOTH = frozenset({"acknowledgement", "payment"})
GERMANY = Rule(
    years=3,
    start="year_end",
    restarts=BOTH,
    suspends=frozenset(CAUSES),
    effect="block",
    country="DE",
)
ENGLAND = Rule(years=6, restarts=BOTH, effect="block", country="GB")


def end(rule, due, *events, today=TODAY, **claim):
    return assess(rule, Claim(due=due, **claim), events, today).date


class TestLimitationCases(BaseCase):
    def test_c14_german_limitation(self):
        due = date(2023, 5, 15)
        self.assertEqual(end(GERMANY, due), date(2026, 12, 31))
        paid = Event("payment", date(2025, 3, 10))
        self.assertEqual(end(GERMANY, due, paid), date(2028, 3, 10))
        late = Event("payment", date(2027, 1, 1))
        today = date(2027, 2, 1)
        self.assertEqual(end(GERMANY, due, late, today=today), date(2026, 12, 31))

    def test_last_day_is_still_open_and_the_next_is_not(self):
        claim = Claim(due=date(2023, 5, 15))
        last = assess(GERMANY, claim, (), date(2026, 12, 31))
        self.assertEqual((last.days_left, last.expired), (0, False))
        over = assess(GERMANY, claim, (), date(2027, 1, 1))
        self.assertEqual((over.days_left, over.expired, over.barred), (-1, True, True))

    def test_what_nobody_confirmed_only_warns(self):
        rule = replace(GERMANY, confirmed=False)
        over = assess(rule, Claim(due=date(2015, 5, 15)), (), TODAY)
        self.assertEqual(
            (over.expired, over.effect, over.barred), (True, "warn", False)
        )

    def test_early_payment_does_not_shorten_the_german_year(self):
        paid = Event("payment", date(2023, 6, 1))
        self.assertEqual(end(GERMANY, date(2023, 5, 15), paid), date(2026, 12, 31))

    def test_new_york_consumers_payment_does_not_revive(self):
        rule = Rule(years=3, restarts=frozenset({"acknowledgement"}))
        paid = Event("payment", date(2025, 3, 10))
        self.assertEqual(end(rule, date(2023, 5, 15), paid), date(2026, 5, 15))

    def test_restart_after_the_end_only_where_the_law_revives(self):
        letter = Event("acknowledgement", date(2026, 5, 20))
        due = date(2020, 5, 15)
        found = assess(ENGLAND, Claim(due=due), [letter], TODAY)
        self.assertEqual(found.date, date(2026, 5, 15))
        self.assertIn("limitation_late_acknowledgement", codes(found.reasons))
        rule = replace(ENGLAND, revives=True)
        self.assertEqual(end(rule, due, letter), date(2032, 5, 20))

    def test_polish_period_lasts_to_the_end_of_its_year(self):
        rule = Rule(years=3, to_year_end=True)
        self.assertEqual(end(rule, date(2023, 5, 15)), date(2026, 12, 31))

    def test_period_from_the_invoice(self):
        rule = Rule(years=2, start="invoice")
        self.assertEqual(
            end(rule, date(2024, 5, 15), invoiced=date(2024, 4, 15)), date(2026, 4, 15)
        )

    def test_leap_day(self):
        self.assertEqual(end(Rule(years=3), date(2024, 2, 29)), date(2027, 2, 28))

    def test_negotiation_moves_the_end_by_its_days(self):
        talk = Event("negotiation", date(2025, 1, 1), date(2025, 1, 31))
        self.assertEqual(end(GERMANY, date(2023, 5, 15), talk), date(2027, 1, 31))
        self.assertEqual(end(ENGLAND, date(2020, 6, 15), talk), date(2026, 6, 15))

    def test_two_pauses_of_the_same_days_count_once(self):
        talk = Event("negotiation", date(2025, 1, 1), date(2025, 1, 31))
        suit = Event("proceedings", date(2025, 1, 15), date(2025, 2, 10))
        self.assertEqual(end(GERMANY, date(2023, 5, 15), talk, suit), date(2027, 2, 10))

    def test_running_proceedings_keep_the_claim_alive(self):
        suit = Event("proceedings", date(2026, 12, 30))
        today = date(2031, 5, 1)
        found = assess(GERMANY, Claim(due=date(2023, 5, 15)), [suit], today)
        self.assertTrue(found.suspended)
        self.assertEqual(found.days_left, 2)

    def test_pause_after_the_end_changes_nothing(self):
        suit = Event("proceedings", date(2027, 1, 1))
        today = date(2028, 5, 1)
        found = assess(GERMANY, Claim(due=date(2023, 5, 15)), [suit], today)
        self.assertEqual((found.date, found.suspended), (date(2026, 12, 31), False))

    def test_most_special_rule_wins(self):
        state = frozenset({"NY"})
        goods = Rule(years=4, country="US", kind="goods", id=1)
        york = Rule(years=6, country="US", states=state, id=2)
        consumer = Rule(
            years=3,
            country="US",
            states=state,
            debtor="consumer",
            valid_from=date(2022, 4, 7),
            id=3,
        )
        rules = [goods, york, consumer]
        claim = Claim(due=date(2023, 5, 15), country="US", state="NY", kind="services")
        self.assertEqual(choose(rules, claim), york)
        self.assertEqual(choose(rules, replace(claim, kind="goods")), goods)
        person = replace(claim, kind="goods", debtor="consumer")
        self.assertEqual(choose(rules, person), consumer)
        self.assertEqual(choose(rules, replace(person, due=date(2021, 1, 1))), goods)
        self.assertIsNone(choose(rules, replace(claim, country="DE")))


days = st.integers(-4000, 1500).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def events(draw):
    kind = draw(st.sampled_from(RESTARTS + CAUSES))
    day = draw(days)
    until = None
    if kind in CAUSES and draw(st.booleans()):
        until = day + timedelta(days=draw(st.integers(-5, 900)))
    return Event(kind, day, until)


rules = st.builds(
    Rule,
    years=st.integers(0, 10),
    months=st.integers(0, 11),
    start=st.sampled_from(["due", "invoice", "year_end"]),
    to_year_end=st.booleans(),
    restarts=st.frozensets(st.sampled_from(RESTARTS)),
    revives=st.booleans(),
    suspends=st.frozensets(st.sampled_from(CAUSES)),
)
claims = st.builds(Claim, due=days, invoiced=st.none() | days)
histories = st.lists(events(), max_size=6)


class TestLimitationLaws(BaseCase):
    @LAW
    @given(rules, claims, histories, events())
    def test_nothing_that_happens_shortens_it(self, rule, claim, history, event):
        before = assess(rule, claim, history, TODAY).date
        after = assess(rule, claim, [*history, event], TODAY).date
        self.assertGreaterEqual(after, before)

    @LAW
    @given(rules, claims, histories, st.randoms())
    def test_order_does_not_matter(self, rule, claim, history, chance):
        shuffled = list(history)
        chance.shuffle(shuffled)
        self.assertEqual(
            assess(rule, claim, history, TODAY), assess(rule, claim, shuffled, TODAY)
        )

    @LAW
    @given(rules, claims, histories)
    def test_told_twice_is_told_once(self, rule, claim, history):
        self.assertEqual(
            assess(rule, claim, history, TODAY),
            assess(rule, claim, history * 2, TODAY),
        )

    @LAW
    @given(rules, claims, histories, st.integers(0, 2000))
    def test_time_brings_the_end_no_nearer(self, rule, claim, history, later):
        now = assess(rule, claim, history, TODAY)
        then = assess(rule, claim, history, TODAY + timedelta(days=later))
        self.assertGreaterEqual(then.date, now.date)
        self.assertEqual(now.days_left, (now.date - TODAY).days)

    @LAW
    @given(rules, claims, histories)
    def test_what_a_rule_does_not_name_counts_for_nothing(self, rule, claim, history):
        deaf = replace(rule, restarts=frozenset(), suspends=frozenset())
        self.assertEqual(
            assess(deaf, claim, history, TODAY), assess(deaf, claim, (), TODAY)
        )

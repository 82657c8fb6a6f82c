import doctest
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import priority
from ..tools.priority import TESTS, Rule, band, score

MONDAY = date(2025, 3, 3)
DATED = ("since", "left")

tests = st.sampled_from(sorted(TESTS))
rules = st.builds(
    Rule,
    code=st.text("abc", min_size=1, max_size=2),
    test=tests,
    points=st.integers(-100, 100).filter(bool),
    threshold=st.decimals(0, 500, places=1),
    minimum=st.decimals(0, 500, places=1),
    maximum=st.integers(0, 20),
    group=st.sampled_from(["", "x", "y"]),
)


@st.composite
def facts(draw):
    found = {}
    for test in draw(st.sets(tests)):
        if TESTS[test][0] in DATED:
            value = MONDAY + timedelta(days=draw(st.integers(-400, 400)))
        else:
            value = draw(st.decimals(0, 5000, places=2))
        found[test] = draw(st.sampled_from([value, None]))
    return found


@tagged("debt_recovery")
class TestPriority(BaseCase):
    """A plain sum with reasons; nothing hidden in it."""

    def _points(self, found, *rules):
        return score(rules, found, MONDAY).points

    def _ago(self, days):
        return MONDAY - timedelta(days=days)

    def test_doctests_hold(self):
        self.assertFalse(doctest.testmod(priority).failed)

    def test_only_the_highest_of_a_group_counts(self):
        table = [
            Rule("m", "collectable", 8, Decimal(10), group="amount"),
            Rule("xl", "collectable", 25, Decimal(200), group="amount"),
            Rule("l", "collectable", 15, Decimal(40), group="amount"),
        ]
        found = score(table, {"collectable": Decimal(500)}, MONDAY)
        self.assertEqual([reason.code for reason in found.reasons], ["xl"])
        self.assertEqual(self._points({"collectable": Decimal(40)}, *table), 15)

    def test_thresholds_at_their_edges(self):
        overdue = Rule("age", "overdue", 8, Decimal(30))
        self.assertEqual(self._points({"overdue": self._ago(30)}, overdue), 0)
        self.assertEqual(self._points({"overdue": self._ago(31)}, overdue), 8)
        broken = Rule("broken", "broken", 20, Decimal(14))
        self.assertEqual(self._points({"broken": self._ago(14)}, broken), 20)
        self.assertEqual(self._points({"broken": self._ago(15)}, broken), 0)

    def test_what_lies_ahead_is_not_since(self):
        returned = Rule("returned", "returned", 20, Decimal(7))
        self.assertEqual(self._points({"returned": self._ago(-1)}, returned), 0)

    def test_limitation_counts_the_days_left(self):
        near = Rule("near", "limitation", 20, Decimal(90))
        self.assertEqual(self._points({"limitation": self._ago(-90)}, near), 20)
        self.assertEqual(self._points({"limitation": self._ago(-91)}, near), 0)
        self.assertEqual(self._points({"limitation": self._ago(1)}, near), 0)

    def test_waiting_days_are_capped(self):
        waiting = Rule("waiting", "waiting", 1, maximum=10)
        self.assertEqual(self._points({"waiting": 4}, waiting), 4)
        self.assertEqual(self._points({"waiting": 40}, waiting), 10)

    def test_reasons_name_the_day_people_remember(self):
        found = {"broken": self._ago(2), "broken_of": self._ago(5)}
        rule = Rule("broken", "broken", 20, Decimal(14))
        [reason] = score([rule], found, MONDAY).reasons
        self.assertEqual(reason.values, {"value": 2, "of": self._ago(5)})

    def test_bands(self):
        self.assertEqual(
            [band(n) for n in (100, 60, 59, 40, 39, 20, 19, 0)], [*"aabbccdd"]
        )

    @given(st.lists(rules, max_size=8), facts())
    def test_score_is_the_capped_sum_of_its_reasons(self, table, found):
        result = score(table, found, MONDAY)
        total = sum(reason.points for reason in result.reasons)
        self.assertEqual(result.points, max(0, min(100, total)))
        self.assertEqual(result.band, band(result.points))

    @given(st.lists(rules, max_size=8), facts(), st.randoms())
    def test_order_of_the_rules_changes_nothing(self, table, found, random):
        shuffled = random.sample(table, len(table))
        first, second = (score(t, found, MONDAY) for t in (table, shuffled))
        self.assertEqual(first.points, second.points)

    @given(st.lists(rules, max_size=8), facts())
    def test_a_group_gives_one_reason(self, table, found):
        table = [
            Rule(str(number), rule.test, rule.points, rule.threshold, group="x")
            for number, rule in enumerate(table)
        ]
        self.assertLessEqual(len(score(table, found, MONDAY).reasons), 1)

    @given(st.lists(rules, max_size=8), facts(), tests)
    def test_a_missing_fact_adds_nothing(self, table, found, test):
        without = {key: value for key, value in found.items() if key != test}
        reasons = score(table, without, MONDAY).reasons
        self.assertNotIn(test, {reason.test for reason in reasons})

    @given(st.lists(rules, max_size=8), facts(), rules)
    def test_a_further_good_reason_never_lowers(self, table, found, extra):
        extra = Rule(extra.code, extra.test, abs(extra.points), extra.threshold)
        before = score(table, found, MONDAY).points
        self.assertGreaterEqual(score([*table, extra], found, MONDAY).points, before)

"""Verdicts on agreements: kept, late, part, broken, and the default clause."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.agreements import (
    Instalment,
    Rule,
    Standing,
    judge,
    together,
)
from odoo.addons.debt_recovery.tools.allocation import (
    Fact,
    Item,
    counted,
    day_reached,
    lay_on,
    lower_tail,
    owed,
)

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
DAY = date(2026, 3, 2)
PROMISE = Rule(threshold=Decimal(95))


def on(days):
    return DAY + timedelta(days=days)


def D(value):
    return Decimal(str(value))


def money(*pairs):
    return [Fact(on(day), D(amount)) for day, amount in pairs]


def promise(due=10, grace=3, amount=1000):
    return [Instalment(on(due), on(due + grace), D(amount))]


def plan(number=4, amount=100, step=30, grace=5):
    return [
        Instalment(on(step * k), on(step * k + grace), D(amount))
        for k in range(1, number + 1)
    ]


class TestPromiseVerdict(BaseCase):
    """One payment, judged at the end of its grace."""

    def _state(self, today, *pairs, **kw):
        return judge(promise(), money(*pairs), PROMISE, on(today), **kw).state

    def test_the_promised_day_is_good_until_its_end(self):
        self.assertEqual(self._state(10), "active")
        self.assertEqual(self._state(13), "active")
        self.assertEqual(self._state(14), "broken")
        standing = judge(promise(), [], PROMISE, on(2))
        self.assertEqual(standing.covered_until, on(13))

    def test_kept_kept_late_and_in_part(self):
        self.assertEqual(self._state(5, (5, 1000)), "kept", "money ends it early")
        self.assertEqual(self._state(20, (10, 950)), "kept", "the threshold")
        self.assertEqual(self._state(20, (13, 1000)), "kept_late")
        self.assertEqual(self._state(20, (10, "949.99")), "partly_kept")
        self.assertEqual(self._state(20, (14, 1000)), "broken", "after the grace")

    def test_a_statement_entered_later_counts_by_its_date(self):
        self.assertEqual(self._state(20, (9, 1000)), "kept")

    def test_money_of_tomorrow_is_not_there_yet(self):
        self.assertEqual(self._state(5, (6, 1000)), "active")

    def test_credits_lower_what_is_owed(self):
        self.assertEqual(self._state(20, (9, 400), owed=D(400)), "kept")
        self.assertEqual(self._state(5, owed=D(0)), "moot")

    def test_money_under_way_keeps_it_from_breaking(self):
        standing = judge(promise(), [], PROMISE, on(14), provisional=money((12, 1000)))
        self.assertEqual((standing.state, standing.provisional), ("active", True))
        self.assertEqual(
            self._state(20, provisional=money((14, 1000))), "broken", "too late"
        )

    def test_the_worst_of_several_currencies(self):
        def state(*names):
            return together([Standing(name) for name in names])

        self.assertEqual(state("kept", "kept_late"), "kept_late")
        self.assertEqual(state("kept", "broken"), "partly_kept")
        self.assertEqual(state("kept", "active"), "active")
        self.assertEqual(state("moot", "kept"), "kept")
        self.assertEqual(state("moot"), "moot")


class TestPlanVerdict(BaseCase):
    """Several payments and the default clause: 2 missed or one 14 days late, then
    seven days to cure."""

    def _plan(self, today, *pairs, rule=None, **kw):
        return judge(plan(), money(*pairs), rule or Rule(), on(today), **kw)

    def test_runs_while_it_is_paid(self):
        standing = self._plan(62, (30, 100), (58, 100))
        self.assertEqual(standing.state, "active")
        self.assertEqual(standing.states, ("paid", "paid", "open", "open"))
        self.assertEqual(standing.parts, (100, 100, 0, 0))
        self.assertIsNone(standing.breach)

    def test_late_then_missed(self):
        self.assertEqual(self._plan(30).states[0], "open")
        self.assertEqual(self._plan(31).states[0], "late")
        self.assertEqual(self._plan(36).states[0], "missed")
        self.assertEqual(self._plan(36).state, "active")

    def test_one_too_late_breaches_and_breaks_after_the_cure(self):
        self.assertIsNone(self._plan(44).breach)
        self.assertEqual(self._plan(45).breach, on(45))
        self.assertEqual(self._plan(45).covered_until, on(52))
        self.assertEqual(self._plan(52).state, "active")
        standing = self._plan(53)
        self.assertEqual((standing.state, standing.broken), ("broken", on(53)))

    def test_cured_in_time_it_goes_on(self):
        standing = self._plan(60, (52, 100))
        self.assertEqual(standing.state, "active")
        self.assertEqual(standing.states[0], "paid_late")
        self.assertEqual(self._plan(60, (53, 100)).state, "broken")

    def test_time_to_cure_runs_from_the_notice(self):
        self.assertEqual(self._plan(55, notice=on(50)).state, "active")
        self.assertEqual(self._plan(58, notice=on(50)).state, "broken")

    def test_two_missed_and_arrears(self):
        rule = Rule(missed=2, late_days=100)
        self.assertEqual(self._plan(66, rule=rule).breach, on(66))
        rule = Rule(missed=9, late_days=100, arrears=D(20))
        self.assertEqual(self._plan(36, rule=rule).breach, on(36))

    def test_paid_to_the_end(self):
        paid = [(30, 100), (60, 100), (90, 100), (120, 100)]
        self.assertEqual(self._plan(120, *paid).state, "kept")
        self.assertEqual(self._plan(5, (3, 400)).state, "kept", "all at once")
        paid[1] = (63, 100)
        self.assertEqual(self._plan(130, *paid).state, "kept_late")

    def test_a_credit_shortens_the_tail(self):
        standing = self._plan(62, (30, 100), (60, 100), owed=D(250))
        self.assertEqual(standing.states[3], "void")
        self.assertEqual(self._plan(91, (30, 250), owed=D(250)).state, "kept")


class TestAllocation(BaseCase):
    """What money counts."""

    def _item(self, covered, signed, residual, cash=(), credit=()):
        return Item(
            D(covered),
            D(signed),
            D(residual),
            tuple(money(*cash)),
            tuple(money(*credit)),
        )

    def test_credits_lower_the_part_not_agreed_first(self):
        self.assertEqual(owed(self._item(50, 100, 50, credit=[(1, 50)])), 50)
        self.assertEqual(owed(self._item(50, 100, 20, credit=[(1, 80)])), 20)

    def test_money_counts_up_to_the_agreed_part(self):
        item = self._item(50, 100, 20, cash=[(1, 80)])
        self.assertEqual(counted(item), money((1, 50)))

    def test_old_money_matched_anew_is_none(self):
        item = self._item(100, 100, 100, cash=[(-20, 30)])
        self.assertEqual(counted(item), [])
        item = self._item(100, 100, 60, cash=[(-20, 30), (2, 40)])
        self.assertEqual(counted(item), money((2, 40)))

    def test_day_reached(self):
        self.assertEqual(day_reached(money((3, 5), (1, 5)), D(10)), on(3))
        self.assertIsNone(day_reached(money((3, 5)), D(10)))

    @LAW
    @given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 9999))
    def test_money_and_debt_are_never_lost(self, amounts, sum_):
        amounts = [D(amount) for amount in amounts]
        laid = lay_on(amounts, D(sum_))
        self.assertEqual(sum(laid), min(sum(amounts), sum_))
        self.assertTrue(all(0 <= p <= a for p, a in zip(laid, amounts, strict=True)))
        lowered = lower_tail(amounts, D(sum_))
        self.assertEqual(sum(lowered), max(0, sum(amounts) - sum_))


facts = st.lists(
    st.builds(Fact, st.integers(0, 200).map(on), st.integers(1, 300).map(D)),
    max_size=8,
)


class TestVerdictLaws(BaseCase):
    """The same facts, the same verdict."""

    @LAW
    @given(facts, st.integers(0, 250), st.randoms(use_true_random=False))
    def test_the_order_of_entry_does_not_matter(self, paid, today, random):
        shuffled = list(paid)
        random.shuffle(shuffled)
        for rows in (plan(), promise()):
            self.assertEqual(
                judge(rows, paid, Rule(), on(today)),
                judge(rows, shuffled, Rule(), on(today)),
            )

    @LAW
    @given(facts, st.integers(0, 250))
    def test_more_money_never_makes_it_worse(self, paid, today):
        order = ("broken", "partly_kept", "active", "kept_late", "kept")
        for rows in (plan(), promise()):
            less = judge(rows, paid[1:], Rule(), on(today))
            more = judge(rows, paid, Rule(), on(today))
            self.assertGreaterEqual(order.index(more.state), order.index(less.state))

    @LAW
    @given(facts, st.integers(0, 300))
    def test_what_stands_says_until_when(self, paid, today):
        standing = judge(plan(), paid, Rule(), on(today))
        if standing.state == "active":
            self.assertGreaterEqual(standing.covered_until, on(today))
            after = standing.covered_until + timedelta(days=1)
            known = [fact for fact in paid if fact.day <= on(today)]
            self.assertEqual(judge(plan(), known, Rule(), after).state, "broken")

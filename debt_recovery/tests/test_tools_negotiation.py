"""Negotiation: the worked case P9 of compliance 7.2, authority, and the laws."""

import doctest
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools import negotiation, negotiation_facts
from odoo.addons.debt_recovery.tools.approvals import Facts, Limit, is_within
from odoo.addons.debt_recovery.tools.negotiation import ASKING, options
from odoo.addons.debt_recovery.tools.negotiation_facts import (
    Ask,
    Authority,
    Experience,
)
from odoo.addons.debt_recovery.tools.results import codes, find
from odoo.addons.debt_recovery.tools.schedule import months_between

LAW = settings(derandomize=True, deadline=None, max_examples=120, database=None)
TODAY = date(2026, 1, 31)
FIRST = date(2026, 2, 28)
GENERAL = Experience(Decimal(3), Decimal(10))
OFFICER = Limit("officer", amount=Decimal(5000), count=6, months=6, days=30)
MANAGER = Limit("manager", amount=Decimal(50000), count=12, months=12)
WAIVER = Limit("manager", amount=Decimal(5000), percent=Decimal(20))
LIMITS = Authority("officer", {"plan": [OFFICER, MANAGER], "settlement": [WAIVER]})


def D(value):
    return Decimal(str(value))


def ask(total, once=0, per_month=0, either=False):
    return Ask(
        total=D(total),
        digits=2,
        today=TODAY,
        first=FIRST,
        once=D(once),
        per_month=D(per_month),
        either=either,
    )


def by_kind(*args, **kw):
    return {option.kind: option for option in options(*args, **kw)}


class TestNegotiation(BaseCase):
    """One answer per way out, with what it is worth."""

    def test_doctests_hold(self):
        for module in (negotiation, negotiation_facts):
            self.assertFalse(doctest.testmod(module).failed)

    def test_P9_settle_or_plan(self):
        found = by_kind(ask(4800, 3360, 400, either=True), GENERAL)
        plan, settled = found["told"], found["settlement"]
        self.assertTrue(plan.best)
        self.assertEqual([row.amount for row in plan.rows], [400] * 12)
        self.assertEqual((plan.expected, plan.certain), (D("3764.53"), D("4549.80")))
        self.assertEqual(plan.interest, 0)
        self.assertEqual(plan.end, date(2027, 1, 28))
        self.assertEqual((settled.expected, settled.waived), (3360, 1440))
        gap = find(settled.reasons, "plan_worth_more").values["amount"]
        self.assertEqual(gap, D("404.53"))

    def test_a_plan_alone_says_what_settlement_would_match_it(self):
        plan = by_kind(ask(4800, per_month=400), GENERAL)["told"]
        even = find(plan.reasons, "even_settlement").values
        self.assertEqual((even["amount"], even["percent"]), (D("3764.53"), 79))

    def test_both_offered_the_better_comes_first(self):
        found = options(ask(4800, once=1200, per_month=300), GENERAL)
        self.assertEqual([o.kind for o in found], ["told", "settlement"])
        self.assertEqual([o.best for o in found], [True, False])
        self.assertIn("plan_worth_more", codes(found[1].reasons))
        self.assertEqual(found[0].rows[0].amount, 1200)
        self.assertEqual(sum(row.amount for row in found[0].rows), 4800)

    def test_a_bad_history_turns_it(self):
        bad = Experience(D(3), D(10), kept=0, judged=8)
        found = options(ask(4800, 3360, 400, either=True), bad)
        self.assertEqual(found[0].kind, "settlement")
        self.assertIn("settlement_worth_more", codes(found[0].reasons))
        values = find(found[1].reasons, "history").values
        self.assertEqual((values["kept"], values["judged"]), (0, 8))

    def test_his_amount_each_time_and_the_rest_last(self):
        plan = by_kind(ask(1000, per_month=300), GENERAL)["told"]
        self.assertEqual([row.amount for row in plan.rows], [300, 300, 300, 100])

    def test_beyond_the_authority_two_plans_inside(self):
        found = by_kind(ask(4800, per_month=400), GENERAL, LIMITS)
        self.assertEqual(found["told"].needs, "manager")
        shorter, balloon = found["shorter"], found["balloon"]
        self.assertEqual((shorter.number, shorter.needs), (6, None))
        self.assertEqual(find(shorter.reasons, "asks_more").values["more"], 400)
        self.assertEqual([r.amount for r in balloon.rows], [400] * 5 + [2800])
        self.assertIsNone(balloon.needs)

    def test_a_sum_beyond_the_authority_has_no_plan_inside(self):
        found = by_kind(ask(6000, per_month=500), GENERAL, LIMITS)
        self.assertEqual(set(found), {"told"})
        self.assertEqual(found["told"].needs, "manager")

    def test_waiver_asks_whoever_may_give_it(self):
        found = by_kind(ask(4800, once=3360), GENERAL, LIMITS)
        self.assertEqual(found["settlement"].needs, "manager")

    def test_all_at_once(self):
        found = options(ask(500, once=600, per_month=10), GENERAL)
        self.assertEqual([o.kind for o in found], ["full"])
        self.assertEqual(found[0].expected, 500)

    def test_nothing_offered_nothing_answered(self):
        self.assertFalse(options(ask(500), GENERAL))
        self.assertFalse(options(ask(0, once=5), GENERAL))
        self.assertFalse(options(ask(500, per_month=-1), GENERAL))
        self.assertFalse(options(ask(5000, per_month=1), GENERAL))


money = st.decimals("0.00", "20000.00", places=2)


class TestNegotiationLaws(BaseCase):
    """What holds whatever the debtor says."""

    @LAW
    @given(money, money, money, st.booleans(), st.integers(0, 20), st.integers(0, 20))
    def test_laws(self, total, once, per_month, either, kept, failed):
        experience = Experience(D(3), D(10), kept, kept + failed)
        told = ask(total, once, per_month, either)
        found = options(told, experience, LIMITS)
        offered = [o for o in found if o.kind not in ASKING]
        self.assertEqual(list(found[: len(offered)]), offered)
        values = [option.expected for option in offered]
        self.assertEqual(values, sorted(values, reverse=True))
        for option in found:
            amounts = [row.amount for row in option.rows]
            self.assertEqual(sum(amounts) + option.waived, total)
            self.assertGreater(min(amounts), 0)
            self.assertLessEqual(option.expected, option.certain)
            self.assertLessEqual(option.certain, total)
            self.assertEqual(option.interest, 0)
            if option.kind == "told":
                self.assertLessEqual(max(amounts[bool(told.down) :]), per_month)
            if option.kind in ASKING:
                self.assertTrue(is_within(OFFICER, self._facts(told, option)))

    def _facts(self, told, option):
        return Facts(
            amount=told.total,
            count=option.number,
            months=months_between(TODAY, option.end),
            days=(option.rows[0].due - TODAY).days,
        )

    @LAW
    @given(st.integers(0, 30), st.integers(0, 30))
    def test_who_kept_more_is_worth_more(self, kept, failed):
        worse = Experience(D(3), D(10), kept, kept + failed + 1)
        better = Experience(D(3), D(10), kept + 1, kept + failed + 1)
        plan = ask(4800, per_month=400)
        self.assertLess(
            by_kind(plan, worse)["told"].expected,
            by_kind(plan, better)["told"].expected,
        )

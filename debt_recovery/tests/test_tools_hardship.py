"""Hardship: what a person can pay, and the ways out; the laws behind both."""

import doctest
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools import hardship
from odoo.addons.debt_recovery.tools.hardship import (
    Policy,
    capacity,
    free_amount,
    propose,
)
from odoo.addons.debt_recovery.tools.results import codes

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
TODAY = date(2026, 1, 31)
POLICY = Policy(token=Decimal(10), token_months=3, plan_months=24, pause_days=30)

money = st.decimals("0.00", "9000.00", places=2)
budget = st.lists(money, max_size=4)


def D(value):
    return Decimal(str(value))


def kinds(total, affordable, policy=POLICY):
    return [p.kind for p in propose(D(total), D(affordable), policy, TODAY)]


class TestHardship(BaseCase):
    """Never more than is left; when nothing is, the debt rests."""

    def test_doctests_hold(self):
        self.assertFalse(doctest.testmod(hardship).failed)

    def test_what_is_left_less_a_reserve(self):
        free = free_amount([D(1500), D(120)], [D(800), D(620), D(100)])
        self.assertEqual(free, 100)
        self.assertEqual(capacity(free, D(10), 2), 90)
        self.assertEqual(capacity(D(999), D(10), 0), 899)

    def test_a_longer_plan_first(self):
        plan, token, pause = propose(D(1000), D(90), POLICY, TODAY)
        self.assertEqual((plan.kind, plan.number, plan.amount), ("plan", 12, 90))
        self.assertEqual((token.amount, token.covered), (10, 30))
        self.assertEqual(token.review, date(2026, 4, 30))
        self.assertEqual(pause.review, date(2026, 3, 2))
        self.assertEqual(codes(pause.reasons), ("breath",))

    def test_too_long_for_a_plan_all_that_can_be_paid_as_token(self):
        token, pause = propose(D(5000), D(40), POLICY, TODAY)
        self.assertEqual((token.kind, token.amount, token.number), ("token", 40, 3))
        self.assertEqual(codes(token.reasons), ("too_long", "rest_rests"))
        self.assertEqual(pause.kind, "pause")

    def test_nothing_left_means_a_pause(self):
        for affordable in (0, "9.99"):
            (pause,) = propose(D(1000), D(affordable), POLICY, TODAY)
            self.assertEqual(codes(pause.reasons), ("nothing_left",))

    def test_small_debts_and_nothing_owed(self):
        self.assertEqual(kinds(25, 90), ["plan", "pause"])
        self.assertEqual(kinds(0, 90), [])


class TestHardshipLaws(BaseCase):
    """What holds for every budget and every debt."""

    @LAW
    @given(budget, budget, st.decimals(0, 150, places=1), st.integers(0, 3))
    def test_capacity(self, income, outgoings, reserve, digits):
        free = free_amount(income, outgoings)
        able = capacity(free, reserve, digits)
        self.assertGreaterEqual(able, 0)
        self.assertLessEqual(able, max(free, 0))
        more = capacity(free + 50, reserve, digits)
        self.assertGreaterEqual(more, able)
        self.assertEqual(-able.as_tuple().exponent, digits)

    @LAW
    @given(money, money, money, st.integers(0, 12), st.integers(0, 60))
    def test_proposals(self, total, affordable, token, months, longest):
        policy = Policy(token, months, longest, 30)
        found = propose(total, affordable, policy, TODAY)
        self.assertEqual(bool(found), total > 0)
        for proposal in found:
            self.assertLessEqual(proposal.amount, affordable)
            self.assertLessEqual(proposal.covered, total)
            self.assertGreater(proposal.review, TODAY)
            if proposal.kind == "plan":
                self.assertLessEqual(proposal.number, longest)
                self.assertGreaterEqual(proposal.amount * proposal.number, total)
                self.assertLess(proposal.amount * (proposal.number - 1), total)
            if proposal.kind == "token":
                self.assertEqual(proposal.amount * proposal.number, proposal.covered)
                self.assertGreaterEqual(proposal.amount, min(token, affordable))
        self.assertEqual([p.kind for p in found[-1:]], ["pause"] * bool(found))

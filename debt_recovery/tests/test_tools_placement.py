from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.placement import (
    AMOUNT,
    COMMISSION,
    GROSS,
    MISSING_HERE,
    MISSING_THERE,
    NET,
    Booked,
    Candidate,
    ProposalRule,
    Rate,
    choose_rule,
    commission,
    compare,
    due_from_agency,
    find_rate,
    settle,
)

AMOUNTS = st.decimals(0, 10**7, places=2)
PERCENTS = st.decimals(0, 100, places=2)
REMITS = st.sampled_from([GROSS, NET])
BOOKS = st.dictionaries(
    st.integers(1, 6),
    st.builds(Booked, st.integers(0, 3).map(Decimal), st.integers(0, 3).map(Decimal)),
)


class TestToolsPlacement(BaseCase):
    """Commission, who owes whom, and their statement against ours."""

    def test_rate_by_age_then_amount(self):
        rates = [
            Rate(Decimal(12)),
            Rate(Decimal(9), min_amount=Decimal(5000)),
            Rate(Decimal(25), min_days=180),
        ]
        self.assertEqual(find_rate(rates, 30, Decimal(100)).percent, 12)
        self.assertEqual(find_rate(rates, 30, Decimal(5000)).percent, 9)
        self.assertEqual(find_rate(rates, 180, Decimal(9000)).percent, 25)
        self.assertIsNone(find_rate(rates[1:], 30, Decimal(100)))

    @given(PERCENTS, AMOUNTS, st.integers(0, 3))
    def test_commission_never_above_the_amount(self, percent, amount, digits):
        cost = commission(percent, amount.quantize(Decimal(1)), digits)
        self.assertTrue(0 <= cost <= amount.quantize(Decimal(1)))
        self.assertEqual(-cost.as_tuple().exponent, digits)

    @given(PERCENTS, REMITS, AMOUNTS, st.lists(AMOUNTS, max_size=6))
    def test_everything_handed_over_leaves_nothing_with_them(
        self, percent, remit, us, them
    ):
        handed = sum((due_from_agency(percent, remit, x) for x in them), Decimal(0))
        position = settle(percent, remit, us, them, handed)
        self.assertEqual(position.with_agency, 0)
        self.assertEqual(position.collected, us + sum(them, Decimal(0)))

    @given(PERCENTS, AMOUNTS, st.lists(AMOUNTS, max_size=6), AMOUNTS)
    def test_gross_and_net_cost_the_same(self, percent, us, them, handed):
        """What we keep in the end does not depend on the way it is handed over."""
        gross = settle(percent, GROSS, us, them, handed)
        net = settle(percent, NET, us, them, handed)
        self.assertEqual(gross.commission, net.commission)
        self.assertEqual(
            gross.with_agency - gross.commission_due,
            net.with_agency - net.commission_due,
        )

    def test_paid_to_us_costs_commission_too(self):
        position = settle(Decimal(20), NET, Decimal(500), [Decimal(1000)], Decimal(0))
        self.assertEqual(
            (position.commission, position.kept, position.commission_due),
            (300, 200, 100),
        )
        self.assertEqual(position.with_agency, 800)

    @given(BOOKS)
    def test_no_difference_with_oneself(self, ours):
        self.assertFalse(compare(ours, ours))

    @given(BOOKS, BOOKS)
    def test_every_difference_is_named_once(self, ours, theirs):
        nothing = Booked(Decimal(0), Decimal(0))
        keys = [difference.key for difference in compare(ours, theirs)]
        self.assertEqual(len(keys), len(set(keys)))
        for key in {*ours, *theirs}:
            differs = ours.get(key, nothing) != theirs.get(key, nothing)
            self.assertEqual(key in keys, differs)

    def test_kinds_of_difference(self):
        ours = {
            "left out": Booked(Decimal(10), Decimal(1)),
            "amount": Booked(Decimal(10), Decimal(1)),
            "cost": Booked(Decimal(10), Decimal(1)),
        }
        theirs = {
            "amount": Booked(Decimal(8), Decimal(1)),
            "cost": Booked(Decimal(10), Decimal(2)),
            "new": Booked(Decimal(7), Decimal(1)),
        }
        found = {row.key: row.kind for row in compare(ours, theirs)}
        self.assertEqual(
            found,
            {
                "left out": MISSING_THERE,
                "amount": AMOUNT,
                "cost": COMMISSION,
                "new": MISSING_HERE,
            },
        )

    def test_first_rule_that_fits(self):
        rules = [
            ProposalRule(90, Decimal(250), key=1),
            ProposalRule(180, Decimal(50), after_demand=False, key=2),
        ]
        demanded = date(2025, 5, 1)

        def chosen(*args):
            rule = choose_rule(rules, Candidate(*args))
            return rule and rule.key

        self.assertEqual(chosen(90, Decimal(250), demanded), 1)
        self.assertIsNone(chosen(90, Decimal(250)))
        self.assertIsNone(chosen(89, Decimal(250), demanded))
        self.assertEqual(chosen(200, Decimal(250)), 2)
        self.assertIsNone(chosen(200, Decimal(0), demanded))

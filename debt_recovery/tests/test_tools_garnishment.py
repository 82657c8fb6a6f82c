"""Garnishment and court fees: the worked cases of compliance 1.6 and 6.2 by their
identifiers, and the laws."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.court_fee import Bracket, fee, find
from odoo.addons.debt_recovery.tools.garnishment import (
    WEEKS,
    GarnishmentError,
    Terms,
    limit,
    protect,
)

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
money = st.decimals(0, 100000, places=2, allow_nan=False)


def D(value):
    return Decimal(str(value))


class TestGarnishment(BaseCase):
    """15 USC 1673; 29 CFR 870.10."""

    def _limit(self, earnings, period="weekly", **kw):
        return limit(D(earnings), period, kw.pop("terms", Terms()), **kw).amount

    def test_1_6_protected_earnings(self):
        self.assertEqual(
            [protect(period, Terms()) for period in WEEKS],
            [D("217.50"), D("435.00"), D("471.25"), D("942.50")],
        )

    def test_I15_ccpa_limit(self):
        weekly = [self._limit(x) for x in ("217.50", 250, 290, 300)]
        self.assertEqual(weekly, [D(0), D("32.50"), D("72.50"), D("75.00")])
        self.assertEqual(self._limit(560, "biweekly"), D("125.00"))
        self.assertEqual(self._limit(1100, "monthly"), D("157.50"))
        self.assertEqual(self._limit(1500, "monthly"), D("375.00"))

    def test_1673b_support_bankruptcy_and_taxes(self):
        self.assertEqual(self._limit(300, debt="support", other_family=True), D(150))
        self.assertEqual(self._limit(300, debt="support"), D(180))
        self.assertEqual(self._limit(300, debt="support", in_arrears=True), D(195))
        self.assertIsNone(self._limit(300, debt="bankruptcy"))
        self.assertIsNone(self._limit(300, debt="tax"))

    def test_barred_state_leaves_ordinary_debts_nothing(self):
        barred = Terms(barred=True)
        self.assertEqual(self._limit(900, terms=barred), D(0))
        self.assertEqual(self._limit(900, terms=barred, debt="support"), D(540))

    def test_bad_input_is_named(self):
        with self.assertRaisesRegex(GarnishmentError, "no pay period"):
            self._limit(1, "daily")
        with self.assertRaisesRegex(GarnishmentError, "below zero"):
            self._limit(-1)

    @LAW
    @given(money, st.sampled_from(sorted(WEEKS)))
    def test_never_more_than_both_limits(self, earnings, period):
        found = limit(earnings, period, Terms())
        self.assertLessEqual(found.amount, earnings / 4)
        self.assertLessEqual(found.amount, max(D(0), earnings - found.protected))
        self.assertGreaterEqual(found.amount, 0)

    @LAW
    @given(money, money, st.sampled_from(sorted(WEEKS)))
    def test_more_earnings_never_less_withheld(self, one, two, period):
        low, high = sorted((one, two))
        self.assertLessEqual(
            limit(low, period, Terms()).amount, limit(high, period, Terms()).amount
        )


class TestCourtFee(BaseCase):
    """Brackets exclude their lower end and include their upper one."""

    TABLE = (
        Bracket(D(0), D(300), fixed=D(35), key=1),
        Bracket(D(300), D(500), fixed=D(50), key=2),
        Bracket(D(500), None, percent=D(5), start=date(2024, 1, 1), key=3),
    )

    def test_edges(self):
        day = date(2025, 1, 1)
        found = [find(self.TABLE, D(x), day).key for x in (300, "300.01", 500, 501)]
        self.assertEqual(found, [1, 2, 2, 3])

    def test_no_row_is_none_not_zero(self):
        self.assertIsNone(find(self.TABLE, D(900), date(2023, 12, 31)))
        self.assertIsNone(find(self.TABLE, D(0), date(2025, 1, 1)))

    def test_percent_is_rounded_to_the_currency(self):
        self.assertEqual(fee(self.TABLE[2], D("12345.67")), D("617.28"))

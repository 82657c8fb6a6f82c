from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.cash import CashInHand, refusal

DAY = date(2025, 3, 3)
MONEY = st.decimals(0, 10000, places=2)


class TestCash(BaseCase):
    """The limit of cash in hand, without a database."""

    @given(MONEY, MONEY, MONEY)
    def test_never_more_than_the_limit(self, held, amount, limit):
        why = refusal(CashInHand(held), amount, limit, DAY)
        self.assertEqual(why == "limit", bool(limit) and held + amount > limit)

    @given(MONEY, MONEY)
    def test_late_cash_stops_everything(self, held, amount):
        hand = CashInHand(held, date(2025, 2, 28))
        self.assertEqual(refusal(hand, amount, Decimal(), DAY), "late")

    def test_the_last_day_still_counts(self):
        self.assertIsNone(refusal(CashInHand(Decimal(1), DAY), Decimal(1), 0, DAY))

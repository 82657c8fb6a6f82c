from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools import behaviour
from ..tools.behaviour import Item, expected_date, late_probability, measure

TODAY = date(2025, 3, 3)


def _item(number, ago, late=None, amount=100):
    due = TODAY - timedelta(days=ago)
    settled = None if late is None else due + timedelta(days=late)
    return Item(number, due, Decimal(amount), settled)


class TestToolsBehaviour(BaseCase):
    """Lateness, its estimate and the expected day, without a database."""

    def test_unpaid_counts_late_only_beyond_grace(self):
        items = [_item(1, 3), _item(2, 4), _item(3, 60, 0), _item(4, 60, 4)]
        found = measure(items, TODAY, 3)
        self.assertEqual((found.count, found.late), (3, 2))

    def test_average_counts_amounts_median_counts_invoices(self):
        items = [_item(1, 60, 0, 900), _item(2, 60, 10, 100), _item(3, 60, 20, 0)]
        found = measure(items, TODAY, 3)
        self.assertEqual(found.average, 1)
        self.assertEqual(found.median, 10)

    def test_median_looks_at_the_latest_24(self):
        old = [_item(n, 400, 90) for n in range(30)]
        new = [_item(100 + n, 50, 2) for n in range(24)]
        self.assertEqual(measure(old + new, TODAY, 3).median, 2)

    def test_trend_compares_three_months_with_nine_before(self):
        items = [_item(1, 30, 12), _item(2, 200, 2), _item(3, 500, 90)]
        self.assertEqual(measure(items, TODAY, 3).trend, 10)
        self.assertIsNone(measure(items[:1], TODAY, 3).trend)

    def test_nothing_known_says_nothing(self):
        found = measure([], TODAY, 3)
        self.assertEqual((found.count, found.average, found.median), (0, None, None))

    def test_expected_day_is_own_then_book_then_due(self):
        own, book = Decimal(12), Decimal(4)
        self.assertEqual(expected_date(TODAY, own, book).day, 15)
        self.assertEqual(expected_date(TODAY, None, book).day, 7)
        self.assertEqual(expected_date(TODAY, None, None), TODAY)

    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 100))
    def test_probability_lies_between_own_share_and_book(self, late, more, book):
        count, book = late + more, Fraction(book, 100)
        found = late_probability(late, count, book)
        own = Fraction(late, count) if count else book
        self.assertLessEqual(min(own, book), found)
        self.assertLessEqual(found, max(own, book))

    def test_few_invoices_stay_near_the_book(self):
        self.assertEqual(late_probability(1, 1, Decimal("0.2")), Decimal(2) / 6)
        self.assertEqual(behaviour.PRIOR, 5)

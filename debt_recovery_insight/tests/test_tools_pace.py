import doctest
import unittest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ..tools import pace

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


class TestToolsPace(unittest.TestCase):
    def test_examples(self):
        self.assertFalse(doctest.testmod(pace).failed)

    @given(DAYS, st.integers(0, 400))
    def test_weekdays_are_counted(self, first, days):
        plain = sum((first + timedelta(n)).weekday() < 5 for n in range(days + 1))
        self.assertEqual(pace.weekdays(first, first + timedelta(days)), plain)

    @given(DAYS, st.integers(0, 100), st.integers(1, 12))
    def test_earlier_period_ends_before_this_one(self, first, days, months):
        begin, end = pace.same_working_day(first, first + timedelta(days), months)
        self.assertTrue(begin <= end < first)

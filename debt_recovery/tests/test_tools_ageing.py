"""Ageing: days, buckets and their editable borders."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.ageing import (
    AgeingBoundsError,
    bucket,
    buckets,
    days_overdue,
    is_overdue,
)

LAW = settings(derandomize=True, deadline=None, max_examples=80, database=None)
DUE = date(2024, 2, 29)

rising = st.sets(st.integers(1, 400), max_size=6).map(sorted)


class TestAgeing(BaseCase):
    """Due today is not overdue; every day has exactly one bucket."""

    def test_due_today_is_not_overdue(self):
        for later, days, overdue in ((-1, -1, False), (0, 0, False), (1, 1, True)):
            today = DUE + timedelta(days=later)
            with self.subTest(later=later):
                self.assertEqual(days_overdue(DUE, today), days)
                self.assertIs(is_overdue(DUE, today), overdue)

    def test_the_usual_buckets(self):
        for days, code in (
            (-400, "not_due"),
            (0, "not_due"),
            (1, "1_30"),
            (30, "1_30"),
            (31, "31_60"),
            (60, "31_60"),
            (61, "61_90"),
            (90, "61_90"),
            (91, "over_90"),
            (4000, "over_90"),
        ):
            with self.subTest(days=days):
                self.assertEqual(bucket(days).code, code)

    def test_borders_are_data(self):
        found = [column.code for column in buckets((15, 45))]
        self.assertEqual(found, ["not_due", "1_15", "16_45", "over_45"])
        self.assertEqual(bucket(16, (15, 45)).code, "16_45")

    def test_a_column_tells_its_days(self):
        column = bucket(45)
        self.assertEqual((column.first, column.last), (31, 60))
        self.assertEqual((buckets()[0].first, buckets()[0].last), (None, 0))
        self.assertEqual((buckets()[-1].first, buckets()[-1].last), (91, None))

    def test_without_borders_all_that_is_overdue_is_one_column(self):
        self.assertEqual([c.code for c in buckets(())], ["not_due", "over_0"])

    def test_borders_must_rise_from_one_day(self):
        for bounds in ((0, 30), (30, 30), (60, 30), (-5,)):
            with self.subTest(bounds=bounds):
                with self.assertRaises(AgeingBoundsError) as caught:
                    buckets(bounds)
                self.assertIn("rising order", str(caught.exception))

    @LAW
    @given(st.integers(-1000, 3000), rising)
    def test_every_day_has_exactly_one_bucket(self, days, bounds):
        found = [column for column in buckets(bounds) if column.holds(days)]
        self.assertEqual(found, [bucket(days, bounds)])
        self.assertEqual(found[0].code == "not_due", days <= 0)

"""Working-day arithmetic."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import (
    NoWorkingDayError,
    WorkCalendar,
    next_working,
)

LAW = settings(derandomize=True, deadline=None, max_examples=80, database=None)
FRIDAY = date(2025, 4, 18)
EASTER = frozenset({FRIDAY, FRIDAY + timedelta(days=3)})
WEEK = WorkCalendar()
HOLIDAYS = WorkCalendar(holidays=EASTER)
GULF = WorkCalendar(weekdays=frozenset({6, 0, 1, 2, 3}))

dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    WorkCalendar,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.frozensets(dates, max_size=10),
)


def after(days):
    return FRIDAY + timedelta(days=days)


class TestCalendars(BaseCase):
    """Letters leave when people work."""

    def test_weekends_and_holidays_are_not_worked(self):
        self.assertTrue(WEEK.is_working(FRIDAY))
        self.assertFalse(WEEK.is_working(after(1)))
        self.assertFalse(HOLIDAYS.is_working(FRIDAY))
        self.assertFalse(GULF.is_working(FRIDAY))
        self.assertTrue(GULF.is_working(after(2)))

    def test_the_next_working_day_may_be_today(self):
        self.assertEqual(WEEK.next_working(FRIDAY), FRIDAY)
        self.assertEqual(WEEK.next_working(after(1)), after(3))
        self.assertEqual(HOLIDAYS.next_working(FRIDAY), after(4))

    def test_days_are_added_over_the_weekend(self):
        for calendar, start, number, end in (
            (WEEK, FRIDAY, 1, after(3)),
            (WEEK, after(1), 1, after(3)),
            (WEEK, FRIDAY, 5, after(7)),
            (WEEK, after(3), -1, FRIDAY),
            (WEEK, after(2), -1, FRIDAY),
            (WEEK, FRIDAY, 0, FRIDAY),
            (WEEK, after(1), 0, after(3)),
            (HOLIDAYS, after(-1), 1, after(4)),
            (GULF, after(-1), 1, after(2)),
        ):
            with self.subTest(start=start, number=number):
                self.assertEqual(calendar.add_working_days(start, number), end)

    def test_a_calendar_without_working_days_is_an_error_in_words(self):
        for weekdays in (frozenset(), frozenset({7, -1})):
            never = WorkCalendar(weekdays)
            self.assertFalse(never.is_working(FRIDAY))
            for ask in (
                lambda never=never: never.next_working(FRIDAY),
                lambda never=never: never.add_working_days(FRIDAY, 3),
                lambda never=never: never.add_working_days(FRIDAY, -3),
            ):
                with self.assertRaisesRegex(NoWorkingDayError, "at least one weekday"):
                    ask()
        self.assertTrue(issubclass(NoWorkingDayError, ValueError))

    def test_without_a_calendar_every_day_is_worked(self):
        self.assertEqual(next_working(None, after(1)), after(1))
        self.assertEqual(next_working(WEEK, after(1)), after(3))

    @LAW
    @given(calendars, dates)
    def test_the_next_working_day_is_the_first_one(self, calendar, day):
        found = calendar.next_working(day)
        self.assertTrue(calendar.is_working(found))
        self.assertGreaterEqual(found, day)
        skipped = (day + timedelta(days=n) for n in range((found - day).days))
        self.assertFalse(any(map(calendar.is_working, skipped)))

    @LAW
    @given(calendars, dates, st.integers(1, 15))
    def test_so_many_days_are_worked_in_between(self, calendar, day, number):
        end = calendar.add_working_days(day, number)
        span = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
        self.assertEqual(sum(map(calendar.is_working, span)), number)

    @LAW
    @given(calendars, dates, st.integers(1, 15))
    def test_forth_and_back_is_where_one_was(self, calendar, day, number):
        start = calendar.next_working(day)
        end = calendar.add_working_days(start, number)
        self.assertEqual(calendar.add_working_days(end, -number), start)

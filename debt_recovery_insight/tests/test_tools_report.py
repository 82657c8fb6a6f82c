import doctest
import unittest
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar

from ..tools import rhythm, svg_chart
from ..tools.rhythm import Rhythm, RhythmError

moment = datetime.fromisoformat
# a busy machine is no reason to fail
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    WorkCalendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.frozensets(days, max_size=20),
)
ends = st.one_of(
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.tuples(st.integers(-30, -1), st.integers(-30, -1)),
).map(sorted)
rhythms = st.builds(
    lambda every, pair: Rhythm(every, *pair), st.sampled_from(rhythm.EVERY), ends
)


class TestToolsRhythm(unittest.TestCase):
    def test_examples(self):
        for module in (rhythm, svg_chart):
            self.assertFalse(doctest.testmod(module).failed)

    def _next(self, start, *args, calendar=None):
        found = rhythm.next_days(Rhythm(*args), start, calendar or WorkCalendar())
        return next(found)

    def test_as_practice_says(self):
        # 1 May 2026 is a Friday
        self.assertEqual(self._next(date(2026, 5, 2), "day"), date(2026, 5, 4))
        self.assertEqual(self._next(date(2026, 5, 2), "month", 2), date(2026, 5, 4))
        self.assertEqual(self._next(date(2026, 5, 5), "month", 2), date(2026, 6, 2))
        self.assertEqual(self._next(date(2026, 5, 5), "quarter", 5), date(2026, 7, 7))
        self.assertEqual(self._next(date(2026, 5, 5), "half"), date(2026, 7, 1))
        holiday = WorkCalendar(holidays=frozenset([date(2026, 5, 4)]))
        first = self._next(date(2026, 5, 2), "week", calendar=holiday)
        self.assertEqual(first, date(2026, 5, 5))
        push = rhythm.next_days(
            Rhythm("month", -5, -1), date(2026, 5, 1), WorkCalendar()
        )
        found = [next(push) for _n in range(6)]
        self.assertEqual(found[0], date(2026, 5, 25))
        self.assertEqual(found[4:], [date(2026, 5, 29), date(2026, 6, 24)])

    def test_bad_rhythms(self):
        for args in (("month", 0), ("month", 1, -1), ("month", 5, 2), ("never", 1)):
            with self.subTest(args=args), self.assertRaises(RhythmError):
                Rhythm(*args)

    @calm
    @given(rhythms, days, calendars)
    def test_working_days_that_rise(self, row, start, calendar):
        found = rhythm.next_days(row, start, calendar)
        taken = [day for _n, day in zip(range(4), found, strict=False)]
        self.assertTrue(taken)
        self.assertEqual(taken, sorted(set(taken)))
        self.assertTrue(all(calendar.is_working(day) for day in taken))
        self.assertGreaterEqual(taken[0], start)

    @calm
    @given(rhythms, days, calendars)
    def test_no_day_is_left_out(self, row, start, calendar):
        """The day before the next one is none, and the next is its own next."""
        first = next(rhythm.next_days(row, start, calendar))
        self.assertEqual(next(rhythm.next_days(row, first, calendar)), first)
        begin = rhythm.start_of(row.every, start)
        end = rhythm.end_of(row.every, begin)
        worked = rhythm.working_days(begin, end, calendar)
        if worked and worked[-1] >= start and row.last == -1:
            self.assertLessEqual(first, worked[-1])

    @calm
    @given(
        rhythms,
        st.floats(0, 24),
        st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]),
        st.datetimes(moment("2024-01-01"), moment("2030-01-01")),
        calendars,
    )
    def test_moments_lie_ahead(self, row, hour, zone, after, calendar):
        zone = ZoneInfo(zone)
        found = rhythm.next_moment(row, hour, zone, after, calendar)
        self.assertGreater(found, after)
        again = rhythm.next_moment(row, hour, zone, found, calendar)
        self.assertGreater(again, found)
        # a moment before it still finds it: nothing is skipped
        before = found - timedelta(seconds=1)
        if before >= after:
            same = rhythm.next_moment(row, hour, zone, before, calendar)
            self.assertEqual(same, found)

    def test_summer_time(self):
        berlin = ZoneInfo("Europe/Berlin")
        every = WorkCalendar(weekdays=frozenset(range(7)))
        hours = [
            rhythm.next_moment(Rhythm("day"), 7, berlin, moment(f"2026-03-{d}"), every)
            for d in (27, 28, 29)
        ]
        self.assertEqual([moment.hour for moment in hours], [6, 6, 5])
        left_out = rhythm.utc_moment(date(2026, 3, 29), 2.5, berlin)
        self.assertEqual(left_out, moment("2026-03-29T01:30"))

    @calm
    @given(st.sampled_from(rhythm.PERIODS), days, calendars)
    def test_periods(self, code, today, calendar):
        first, last = rhythm.period_days(code, today, calendar)
        self.assertLessEqual(first, last)
        self.assertLessEqual(last, today)

    def test_usual_periods(self):
        monday, calendar = date(2026, 5, 4), WorkCalendar()
        expected = {
            "today": (monday, monday),
            "yesterday": (date(2026, 5, 1), date(2026, 5, 3)),
            "last_week": (date(2026, 4, 27), date(2026, 5, 3)),
            "month": (date(2026, 5, 1), monday),
            "last_month": (date(2026, 4, 1), date(2026, 4, 30)),
            "last_quarter": (date(2026, 1, 1), date(2026, 3, 31)),
            "last_half": (date(2025, 7, 1), date(2025, 12, 31)),
            "last_year": (date(2025, 1, 1), date(2025, 12, 31)),
        }
        for code, period in expected.items():
            with self.subTest(code=code):
                self.assertEqual(rhythm.period_days(code, monday, calendar), period)


class TestToolsSvgChart(unittest.TestCase):
    @calm
    @given(
        st.sampled_from(["column", "stacked", "line"]),
        st.lists(st.text(alphabet="aé<&\"'>", max_size=40), max_size=30),
        st.data(),
    )
    def test_always_a_picture(self, kind, labels, data):
        numbers = st.floats(-1e12, 1e12, allow_nan=False)
        values = st.lists(numbers, min_size=len(labels), max_size=len(labels))
        series = [("<a>", data.draw(values)), ("b", data.draw(values))]
        tree = etree.fromstring(svg_chart.draw(kind, labels, series))
        self.assertEqual(tree.findtext("{*}title"), "<a>, b")
        for bar in tree.iter("{*}rect"):
            self.assertGreaterEqual(float(bar.get("height")), 0)
            self.assertLessEqual(float(bar.get("y")), svg_chart.HEIGHT)

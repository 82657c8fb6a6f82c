from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.dispute_clock import marks, reached

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@tagged("debt_recovery")
class TestDisputeClock(BaseCase):
    """Reminders at half and at the whole of the time, a new owner at one and a half."""

    def test_a_week(self):
        monday, friday = date(2025, 3, 3), date(2025, 3, 7)
        self.assertEqual(
            marks(monday, friday, WorkCalendar()),
            {50: date(2025, 3, 5), 100: friday, 150: date(2025, 3, 10)},
        )

    def test_an_answer_due_at_once_still_leaves_a_day(self):
        day = date(2025, 3, 3)
        self.assertEqual(reached(day, day, day), 100)
        self.assertEqual(reached(day, day, day + timedelta(days=1)), 150)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DAYS, st.integers(0, 60), st.integers(-5, 120), st.integers(0, 30))
    def test_time_only_goes_on(self, opened, days, passed, more):
        due = opened + timedelta(days=days)
        today = opened + timedelta(days=passed)
        calendar = WorkCalendar()
        before = reached(opened, due, today, calendar)
        after = reached(opened, due, today + timedelta(days=more), calendar)
        self.assertLessEqual(before, after)
        self.assertIn(after, (0, 50, 100, 150))
        if today < opened:
            self.assertEqual(before, 0)
        if today >= due:
            self.assertGreaterEqual(before, 100)

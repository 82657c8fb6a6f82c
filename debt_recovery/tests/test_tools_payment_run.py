import doctest
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools import payment_run
from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.payment_run import (
    is_run_day,
    next_payment_run,
    parse_month_days,
)

MONDAY = date(2025, 3, 3)


class TestPaymentRun(BaseCase):
    """When the customer pays next."""

    def test_examples(self):
        self.assertFalse(doctest.testmod(payment_run).failed)
        self.assertEqual(parse_month_days("1st, 15th and last"), (1, 15, 31))
        self.assertEqual(parse_month_days(""), ())
        for wrong in ("0", "32", "friday", "-5x"):
            with self.assertRaises(ValueError):
                parse_month_days(wrong)

    def test_weekdays(self):
        self.assertEqual(next_payment_run(MONDAY, weekdays=[4]), date(2025, 3, 7))
        self.assertEqual(next_payment_run(MONDAY, weekdays=[0]), MONDAY)
        self.assertEqual(
            next_payment_run(MONDAY, weekdays=[0, 4], lead_days=5), date(2025, 3, 10)
        )

    def test_days_of_the_month(self):
        self.assertEqual(next_payment_run(MONDAY, month_days=[10]), date(2025, 3, 10))
        self.assertEqual(
            next_payment_run(date(2025, 2, 11), month_days=[31]), date(2025, 2, 28)
        )
        # the 15th is a Saturday: paid on Monday
        self.assertEqual(
            next_payment_run(MONDAY, month_days=[15], calendar=WorkCalendar()),
            date(2025, 3, 17),
        )

    def test_unknown_rule_has_no_run(self):
        self.assertIsNone(next_payment_run(MONDAY))

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.dates(date(2020, 1, 1), date(2035, 12, 31)),
        st.sets(st.integers(0, 6)),
        st.sets(st.integers(1, 31)),
        st.integers(0, 60),
    )
    def test_laws(self, today, weekdays, month_days, lead):
        run = next_payment_run(today, weekdays, month_days, lead)
        if not weekdays and not month_days:
            self.assertIsNone(run)
            return
        self.assertGreaterEqual(run, today + timedelta(days=lead))
        self.assertTrue(is_run_day(run, weekdays, month_days))
        day = today + timedelta(days=lead)
        while day < run:  # and there was none before
            self.assertFalse(is_run_day(day, weekdays, month_days))
            day += timedelta(days=1)

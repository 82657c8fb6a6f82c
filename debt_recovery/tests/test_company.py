from datetime import date
from decimal import Decimal

from freezegun import freeze_time

from odoo import Command

from .common import DebtRecoveryCommon


class TestCompany(DebtRecoveryCommon):
    """The settings live on the root company, and so does the day."""

    def _new_company(self, code, **kw):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        return self.env["res.company"].create(
            {"name": f"Company {code}", "currency_id": currency.id, **kw}
        )

    def test_money_unit_by_currency(self):
        for code, unit in (("EUR", 50), ("PLN", 200), ("JPY", 5000), ("NGN", 50000)):
            with self.subTest(code=code):
                self.assertEqual(self._new_company(code).recovery_money_unit, unit)

    def test_money_unit_by_rate(self):
        """Beside the table: fifty euro at the book's rate, rounded to 1-2-5; without a
        rate the settings ask."""
        rates = self.env["res.currency.rate"]
        czech = self.env.ref("base.CZK")
        currencies = czech | self.env.ref("base.EUR")
        rates.search([("currency_id", "in", currencies.ids)]).unlink()
        self.assertEqual(self._new_company("CZK").recovery_money_unit, 0)
        rates.create(
            {
                "currency_id": czech.id,
                "name": "2000-01-01",
                "rate": 25,
                "company_id": False,
            }
        )
        other = self._new_company("CZK", name="Second")
        self.assertEqual(other.recovery_money_unit, 1000)

    def test_money_unit_is_editable(self):
        self.company.recovery_money_unit = 80
        self.assertEqual(self.company._recovery_units(0.5), Decimal("40.00"))

    def test_branch_reads_its_root(self):
        branch = self._setup_branch()
        branch.recovery_quiet_days = 99
        self.company.write({"recovery_quiet_days": 4, "recovery_money_unit": 70})
        settings = branch._recovery_settings()
        self.assertEqual(settings.quiet_days, 4)
        self.assertEqual(settings.send_minimum, Decimal("35.00"))
        self.assertEqual(branch._recovery_units(2), Decimal("140.00"))
        self.assertEqual(branch._recovery_root(), self.company)
        self.assertEqual(self.company._recovery_branches(), self.company | branch)

    def test_day_of_the_company_not_of_the_user(self):
        """At half past eleven in the evening it is tomorrow in Auckland."""
        calendar = self.company.resource_calendar_id
        calendar.tz = "Pacific/Auckland"
        self.officer.tz = "America/New_York"
        with freeze_time("2026-03-10 23:30:00"):
            seen = self.company.with_user(self.officer)
            self.assertEqual(seen._recovery_today(), date(2026, 3, 11))
            calendar.tz = "America/New_York"
            self.assertEqual(seen._recovery_today(), date(2026, 3, 10))

    def test_day_from_the_context(self):
        company = self.company.with_context(recovery_today="2020-02-29")
        self.assertEqual(company._recovery_today(), date(2020, 2, 29))

    def test_calendar(self):
        """Weekdays of the working hours less the holidays that cover the day."""
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.filtered(lambda a: a.dayofweek == "4").unlink()
        calendar.global_leave_ids = [
            Command.create(
                {
                    "name": name,
                    "date_from": f"2024-05-{day} {start}",
                    "date_to": f"2024-05-{day} {end}",
                }
            )
            for name, day, start, end in (
                ("Holiday", "01", "00:00:00", "23:59:59"),
                ("Morning", "02", "08:00:00", "12:00:00"),
            )
        ]
        work = self.company._recovery_calendar(date(2024, 5, 1), date(2024, 5, 31))
        self.assertFalse(work.is_working(date(2024, 5, 1)))
        self.assertTrue(work.is_working(date(2024, 5, 2)))
        self.assertFalse(work.is_working(date(2024, 5, 3)), "Friday is free")

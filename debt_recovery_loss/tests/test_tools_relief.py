from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.debt_recovery.tools.settlement import tax_shares

from ..tools.relief import (
    Relief,
    ReliefRule,
    relief_dates,
    relief_state,
    tax_of_receipt,
)

CENTS = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)
DAYS = st.integers(730000, 760000).map(date.fromordinal)

#: Many tests run at once on small machines.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@tagged("debt_recovery")
class TestRelief(BaseCase):
    """Tax on bad debts, the worked cases of compliance 8.3 by name."""

    def test_E4_relief_and_repayment(self):
        gross, tax = Decimal(1200), Decimal(200)
        self.assertEqual(tax_shares(gross, gross, [tax], 2), (Decimal("200.00"),))
        repaid = tax_of_receipt(Decimal(360), gross, tax, 2)
        self.assertEqual((repaid, 360 - repaid), (Decimal("60.00"), Decimal("300.00")))

    def test_E5_part_paid(self):
        shares = tax_shares(Decimal(750), Decimal(1200), [Decimal(200)], 2)
        self.assertEqual(shares, (Decimal("125.00"),))

    def test_united_kingdom(self):
        """Six months after the later of supply and due, within four years and six."""
        rule = ReliefRule("later", months=6, deadline_months=54)
        found = relief_dates(
            rule, date(2024, 8, 31), date(2024, 7, 1), date(2024, 12, 1)
        )
        self.assertEqual(found, Relief(date(2025, 2, 28), date(2029, 2, 28)))
        late = relief_dates(rule, date(2024, 8, 31), date(2024, 7, 1), date(2026, 1, 9))
        self.assertEqual(late.first, date(2026, 1, 9), "written off first")

    def test_days_and_no_deadline(self):
        found = relief_dates(
            ReliefRule("due", days=90), *[date(2025, 1, 1)] * 2, date(2025, 1, 2)
        )
        self.assertEqual(found, Relief(date(2025, 4, 1), None))

    def test_state(self):
        found = Relief(date(2025, 2, 1), date(2025, 3, 1))
        for day, state in ((31, "waiting"), (32, "open"), (60, "open"), (61, "late")):
            today = date.fromordinal(date(2024, 12, 31).toordinal() + day)
            self.assertEqual(relief_state(found, False, today), state)
        self.assertEqual(relief_state(found, True, date(2030, 1, 1)), "claimed")

    @CALM
    @given(CENTS, CENTS, CENTS)
    def test_never_more_tax_than_was_relieved(self, received, net, tax):
        part = tax_of_receipt(received, net + tax, tax, 2)
        self.assertLessEqual(part, tax)
        self.assertGreaterEqual(part, 0)
        self.assertLessEqual(part, received + Decimal("0.01"))

    @CALM
    @given(DAYS, DAYS, DAYS, st.sampled_from(("later", "due", "supply")))
    def test_never_before_the_write_off(self, supply, due, written, start):
        found = relief_dates(
            ReliefRule(start, months=6, deadline_months=54), supply, due, written
        )
        self.assertGreaterEqual(found.first, written)

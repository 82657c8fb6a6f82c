from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.provision import (
    ProvisionError,
    Specific,
    loss_rates,
    matrix,
    roll_rates,
    total,
)

BUCKETS = ("current", "1_30", "31_60", "61_90", "over_90")
OPEN = dict(
    zip(BUCKETS, map(Decimal, (150000, 75000, 40000, 25000, 10000)), strict=True)
)
RATES = dict(
    zip(BUCKETS, map(Decimal, ("0.30", "1.60", "3.60", "6.60", "10.60")), strict=True)
)
SHOT = st.fixed_dictionaries(
    {bucket: st.integers(0, 10**6).map(Decimal) for bucket in BUCKETS}
)

#: Many tests run at once on small machines.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@tagged("debt_recovery")
class TestProvision(BaseCase):
    """The worked cases of compliance 8.1 by name, and what holds for all inputs."""

    def test_E1_matrix(self):
        rows = matrix(OPEN, RATES)
        found = [str(row.allowance) for row in rows]
        expected = ["450.00", "1200.00", "1440.00", "1650.00", "1060.00"]
        self.assertEqual(found, expected)
        self.assertEqual(total(rows), Decimal("5800.00"))

    def test_E1_looking_forward(self):
        rows = matrix(OPEN, RATES, Decimal("1.15"))
        found = [str(row.allowance) for row in rows]
        expected = ["517.50", "1380.00", "1656.00", "1897.50", "1219.00"]
        self.assertEqual(found, expected)
        self.assertEqual(total(rows), Decimal("6670.00"))
        self.assertEqual(total(rows) - total(matrix(OPEN, RATES)), Decimal("870.00"))

    def test_E2_specific(self):
        rows = matrix(
            OPEN, RATES, specifics=[Specific("31_60", Decimal(8000), Decimal(60))]
        )
        self.assertEqual(rows[2].allowance, Decimal("5952.00"))
        self.assertEqual(total(rows), Decimal("10312.00"))

    def test_specific_larger_than_its_bucket(self):
        with self.assertRaises(ProvisionError):
            matrix(
                OPEN, RATES, specifics=[Specific("over_90", Decimal(10001), Decimal(1))]
            )

    def test_roll_rates_are_weighted(self):
        shots = [
            {"a": Decimal(100), "b": Decimal(0)},
            {"a": Decimal(300), "b": Decimal(50)},
            {"a": Decimal(0), "b": Decimal(30)},
        ]
        rolls = roll_rates(shots, ("a", "b", "c"))
        self.assertEqual(rolls["a"], Decimal(80) / Decimal(400))
        self.assertEqual(rolls["b"], Decimal(0))
        rates = loss_rates({"a": Decimal("0.2"), "b": Decimal("0.5")}, ("a", "b", "c"))
        self.assertEqual(rates, {"a": Decimal(10), "b": Decimal(50), "c": Decimal(100)})

    def test_unknown_stays_unknown(self):
        rolls = roll_rates([{"b": Decimal(5)}, {"c": Decimal(1)}], ("a", "b", "c"))
        self.assertIsNone(rolls["a"])
        self.assertIsNone(loss_rates(rolls, ("a", "b", "c"))["a"])

    @CALM
    @given(SHOT, st.integers(0, 300).map(lambda n: Decimal(n) / 100))
    def test_never_more_than_is_open(self, shot, factor):
        for row in matrix(shot, RATES, factor):
            self.assertLessEqual(row.allowance, row.exposure)
            self.assertGreaterEqual(row.allowance, 0)

    @CALM
    @given(st.lists(SHOT, min_size=2, max_size=6))
    def test_older_is_never_safer(self, shots):
        rates = loss_rates(roll_rates(shots, BUCKETS), BUCKETS, Decimal(80))
        known = [rates[bucket] for bucket in BUCKETS if rates[bucket] is not None]
        self.assertEqual(known, sorted(known))
        self.assertLessEqual(max(known), 80)

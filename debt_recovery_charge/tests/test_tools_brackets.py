"""Fixed sums by size: the worked cases I11 to I14."""

from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery_charge.tools.brackets import Bracket, amount, problems


def table(*rows):
    """Rows (limit, fixed, percent, inclusive) with trailing values left out."""
    return [
        Bracket(
            row[0] and Decimal(row[0]), *(Decimal(str(v)) for v in row[1:3]), *row[3:]
        )
        for row in rows
    ]


UK = table((1000, 40, 0, False), (10000, 70, 0, False), (None, 100))
IRELAND = table((1000, 40), (10000, 70), (None, 100))
NETHERLANDS = table(
    (2500, 0, 15), (5000, 375, 10), (10000, 625, 5), (200000, 875, 1), (None, 2775, 0.5)
)
BELGIUM = table((150, 20), (500, 30, 10), (None, 65, 5))


class TestBrackets(BaseCase):
    """Compensation, cost scales and fees by size."""

    def _check(self, brackets, cases, **limits):
        for value, expected in cases:
            with self.subTest(value=value):
                self.assertEqual(
                    amount(Decimal(value), brackets, **limits), Decimal(expected)
                )

    def test_i11_edges_of_the_united_kingdom_and_ireland(self):
        cases = (("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100))
        self._check(UK, cases)
        cases = (("1000.00", 40), ("1000.01", 70), ("10000.00", 70), ("10000.01", 100))
        self._check(IRELAND, cases)

    def test_i12_dutch_cost_scale(self):
        cases = (
            ("200", "40.00"),
            ("266.67", "40.00"),
            ("1000", "150.00"),
            ("12345.67", "898.46"),
            ("1000000", "6775.00"),
            ("2000000", "6775.00"),
        )
        self._check(NETHERLANDS, cases, minimum=Decimal(40), maximum=Decimal(6775))

    def test_i13_belgian_consumer_cap(self):
        cases = (
            ("120", "20"),
            ("150", "20"),
            ("320", "47.00"),
            ("500", "65.00"),
            ("1250", "102.50"),
            ("50000", "2000"),
        )
        self._check(BELGIUM, cases, maximum=Decimal(2000))

    def test_i14_fee_per_level(self):
        levels = (
            (table((None, 0)), None),
            (table((None, 10)), None),
            (table((None, 25, 1)), Decimal(60)),
        )
        for overdue, fees in (("800", (0, 10, 33)), ("5000", (0, 10, 60))):
            found = [
                amount(Decimal(overdue), rows, maximum=most) for rows, most in levels
            ]
            self.assertEqual(found, [Decimal(fee) for fee in fees])

    def test_nothing_for_nothing(self):
        self.assertEqual(amount(Decimal(0), UK), 0)

    def test_tables_that_cannot_be_used(self):
        for brackets, code in (
            ([], "open_end"),
            (table((1000, 40)), "open_end"),
            (table((1000, 40), (500, 70), (None, 100)), "limits"),
            (table((0, 40), (None, 70)), "limits"),
            (table((None, -1)), "negative"),
        ):
            with self.subTest(code=code):
                self.assertIn(code, problems(brackets))
        self.assertEqual(problems(NETHERLANDS), [])

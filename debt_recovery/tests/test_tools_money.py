"""Amounts at the border and the money unit."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.money import (
    MONEY_UNITS,
    AmountError,
    money_unit,
    percent_of,
    round_125,
    to_decimal,
)

LAW = settings(derandomize=True, deadline=None, max_examples=80, database=None)


class TestMoney(BaseCase):
    """Floats come in once, exact amounts go on."""

    def test_a_float_becomes_what_somebody_typed(self):
        for value, digits, text in (
            (0.1 + 0.2, 2, "0.30"),
            (2.675, 2, "2.68"),
            (-2.675, 2, "-2.68"),
            (1.005, 2, "1.01"),
            (1234.5, 0, "1235"),
            (12.3456, 3, "12.346"),
            (7, 2, "7.00"),
            ("12.50", 2, "12.50"),
            (Decimal("0.005"), 2, "0.01"),
            (1e15, 2, "1000000000000000.00"),
        ):
            with self.subTest(value=value, digits=digits):
                self.assertEqual(str(to_decimal(value, digits)), text)

    def test_minus_zero_is_zero(self):
        self.assertEqual(str(to_decimal(-0.0, 2)), "0.00")
        self.assertEqual(str(to_decimal(-0.004, 2)), "0.00")

    def test_what_is_no_amount_is_refused_in_words(self):
        for value in (float("nan"), float("inf"), "twelve", "", None, 1e40):
            with self.subTest(value=value), self.assertRaises(AmountError) as caught:
                to_decimal(value, 2)
            self.assertIn("is not an amount", str(caught.exception))

    def test_an_amount_error_is_a_value_error(self):
        self.assertTrue(issubclass(AmountError, ValueError))

    @LAW
    @given(st.integers(-(10**12), 10**12), st.integers(0, 4))
    def test_amounts_of_a_currency_survive_the_float(self, units, digits):
        exact = Decimal(units).scaleb(-digits)
        self.assertEqual(to_decimal(float(exact), digits), exact)

    @LAW
    @given(st.floats(-1e9, 1e9), st.integers(0, 3))
    def test_rounding_moves_by_half_a_unit_at_most_and_only_once(self, value, digits):
        rounded = to_decimal(value, digits)
        half = Decimal(1).scaleb(-digits) / 2
        self.assertLessEqual(abs(rounded - Decimal(str(value))), half)
        self.assertEqual(to_decimal(rounded, digits), rounded)

    def test_per_cents_are_exact(self):
        self.assertEqual(percent_of(Decimal(5), Decimal("0.10")), Decimal("0.005"))


class TestMoneyUnit(BaseCase):
    """``U`` of practice 4.0: no default amount is a number in one currency."""

    def test_the_table_of_practice(self):
        for unit, currencies in (
            (50, "EUR USD GBP CHF"),
            (100, "AUD CAD"),
            (200, "AED SAR PLN MYR"),
            (500, "SEK NOK DKK"),
            (1000, "ZAR MXN"),
            (2000, "TRY"),
            (2500, "PHP"),
            (5000, "INR JPY BDT KES"),
            (15000, "PKR"),
            (50000, "NGN"),
        ):
            for code in currencies.split():
                with self.subTest(code):
                    self.assertEqual(money_unit(code), Decimal(unit))
        self.assertEqual(len(MONEY_UNITS), 23)

    def test_the_table_beats_the_rate(self):
        self.assertEqual(money_unit("JPY", Decimal(170)), Decimal(5000))

    def test_another_currency_is_fifty_euros_rounded(self):
        for code, rate, unit in (
            ("CZK", "25.3", 1000),
            ("HUF", "395", 20000),
            ("KWD", "0.33", 20),
            ("BTC", "0.00001", "0.0005"),
            ("IDR", "17800", 1000000),
        ):
            with self.subTest(code):
                self.assertEqual(money_unit(code, Decimal(rate)), Decimal(unit))

    def test_without_a_rate_the_set_up_has_to_ask(self):
        self.assertIsNone(money_unit("CZK"))
        self.assertIsNone(money_unit("CZK", Decimal(0)))

    def test_a_negative_rate_is_an_error(self):
        with self.assertRaises(AmountError):
            money_unit("CZK", Decimal(-1))

    def test_small_letters_are_understood(self):
        self.assertEqual(money_unit("eur"), Decimal(50))


class TestRound125(BaseCase):
    """Amounts people like to read."""

    def test_the_nearest_of_one_two_five(self):
        for amount, rounded in (
            ("1", "1"),
            ("1.49", "1"),
            ("1.5", "2"),
            ("3.49", "2"),
            ("3.5", "5"),
            ("7.49", "5"),
            ("7.5", "10"),
            ("99", "100"),
            ("1265", "1000"),
            ("0.036", "0.05"),
        ):
            with self.subTest(amount):
                self.assertEqual(round_125(Decimal(amount)), Decimal(rounded))

    def test_large_amounts_read_as_plain_numbers(self):
        self.assertEqual(str(round_125(Decimal("8.1E+6"))), "10000000")

    def test_nothing_and_less_cannot_be_rounded(self):
        for amount in ("0", "-3", "NaN", "Infinity"):
            with self.subTest(amount), self.assertRaises(AmountError):
                round_125(Decimal(amount))

    @LAW
    @given(st.decimals("0.0001", "1e9", places=4))
    def test_never_further_than_half(self, amount):
        rounded = round_125(amount)
        self.assertLessEqual(abs(rounded - amount), amount / 2)
        self.assertIn(rounded.normalize().as_tuple().digits, ((1,), (2,), (5,)))
        self.assertEqual(round_125(rounded), rounded)

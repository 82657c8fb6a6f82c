"""The border between the ledger's floats and exact amounts, and the money unit.

Inside ``tools/`` every amount is a ``Decimal``; conversion happens once, here, with the
currency's digits (DESIGN 6).
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

ZERO = Decimal(0)
HUNDRED = Decimal(100)
EUR_UNIT = Decimal(50)

#: Money unit ``U`` by currency: the amount all default thresholds are multiples of
#: (practice 4.0).
MONEY_UNITS: Mapping[str, Decimal] = MappingProxyType(
    {
        code: Decimal(unit)
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
        )
        for code in currencies.split()
    }
)


class AmountError(ValueError):
    """The value is not an amount that can be calculated with."""


def to_decimal(value: float | int | str | Decimal, digits: int) -> Decimal:
    """An amount with exactly ``digits`` decimals, halves rounded away from zero.

    A float is read by its shortest decimal text, so 2.675 is the 2.675 that somebody
    typed and becomes 2.68. Minus zero becomes zero. Raises :class:`AmountError` for
    text that is no number and for values that are not finite.

    >>> to_decimal(2.675, 2), to_decimal(-0.004, 2), to_decimal(1234.5, 0)
    (Decimal('2.68'), Decimal('0.00'), Decimal('1235'))
    """
    try:
        exact = Decimal(str(value))
        rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    except ArithmeticError as error:
        raise AmountError(f"{value!r} is not an amount.") from error
    if not rounded.is_finite():
        raise AmountError(f"{value!r} is not an amount.")
    return abs(rounded) if rounded.is_zero() else rounded


def percent_of(percent: Decimal, amount: Decimal) -> Decimal:
    """That many per cent of an amount, not rounded."""
    return percent * amount / HUNDRED


def round_125(amount: Decimal) -> Decimal:
    """The nearest of 1, 2, 5 times a power of ten; half-way goes up.

    Raises :class:`AmountError` unless the amount is above zero.

    >>> round_125(Decimal(1265)), round_125(Decimal("0.36")), round_125(Decimal(75))
    (Decimal('1000'), Decimal('0.5'), Decimal('100'))
    """
    if not amount.is_finite() or amount <= ZERO:
        raise AmountError(
            f"{amount} cannot be rounded to 1, 2 or 5: it is not positive."
        )
    power = Decimal(1).scaleb(amount.adjusted())
    head = amount / power
    edges = ((Decimal("1.5"), 1), (Decimal("3.5"), 2), (Decimal("7.5"), 5))
    digit = next((digit for edge, digit in edges if head < edge), 10)
    rounded = digit * power
    return rounded.quantize(Decimal(1)) if rounded >= 1 else rounded.normalize()


def money_unit(code: str, eur_rate: Decimal | None = None) -> Decimal | None:
    """The money unit ``U`` of a currency (practice 4.0).

    ``eur_rate`` is the book's rate: how many units of the currency one euro buys. It
    matters only for currencies outside the table, whose unit is 50 EUR rounded to
    1-2-5. Without a rate the answer is None: the set-up asks once.

    >>> money_unit("PLN"), money_unit("CZK", Decimal("25.3")), money_unit("CZK")
    (Decimal('200'), Decimal('1000'), None)
    """
    known = MONEY_UNITS.get(code.upper())
    if known is not None or not eur_rate:
        return known
    return round_125(EUR_UNIT * eur_rate)

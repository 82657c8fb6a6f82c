"""How much of a wage may be withheld for a creditor (15 USC 1673, 29 CFR 870.10).

Percentages, multiple and wage are data of the caller; what a state forbids is, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from types import MappingProxyType

from .money import HUNDRED, ZERO

#: Workweeks in a pay period; 29 CFR 870.10(c): a month is 4 1/3 weeks.
WEEKS: Mapping[str, Fraction] = MappingProxyType(
    {
        "weekly": Fraction(1),
        "biweekly": Fraction(2),
        "semimonthly": Fraction(13, 6),
        "monthly": Fraction(13, 3),
    }
)
#: Debts to which the limits of 1673(a) do not apply; 1673(b)(1).
SUPPORT, UNLIMITED = "support", ("bankruptcy", "tax")


class GarnishmentError(ValueError):
    """The figures cannot be calculated with; the message says which."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The law of the place: ``percent`` of disposable earnings, and what exceeds
    ``multiple`` times the hourly ``wage`` per workweek, whichever is less."""

    percent: Decimal = Decimal(25)
    multiple: Decimal = Decimal(30)
    wage: Decimal = Decimal("7.25")
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be withheld in one pay period; ``None``: the statute sets no limit."""

    protected: Decimal
    amount: Decimal | None


def limit(
    earnings: Decimal,
    period: str,
    terms: Terms,
    debt: str = "ordinary",
    other_family: bool = False,
    in_arrears: bool = False,
    digits: int = 2,
) -> Limit:
    """The most that may be withheld from the disposable earnings of one pay period.

    :param debt: ``ordinary``, ``support``, ``bankruptcy`` or ``tax``
    :param other_family: the debtor supports another spouse or child (support only)
    :param in_arrears: support owed for more than 12 weeks (support only)
    :raises GarnishmentError: for an unknown period or earnings below zero
    """
    if period not in WEEKS:
        raise GarnishmentError(f"{period!r} is no pay period.")
    if earnings < ZERO:
        raise GarnishmentError("Earnings are below zero.")
    if debt in UNLIMITED:
        return Limit(ZERO, None)
    if debt == SUPPORT:
        percent = Decimal(50 if other_family else 60) + (5 if in_arrears else 0)
        return Limit(ZERO, _share(earnings, percent, digits))
    protected = protect(period, terms, digits)
    if terms.barred:
        return Limit(earnings, ZERO)
    excess = max(ZERO, earnings - protected)
    return Limit(protected, min(_share(earnings, terms.percent, digits), excess))


def protect(period: str, terms: Terms, digits: int = 2) -> Decimal:
    """Earnings of a pay period that stay with the debtor.

    >>> [str(protect(period, Terms())) for period in WEEKS]
    ['217.50', '435.00', '471.25', '942.50']
    """
    exact = Fraction(terms.multiple) * Fraction(terms.wage) * WEEKS[period]
    cents = -(-exact * 10**digits // 1)  # a part of a cent stays with the debtor
    return Decimal(int(cents)).scaleb(-digits)


def _share(earnings: Decimal, percent: Decimal, digits: int) -> Decimal:
    exact = earnings * percent / HUNDRED
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)

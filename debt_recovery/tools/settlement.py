"""Settling for less: what is paid, what is waived once the money is in, and what a
plan is worth against it (compliance 7.1, P7 and P9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .money import HUNDRED, ZERO, percent_of, to_decimal
from .schedule import MONTHS

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Waiver:
    """What is given up: the gross amount and the tax inside it."""

    gross: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        """The part without tax."""
        return self.gross - self.tax


def to_pay(total: Decimal, percent: Decimal, digits: int) -> Decimal:
    """That percentage of the debt, halves rounded up.

    >>> to_pay(Decimal("1333.33"), Decimal("62.5"), 2)
    Decimal('833.33')
    """
    return to_decimal(percent_of(percent, total), digits)


def waive(total: Decimal, paid: Decimal, rate: Decimal, digits: int) -> Waiver:
    """The rest and its tax at ``rate`` per cent, contained in the gross amount.

    >>> waive(Decimal(4800), Decimal(3360), Decimal(20), 2).net
    Decimal('1200.00')
    """
    gross = max(ZERO, total - paid)
    return Waiver(gross, to_decimal(gross * rate / (HUNDRED + rate), digits))


def tax_shares(
    part: Decimal, total: Decimal, taxes: Sequence[Decimal], digits: int
) -> tuple[Decimal, ...]:
    """The taxes inside a part of an invoice, at the invoice's own rates.

    :param total: the whole invoice, its ``taxes`` included
    :return: one share per tax; nothing is known of an invoice without a total

    >>> tax_shares(Decimal(750), Decimal(1200), [Decimal(200)], 2)
    (Decimal('125.00'),)
    """
    if not total:
        return tuple(ZERO for _tax in taxes)
    return tuple(to_decimal(part * tax / total, digits) for tax in taxes)


def percent_waived(total: Decimal, paid: Decimal) -> Decimal:
    """What is given up, per cent of the debt."""
    return (total - paid) / total * HUNDRED if total else ZERO


def expected_value(
    amounts: Sequence[Decimal], hazard: Decimal, yearly: Decimal
) -> Decimal:
    """What monthly payments are worth where every month ``hazard`` per cent of such
    plans fail and nothing comes afterwards; ``yearly`` per cent, nominal, discounts."""
    stays, growth = ONE - hazard / HUNDRED, ONE + yearly / HUNDRED / MONTHS
    with localcontext() as context:
        context.prec = 40
        return sum(
            (
                amount * stays**month / growth**month
                for month, amount in enumerate(amounts, 1)
            ),
            ZERO,
        )

"""The court's fee for a claim, from a table of brackets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .money import HUNDRED, ZERO


@dataclass(frozen=True, slots=True)
class Bracket:
    """Claims above ``above`` up to ``up_to`` (empty: without end) cost ``fixed`` and
    ``percent`` of the claim, in force from ``start`` to ``end`` (both included)."""

    above: Decimal
    up_to: Decimal | None
    fixed: Decimal = ZERO
    percent: Decimal = ZERO
    start: date | None = None
    end: date | None = None
    key: int = 0


def find(brackets: Iterable[Bracket], amount: Decimal, day: date) -> Bracket | None:
    """The bracket of a claim on a day; None where the table is silent."""
    for row in brackets:
        in_force = (not row.start or row.start <= day) and (
            not row.end or day <= row.end
        )
        if in_force and row.above < amount and (not row.up_to or amount <= row.up_to):
            return row
    return None


def fee(bracket: Bracket, amount: Decimal, digits: int = 2) -> Decimal:
    """The fee of that bracket, rounded to the currency.

    >>> fee(Bracket(Decimal(10000), None, percent=Decimal(5)), Decimal(12000))
    Decimal('600.00')
    """
    exact = bracket.fixed + amount * bracket.percent / HUNDRED
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)

"""Which money belongs to which promise: cash facts of covered items, capped to what
was agreed, laid on the oldest unpaid instalment.

Nothing here depends on the order in which payments were entered: facts are sorted by
their day, and only sums matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from .money import ZERO


@dataclass(frozen=True, slots=True)
class Fact:
    """Money (or a credit) that reduced one covered item on a day."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """A covered item: its open amount at signing and now, the part that is agreed, and
    what reduced it since. ``credits`` are reductions that are no payment."""

    covered: Decimal
    signed: Decimal
    residual: Decimal
    cash: tuple[Fact, ...] = ()
    credits: tuple[Fact, ...] = ()


def owed(item: Item) -> Decimal:
    """What of the agreed part is still to be paid in money altogether: credits lower
    the part that was not agreed first."""
    left = item.signed - sum((fact.amount for fact in item.credits), ZERO)
    return max(ZERO, min(item.covered, left))


def counted(item: Item) -> list[Fact]:
    """Its payments, oldest first, at most what is owed. Money of before the signing
    that was matched anew is none: it is more than the item shrank."""
    facts = sorted(item.cash, key=lambda fact: (fact.day, fact.amount))
    cash = sum((fact.amount for fact in facts), ZERO)
    credit = sum((fact.amount for fact in item.credits), ZERO)
    surplus = max(ZERO, cash + credit - max(ZERO, item.signed - item.residual))
    room, kept = owed(item), []
    for fact in facts:
        gone = min(surplus, fact.amount)
        surplus -= gone
        taken = min(room, fact.amount - gone)
        room -= taken
        if taken > ZERO:
            kept.append(Fact(fact.day, taken))
    return kept


def merge(facts: Iterable[Fact]) -> list[Fact]:
    """One fact a day, in order."""
    days: dict[date, Decimal] = {}
    for fact in facts:
        days[fact.day] = days.get(fact.day, ZERO) + fact.amount
    return [Fact(day, days[day]) for day in sorted(days)]


def lower_tail(amounts: Sequence[Decimal], by: Decimal) -> list[Decimal]:
    """A smaller debt needs fewer instalments: the last ones shrink first.

    >>> [int(a) for a in lower_tail([Decimal(5), Decimal(5), Decimal(5)], Decimal(7))]
    [5, 3, 0]
    """
    lowered = []
    for amount in reversed(amounts):
        cut = min(amount, max(ZERO, by))
        by -= cut
        lowered.append(amount - cut)
    return lowered[::-1]


def lay_on(amounts: Sequence[Decimal], money: Decimal) -> list[Decimal]:
    """What of each instalment is paid: the oldest first.

    >>> [int(paid) for paid in lay_on([Decimal(5), Decimal(5)], Decimal(7))]
    [5, 2]
    """
    before = [ZERO, *accumulate(amounts)]
    return [
        max(ZERO, min(amount, money - start))
        for amount, start in zip(amounts, before, strict=False)
    ]


def day_reached(facts: Iterable[Fact], amount: Decimal) -> date | None:
    """The day on which the money came to that sum; None if it never did."""
    total = ZERO
    for fact in merge(facts):
        total += fact.amount
        if total >= amount:
            return fact.day
    return None

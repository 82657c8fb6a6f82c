"""What came in on what was owed.

``opening`` is the overdue amount at the end of the day before the period, ``newly``
what became overdue in it, measured when it did."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from .result import ZERO, Note, Result, ratio, undefined

#: Days after the due date at which a cohort is looked at.
COHORT_DAYS = (30, 60, 90, 180, 365)
#: The span that stands for the cohort.
COHORT_VALUE = 90


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the overdue amount at the beginning to that at the end; ``other`` is what
    the movements do not explain: booked later, exchange differences, excluded since."""

    opening: Decimal
    newly: Decimal
    cash: Decimal
    credit: Decimal
    write_off: Decimal
    closing: Decimal

    @property
    def other(self) -> Decimal:
        """Closing less what the movements give."""
        moved = self.newly - self.cash - self.credit - self.write_off
        return self.closing - self.opening - moved

    def as_parts(self) -> dict[str, Decimal]:
        """All terms by name."""
        parts = {item.name: getattr(self, item.name) for item in fields(self)}
        return parts | {"other": self.other}


def overdue_reduction(bridge: Bridge) -> Result:
    """(Opening − closing) ÷ opening of the overdue amount, with its bridge."""
    gone = bridge.opening - bridge.closing
    return ratio(gone, bridge.opening, "no_overdue_before", parts=bridge.as_parts())


def recovered(cash: Decimal, after_write_off: Decimal = ZERO) -> Result:
    """Money on items that were overdue when it came; credit notes, write-offs and
    exchange differences are none. After a write-off it is shown apart."""
    return Result(cash, (), {"cash": cash, "after_write_off": after_write_off})


def cash_hit(received: Decimal, expected: Decimal) -> Result:
    """What came of the money that was expected when the period began ÷ that money;
    more than was expected of an item does not make up for another."""
    parts = {"received": received, "expected": expected}
    return ratio(received, expected, "nothing_expected", parts=parts)


def recovery_rate(
    cash: Decimal, opening: Decimal, newly: Decimal, after_write_off: Decimal = ZERO
) -> Result:
    """Money on overdue items ÷ (overdue at the beginning + newly overdue). What came on
    debts written off before is no part of it; it is shown apart."""
    parts = {
        "cash": cash,
        "opening": opening,
        "newly": newly,
        "after_write_off": after_write_off,
    }
    return ratio(cash, opening + newly, "no_overdue_in_period", parts=parts)


def cohort(placed: Mapping[int, Decimal], cash: Mapping[int, Decimal]) -> Result:
    """Of what became overdue in the period: per cent paid within 30, 60, 90, 180 and
    365 days after the due date, each of the items whose days are over. The value is
    that of :data:`COHORT_VALUE` days; spans that are over for no item are None.

    :param placed: by days, what became overdue of the items whose days are over
    :param cash: by days, money on those items within them

    >>> cohort({0: Decimal(120), 90: Decimal(50)}, {90: Decimal(40)}).value
    Decimal('80')
    """
    whole = placed.get(0, ZERO)
    parts: dict[str, object] = {"placed": whole}
    if whole <= 0:
        return undefined("no_overdue_in_period", parts)
    for days in COHORT_DAYS:
        found = ratio(cash.get(days, ZERO), placed.get(days, ZERO), "too_young")
        parts[f"days_{days}"] = found.value
    value = parts[f"days_{COHORT_VALUE}"]
    if value is None:
        return undefined("too_young", parts)
    return Result(value, (), parts)


def collection_efficiency(cash: Decimal, opening: Decimal, due: Decimal) -> Result:
    """Money on what was due ÷ (overdue at the beginning + fell due in the period)."""
    parts = {"cash": cash, "opening": opening, "due": due}
    return ratio(cash, opening + due, "nothing_due", parts=parts)


def cei(
    begin: Decimal, sales: Decimal, end: Decimal, current: Decimal, months: int = 1
) -> Result:
    """Collection effectiveness: (begin + sales − end) ÷ (begin + sales − current at the
    end) × 100.

    :param months: 1 takes the sales of the whole period; the monthly variant divides
        them by the months of the period

    >>> figures = [Decimal(n) for n in (6200, 10890, 6340, 3590)]
    >>> round(cei(*figures).value, 1), round(cei(*figures, months=3).value, 1)
    (Decimal('79.6'), Decimal('55.9'))
    """
    part = Decimal(sales) / months
    parts = {"begin": begin, "sales": part, "end": end, "current": current}
    return ratio(begin + part - end, begin + part - current, "nothing_due", parts=parts)


def not_recorded(name: str) -> Result:
    """The day is known from the ledger only: nobody froze this figure then."""
    return Result(None, (Note("not_recorded", {"name": name}),))

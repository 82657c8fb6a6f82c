"""Risk of a customer, 0 (none) to 100: a weighted average of visible components, each
on a fixed range. A component without data is left out of the average and never counts
as good; too few components give no score. It orders customers, it is no probability,
and it recommends: people decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

BANDS = ("A", "B", "C", "D", "E")
#: Lower ends of the bands B to E.
BORDERS = (20, 40, 60, 75)
#: Weight that must have data, per cent of all.
ENOUGH_PERCENT = 40
ZERO, HUNDRED = Decimal(0), Decimal(100)


class BordersError(ValueError):
    """The borders between the bands do not rise inside 0 to 100."""


@dataclass(frozen=True, slots=True)
class Component:
    """One ground of the score: ``low`` gives 0 points, ``high`` gives 100; between them
    in proportion. ``low`` above ``high`` means that more is better."""

    code: str
    weight: int
    low: Decimal
    high: Decimal

    def rate(self, value: Decimal) -> Decimal:
        """Points from 0 to 100.

        >>> Component("x", 1, Decimal(0), Decimal(40)).rate(Decimal(10))
        Decimal('25')
        >>> Component("x", 1, Decimal(24), Decimal(0)).rate(Decimal(30))
        Decimal('0')
        """
        low, high = self.low, self.high
        beyond = value >= high if high > low else value <= high
        if beyond:
            return HUNDRED
        below = value <= low if high > low else value >= low
        return ZERO if below else (value - low) * HUNDRED / (high - low)


def _component(code, weight, low, high):
    return Component(code, weight, Decimal(low), Decimal(high))


COMPONENTS = (
    _component("days_late", 20, 0, 45),
    _component("late_amount", 15, 0, 80),
    _component("trend", 10, 0, 20),
    _component("overdue", 15, 0, 60),
    _component("oldest", 10, 0, 90),
    _component("broken", 10, 0, 60),
    _component("returned", 5, 0, 3),
    _component("rejected", 5, 0, 3),
    _component("limit", 5, 60, 120),
    _component("months", 5, 24, 0),
    _component("external", 10, 0, 100),
)


class Part(NamedTuple):
    """A component as it counted: its value, points, and its share of the score."""

    code: str
    weight: int
    value: Decimal | None
    points: Decimal | None
    share: Decimal


@dataclass(frozen=True, slots=True)
class Assessment:
    """``score`` is None when too little is known; ``known`` is the per cent of the
    weight that has data."""

    score: Decimal | None
    known: Decimal
    parts: tuple[Part, ...]


def assess(
    facts: Mapping[str, Decimal | None], components: Sequence[Component] = COMPONENTS
) -> Assessment:
    """The score from what is known; the shares of the parts add up to it."""
    weight = whole = 0
    for component in components:
        whole += component.weight
        if facts.get(component.code) is not None:
            weight += component.weight
    share_known = weight * HUNDRED / whole
    parts = tuple(_part(c, facts.get(c.code), weight) for c in components)
    return Assessment(
        score=sum((part.share for part in parts), ZERO)
        if share_known >= ENOUGH_PERCENT
        else None,
        known=share_known,
        parts=parts,
    )


def _part(component, value, weight):
    if value is None:
        return _unknown(component.code, component.weight)
    points = component.rate(value)
    share = points * component.weight / weight if points else ZERO
    return Part(component.code, component.weight, value, points, share)


@cache
def _unknown(code, weight):
    """One for all customers of whom it is not known."""
    return Part(code, weight, None, None, ZERO)


def band(score: Decimal | None, borders: Sequence[int] = BORDERS) -> str | None:
    """The band of a score; A is the lowest risk.

    >>> band(Decimal(19)), band(Decimal(20)), band(Decimal(90)), band(None)
    ('A', 'B', 'E', None)
    """
    if score is None:
        return None
    return BANDS[sum(score >= border for border in borders)]


def check_borders(borders: Sequence[int]) -> None:
    """:raises BordersError: unless they rise strictly inside 0 to 100"""
    edges = (0, *borders, 100)
    if any(low >= high for low, high in zip(edges, edges[1:], strict=False)):
        raise BordersError(", ".join(map(str, borders)))


# ALERTS

#: Days beyond the customer's median that are unusual.
UNUSUAL_DAYS = 15
#: Change of the score since the last month that is sudden.
SUDDEN_POINTS = 15


def is_unusually_late(days: int, median: Decimal | None, settled: int) -> bool:
    """The oldest open item is later than this customer ever is."""
    usual = max(median or Decimal(0), Decimal(0))
    return settled >= 5 and days > usual + UNUSUAL_DAYS


def is_first_time_late(late: int, late_now: int, count: int) -> bool:
    """Always in time so far, and late now."""
    return count - late_now >= 5 and late_now > 0 and late == late_now


def is_sudden(score: Decimal | None, before: Decimal | None) -> bool:
    """Much riskier than a month ago."""
    return None not in (score, before) and score - before >= SUDDEN_POINTS

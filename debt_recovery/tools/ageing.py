"""Age of a debt in days and the bucket it belongs to.

Due today is not overdue (DESIGN 3): a line is overdue from the day after its due date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DEFAULT_BOUNDS = (30, 60, 90)


class AgeingBoundsError(ValueError):
    """The boundaries do not rise from a positive number of days."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One ageing column: from ``first`` to ``last`` days overdue, both included.

    ``first`` is None for what is not due yet, ``last`` is None for the oldest bucket.
    """

    code: str
    first: int | None
    last: int | None

    def holds(self, days: int) -> bool:
        """Whether a line that many days overdue belongs here."""
        return (self.first is None or days >= self.first) and (
            self.last is None or days <= self.last
        )


def days_overdue(due: date, today: date) -> int:
    """Days since the due date; zero on the due date, negative before it."""
    return (today - due).days


def is_overdue(due: date, today: date) -> bool:
    """Whether the due date has passed."""
    return days_overdue(due, today) > 0


def buckets(bounds: Sequence[int] = DEFAULT_BOUNDS) -> tuple[Bucket, ...]:
    """All columns in order: not due, the bounded ones, and everything older.

    ``bounds`` are the last days of the bounded columns. Raises
    :class:`AgeingBoundsError` unless they rise strictly from one day or more.

    >>> [column.code for column in buckets()]
    ['not_due', '1_30', '31_60', '61_90', 'over_90']
    """
    edges = (0, *bounds)
    pairs = list(pairwise(edges))
    if any(low >= high for low, high in pairs):
        raise AgeingBoundsError(
            "Ageing boundaries must be positive numbers of days in rising order, "
            f"not {', '.join(map(str, bounds))}."
        )
    middle = (Bucket(f"{low + 1}_{high}", low + 1, high) for low, high in pairs)
    oldest = Bucket(f"over_{edges[-1]}", edges[-1] + 1, None)
    return (Bucket("not_due", None, 0), *middle, oldest)


def bucket(days: int, bounds: Sequence[int] = DEFAULT_BOUNDS) -> Bucket:
    """The column of a line that many days overdue.

    >>> bucket(0).code, bucket(1).code, bucket(91).code
    ('not_due', '1_30', 'over_90')
    """
    return next(column for column in buckets(bounds) if column.holds(days))

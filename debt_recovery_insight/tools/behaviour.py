"""How a customer pays: lateness beyond grace, its average, trend and median, and the
share of late invoices drawn towards the book's where the history is short.

An item is *matured* when its outcome is known: settled, or unpaid beyond due date and
grace. Days are calendar days after the due date, rolled to the next working day; paid
early is negative.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

#: Invoices of the book that speak for a customer who has none yet.
PRIOR = 5
#: Fewer invoices prove nothing.
ENOUGH = 5
#: Settled invoices the median looks at.
LATEST = 24
#: The trend compares the last three months with the nine before.
RECENT_DAYS, BEFORE_DAYS = 91, 365


@dataclass(frozen=True, slots=True)
class Item:
    """One invoice that has fallen due: its rolled due date, amount and, when it is paid
    in full, the day of the last money."""

    id: int
    due: date
    amount: Decimal
    settled: date | None = None

    def days_late(self, today: date) -> int:
        """Days after the due date; those so far while it is unpaid."""
        return ((self.settled or today) - self.due).days

    def is_matured(self, today: date, grace: int) -> bool:
        """Whether it is known to be late or not."""
        return bool(self.settled) or self.days_late(today) > grace


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The figures of one customer; None where nothing can be said."""

    count: int = 0
    late: int = 0
    average: Decimal | None = None
    recent: Decimal | None = None
    before: Decimal | None = None
    median: Decimal | None = None
    settled: int = 0

    @property
    def trend(self) -> Decimal | None:
        """Days later than before; negative is better."""
        if self.recent is None or self.before is None:
            return None
        return self.recent - self.before


def measure(items: Iterable[Item], today: date, grace: int) -> Behaviour:
    """Behaviour on a day, from what was known then."""
    known = [item for item in items if item.is_matured(today, grace)]
    edge, start = (today - timedelta(days=days) for days in (RECENT_DAYS, BEFORE_DAYS))
    return Behaviour(
        count=len(known),
        late=sum(item.days_late(today) > grace for item in known),
        average=weighted_days(known, today),
        recent=weighted_days([i for i in known if i.due >= edge], today),
        before=weighted_days([i for i in known if start <= i.due < edge], today),
        median=median_days(known),
        settled=sum(bool(item.settled) for item in known),
    )


def weighted_days(items: Sequence[Item], today: date) -> Decimal | None:
    """Average days late, every invoice counting with its amount."""
    total = sum((item.amount for item in items), Decimal(0))
    if not total:
        return None
    return sum(item.days_late(today) * item.amount for item in items) / total


def median_days(items: Iterable[Item]) -> Decimal | None:
    """Median days late of the latest settled invoices."""
    settled = sorted((i for i in items if i.settled), key=lambda i: (i.due, i.id))
    days = [Decimal((i.settled - i.due).days) for i in settled[-LATEST:]]
    return median(days) if days else None


def late_probability(late: int, count: int, book_share: Decimal) -> Decimal:
    """Probability that the next invoice is late: the customer's own share, drawn
    towards the book's as if :data:`PRIOR` invoices of the book were its own.

    >>> late_probability(0, 0, Decimal("0.4")), late_probability(5, 5, Decimal("0.4"))
    (Decimal('0.4'), Decimal('0.7'))
    """
    return (late + PRIOR * book_share) / (count + PRIOR)


def expected_date(due: date, own: Decimal | None, book: Decimal | None) -> date:
    """Day on which an item is usually paid: its rolled due date and the customer's
    median days late, else the book's, else the due date."""
    days = own if own is not None else book
    return due + timedelta(days=round(days or 0))

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """A question about key figures: whose, from when to when (both included), for which
    customers (``asked``: those somebody chose, without those of the officers). What was
    read once is kept for the next figure of the same question."""

    company: object
    date_from: date
    date_to: date
    today: date
    partner_ids: tuple[int, ...] | None = None
    user_ids: tuple[int, ...] | None = None
    asked: tuple[int, ...] | None = None
    known: dict = field(default_factory=dict, hash=False, compare=False)

    @property
    def begin(self) -> date:
        """The day before: its evening is where the period begins."""
        return self.date_from - timedelta(days=1)

    @property
    def days(self) -> int:
        """Calendar days of the period."""
        return (self.date_to - self.date_from).days + 1

    def once(self, key, read: Callable):
        """The value of ``read``, asked only the first time."""
        if key not in self.known:
            self.known[key] = read()
        return self.known[key]

"""Reference rates by period. A day without a rate is an error, never a guess: rates of
the past say nothing about the next half-year."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Percent a year from the first to the last day, both included."""

    date_from: date
    date_to: date
    percent: Decimal


class MissingRateError(ValueError):
    """No rate is known for a day; ``day`` says which."""

    def __init__(self, name: str, day: date):
        super().__init__(f"No rate of {name} for {day.isoformat()}.")
        self.name = name
        self.day = day


class RateTable:
    """The rates of one reference, ascending and without overlap.

    :raises ValueError: when two periods share a day or one ends before it starts
    """

    def __init__(self, name: str, rates: Iterable[Rate]):
        self.name = name
        self.rates = tuple(sorted(rates))
        self._starts = [rate.date_from for rate in self.rates]
        for rate in self.rates:
            if rate.date_to < rate.date_from:
                raise ValueError(f"A period of {name} ends before it starts.")
        for rate, following in zip(self.rates, self.rates[1:], strict=False):
            if following.date_from <= rate.date_to:
                raise ValueError(f"Two periods of {name} share {following.date_from}.")

    def on(self, day: date) -> Decimal:
        """Percent a year on that day.

        :raises MissingRateError: when no period covers the day
        """
        position = bisect_right(self._starts, day) - 1
        if position < 0 or self.rates[position].date_to < day:
            raise MissingRateError(self.name, day)
        return self.rates[position].percent

    def changes(self, start: date, end: date) -> list[date]:
        """Days after ``start`` up to ``end`` on which a period begins, or the first day
        without a rate."""
        ends = [rate.date_to for rate in self.rates if rate.date_to < end]
        days = {*self._starts, *(day + ONE_DAY for day in ends)}
        return sorted(day for day in days if start < day <= end)


def constant(percent: Decimal, name: str = "contract") -> RateTable:
    """A rate that never changes."""
    return RateTable(name, [Rate(date.min, date.max, percent)])

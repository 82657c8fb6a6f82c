"""When a report is due and which days it speaks of.

A rhythm names working days of a period: the first of the week, the second of the month,
the last five of the month (-5 to -1). The caller brings the company's calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
EVERY = ("day", "week", *MONTHS)
PERIODS = (
    *("today", "yesterday", "last_week", "month"),
    *("last_month", "last_quarter", "last_half", "last_year"),
)
#: Periods without a working day are passed over, but not for ever.
TRIES = 24


class RhythmError(ValueError):
    """The rhythm names no day that could come."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From the ``first`` to the ``last`` working day of every period; negative numbers
    count from its end. A short period ends with its last working day."""

    every: str
    first: int = 1
    last: int | None = None

    def __post_init__(self):
        end = self.first if self.last is None else self.last
        if not self.first or not end or (self.first > 0) != (end > 0):
            raise RhythmError("both ends count from the same end, beginning with 1")
        if end < self.first or self.every not in EVERY:
            raise RhythmError("the last day lies before the first")

    def days(self, period_start: date, calendar) -> list[date]:
        """The days of the rhythm in the period that begins on that day."""
        worked = working_days(period_start, end_of(self.every, period_start), calendar)
        if not worked:
            return []
        end = self.first if self.last is None else self.last
        wanted = (_index(number, len(worked)) for number in range(self.first, end + 1))
        return sorted({worked[index] for index in wanted})


def _index(number: int, count: int) -> int:
    """Position of the n-th of so many, the outermost if there are fewer.

    >>> [_index(number, 5) for number in (1, 2, 9, -1, -5, -9)]
    [0, 1, 4, 4, 0, 0]
    """
    index = number - 1 if number > 0 else count + number
    return min(max(index, 0), count - 1)


def working_days(start: date, end: date, calendar) -> list[date]:
    """Worked days between two days, both included."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if calendar.is_working(day)]


def start_of(every: str, day: date) -> date:
    """First day of the period that the day lies in; weeks begin on Monday.

    >>> start_of("week", date(2026, 5, 3)), start_of("half", date(2026, 9, 9))
    (datetime.date(2026, 4, 27), datetime.date(2026, 7, 1))
    """
    if every == "day":
        return day
    if every == "week":
        return day - timedelta(days=day.weekday())
    size = MONTHS[every]
    return day.replace(month=(day.month - 1) // size * size + 1, day=1)


def end_of(every: str, start: date) -> date:
    """Last day of the period that begins on that day.

    >>> end_of("month", date(2028, 2, 1)), end_of("week", date(2026, 4, 27))
    (datetime.date(2028, 2, 29), datetime.date(2026, 5, 3))
    """
    if every in MONTHS:
        return start + relativedelta(months=MONTHS[every]) - ONE_DAY
    return start + timedelta(days=6 if every == "week" else 0)


def next_days(rhythm: Rhythm, start: date, calendar) -> Iterator[date]:
    """Days of the rhythm from that day on, that day included, without end."""
    begin, empty = start_of(rhythm.every, start), 0
    while empty < TRIES:
        days = [day for day in rhythm.days(begin, calendar) if day >= start]
        empty = 0 if days else empty + 1
        yield from days
        begin = end_of(rhythm.every, begin) + ONE_DAY


def next_moment(
    rhythm: Rhythm, hour: float, zone: tzinfo, after: datetime, calendar
) -> datetime:
    """The first moment of the rhythm after that one, both in UTC without zone.

    An hour that the clock leaves out in spring is taken an hour later, one that comes
    twice in autumn the first time.

    :raises RhythmError: when no day of the rhythm comes
    """
    local = after.replace(tzinfo=timezone.utc).astimezone(zone).date()
    for day in next_days(rhythm, local, calendar):
        moment = utc_moment(day, hour, zone)
        if moment > after:
            return moment
    raise RhythmError("no day of the rhythm is a working day")


def utc_moment(day: date, hour: float, zone: tzinfo) -> datetime:
    """That hour of the day in the zone, as UTC without zone.

    >>> utc_moment(date(2026, 5, 4), 7.5, timezone.utc)
    datetime.datetime(2026, 5, 4, 7, 30)
    """
    minutes = min(max(round(hour * 60), 0), 24 * 60 - 1)
    local = datetime.combine(day, time(*divmod(minutes, 60)), zone)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def period_days(code: str, today: date, calendar) -> tuple[date, date]:
    """First and last day of a usual period.

    ``yesterday`` reaches back to the working day before, so that a Monday tells of
    Friday and the weekend.
    """
    if code == "today":
        return today, today
    if code == "yesterday":
        return calendar.add_working_days(today, -1), today - ONE_DAY
    if code == "month":
        return today.replace(day=1), today
    every = code.removeprefix("last_")
    end = start_of(every, today) - ONE_DAY
    return start_of(every, end), end

"""The next day on which a customer pays.

Customers pay on weekdays ("Tuesdays and Fridays") or on days of the month ("10th, 25th
and last"). An invoice must be approved some days before the run. Runs on a free day
take place on the next working day.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from .calendars import WorkCalendar, next_working

LAST_DAY = 31
#: Within these days every rule has a run.
HORIZON = 70


def parse_month_days(text: str) -> tuple[int, ...]:
    """Days of the month a person wrote down; "last" is 31, which means the last day.

    >>> parse_month_days("10, 25 and last")
    (10, 25, 31)

    Raises :class:`ValueError` with the piece that is no day of a month.
    """
    days = set()
    for piece in re.findall(r"\w+", text or ""):
        word = piece.lower().rstrip(".")
        word = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word)
        if word in ("and", "last"):
            days |= {LAST_DAY} if word == "last" else set()
        elif word.isdecimal() and 1 <= int(word) <= LAST_DAY:
            days.add(int(word))
        else:
            raise ValueError(piece)
    return tuple(sorted(days))


def is_run_day(
    day: date, weekdays: Iterable[int] = (), month_days: Iterable[int] = ()
) -> bool:
    """Whether the rule names that day; Monday is 0."""
    last = monthrange(day.year, day.month)[1]
    return day.weekday() in set(weekdays) or any(
        day.day == min(wanted, last) for wanted in month_days
    )


def next_payment_run(
    today: date,
    weekdays: Iterable[int] = (),
    month_days: Iterable[int] = (),
    lead_days: int = 0,
    calendar: WorkCalendar | None = None,
) -> date | None:
    """First day of payment an invoice approved today can still make.

    :param lead_days: calendar days an invoice must be approved before the run
    :return: None where no rule is known
    """
    weekdays, month_days = frozenset(weekdays), frozenset(month_days)
    if not weekdays and not month_days:
        return None
    earliest = today + timedelta(days=max(lead_days, 0))
    for offset in range(HORIZON):
        day = earliest + timedelta(days=offset)
        if is_run_day(day, weekdays, month_days):
            return next_working(calendar, day)
    return None

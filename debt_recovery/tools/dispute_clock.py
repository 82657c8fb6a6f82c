"""When the person who owes an answer is reminded, and when somebody else takes over.

Half of the time and the whole of it remind; half as much again hands the matter to the
escalation. The dates fall on working days, so nobody is reminded on a Sunday.
"""

from datetime import date, timedelta

from .calendars import WorkCalendar, next_working

#: Shares of the time to answer, in percent: remind, remind, hand over.
HALF, FULL, OVER = 50, 100, 150


def marks(opened: date, due: date, calendar: WorkCalendar | None = None):
    """``{percent: day}`` for a question of ``opened``, to be answered by ``due``.

    >>> marks(date(2025, 3, 3), date(2025, 3, 7))[50]
    datetime.date(2025, 3, 5)
    """
    half = timedelta(days=-(-max((due - opened).days, 0) // 2))
    return {
        HALF: next_working(calendar, opened + half),
        FULL: due,
        OVER: next_working(calendar, due + max(half, timedelta(days=1))),
    }


def reached(
    opened: date, due: date, today: date, calendar: WorkCalendar | None = None
) -> int:
    """The highest mark that today has reached or passed; 0 before the first."""
    days = marks(opened, due, calendar)
    return max((percent for percent, day in days.items() if day <= today), default=0)

"""When a procedural period ends, and which stage follows which."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .calendars import WorkCalendar, next_working

DAYS, WORKING, MONTHS = "days", "working", "months"


def period_end(
    start: date,
    number: int,
    unit: str = DAYS,
    calendar: WorkCalendar | None = None,
    roll: bool = True,
) -> date:
    """The last day of a period; the day of the event itself does not count.

    :param roll: a period that ends on a day off ends on the next working day
    """
    if unit == WORKING and calendar:
        return calendar.add_working_days(start, number)
    step = relativedelta(months=number) if unit == MONTHS else timedelta(days=number)
    end = start + step
    return next_working(calendar, end) if roll else end


def further(order: Sequence[str], current: str, reached: str) -> str:
    """The later of two stages in the order of the table; what is not in the table
    moves nothing, so that nobody goes back by an event told late.

    >>> further(["filed", "served", "judgment"], "served", "filed")
    'served'
    """
    if reached not in order:
        return current
    if current not in order:
        return reached
    return max((current, reached), key=order.index)

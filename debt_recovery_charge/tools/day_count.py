"""Day counts: which part of a year lies between two days.

The first day does not count, the last one does, as in statutory interest: from the day
after the due date up to and including the day of payment. Results are fractions, so
that a period cut in two gives exactly the same as the whole.
"""

import calendar
from datetime import date
from fractions import Fraction

ACT_365, ACT_360, ACT_ACT = "act/365", "act/360", "act/act"
US_30_360, EURO_30_360 = "30/360", "30e/360"
CONVENTIONS = (ACT_365, ACT_360, ACT_ACT, US_30_360, EURO_30_360)


def year_part(convention: str, start: date, end: date) -> Fraction:
    """The part of a year from ``start`` (not counted) to ``end`` (counted).

    :raises ValueError: for an unknown convention

    >>> year_part("act/365", date(2026, 1, 31), date(2026, 3, 17))
    Fraction(9, 73)
    """
    if convention == ACT_365:
        return Fraction((end - start).days, 365)
    if convention == ACT_360:
        return Fraction((end - start).days, 360)
    if convention == ACT_ACT:
        return _act_act(start, end)
    if convention == US_30_360:
        return Fraction(_days_us(start, end), 360)
    if convention == EURO_30_360:
        return Fraction(_day_number(end) - _day_number(start), 360)
    raise ValueError(f"Unknown day count {convention!r}.")


def _act_act(start, end):
    """Each day is one 365th or, in a leap year, one 366th (ISDA)."""
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        first = max(start, date(year - 1, 12, 31))
        last = min(end, date(year, 12, 31))
        total += Fraction((last - first).days, 366 if calendar.isleap(year) else 365)
    return total


def _day_number(day):
    """Every month has thirty days."""
    return day.year * 360 + day.month * 30 + min(day.day, 30)


def _days_us(start, end):
    """Bond basis: the 31st of the end counts unless the period began on a 30th."""
    late = end.day == 31 and start.day < 30
    return _day_number(end) - _day_number(start) + late

"""Which days of an earlier period compare with those of a running one."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def same_working_day(first: date, last: date, months: int) -> tuple[date, date]:
    """The period so many months before ``first``, until the day on which as many
    weekdays had passed as between ``first`` and ``last``; never into ``first``.

    >>> same_working_day(date(2025, 3, 1), date(2025, 3, 14), 1)
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 14))
    >>> same_working_day(date(2025, 3, 1), date(2025, 3, 31), 1)
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    begin = first - relativedelta(months=months)
    end = first - timedelta(days=1)
    wanted = weekdays(first, last)
    day = begin
    while day < end and weekdays(begin, day) < wanted:
        day += timedelta(days=1)
    return begin, day


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period before: as many months where whole months are asked, else as many
    days.

    >>> period_before(date(2025, 3, 1), date(2025, 3, 31))
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    >>> period_before(date(2025, 3, 1), date(2025, 3, 14))
    (datetime.date(2025, 2, 15), datetime.date(2025, 2, 28))
    """
    end = first - timedelta(days=1)
    after = last + timedelta(days=1)
    if first.day == after.day == 1:
        delta = relativedelta(after, first)
        return first - relativedelta(months=12 * delta.years + delta.months), end
    return end - (last - first), end


def weekdays(first: date, last: date) -> int:
    """Mondays to Fridays, both days included.

    >>> weekdays(date(2025, 3, 1), date(2025, 3, 10))
    6
    """
    whole, rest = divmod((last - first).days + 1, 7)
    return 5 * whole + sum(
        (first + timedelta(days=n)).weekday() < 5 for n in range(rest)
    )

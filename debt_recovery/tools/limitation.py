"""When a claim becomes time-barred."""

from datetime import date

from dateutil.relativedelta import relativedelta


def last_day(
    start: date, years: int, end_of_year: bool = False, restart: date | None = None
) -> date:
    """The last day on which the claim may still be sued for.

    :param start: day the claim fell due
    :param end_of_year: the period begins with the end of that year (DE BGB 199)
    :param restart: day of a part payment or acknowledgement, which begins a whole new
        period at once (DE BGB 212), unless the old one was over by then
    """
    begins = date(start.year, 12, 31) if end_of_year else start
    over = begins + relativedelta(years=years)
    if restart is None or restart > over:
        return over
    return restart + relativedelta(years=years)

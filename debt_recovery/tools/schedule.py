"""Instalments of an agreement: what is due when, to the cent.

Formulas and worked cases: compliance 7. Amounts are exact ``Decimal`` in one currency;
every schedule sums to what is owed plus interest and fees, rises in time and has no
empty instalment, or it is refused with a coded reason.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal, localcontext

from .calendars import NoWorkingDayError, WorkCalendar
from .money import HUNDRED, ZERO, to_decimal
from .results import Reason, reason

ONE = Decimal(1)
YEAR = Decimal(365)
#: Days of a rhythm that counts in days.
STEPS = {"weekly": 7, "fortnightly": 14}
PERIODS = {"weekly": Decimal(52), "fortnightly": Decimal(26)}
MONTHS = Decimal(12)


class ScheduleError(ValueError):
    """No schedule fits; ``reason`` says why, in code and values."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.reason = why


@dataclass(frozen=True, slots=True)
class Row:
    """One instalment; ``interest`` holds fees, too. Number 0 is the down payment."""

    number: int
    due: date
    amount: Decimal
    interest: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed about paying ``total``.

    ``first`` is the first date; monthly dates keep its day of the month. ``interest``
    is ``none``, ``fixed`` (``charge`` is spread over the instalments), ``annuity``
    (``rate`` per cent a year, a period's part of it) or ``dated`` (equal principal,
    interest by days of 365 from ``start`` on). ``last`` is what stays for the end.
    ``discount`` is given up when all the rest is paid. ``dates`` are those of the
    rhythm ``custom``.
    """

    total: Decimal
    digits: int
    number: int
    first: date
    rhythm: str = "monthly"
    month_end: bool = False
    dates: tuple[date, ...] = ()
    working_day: str = "none"
    start: date | None = None
    down_payment: Decimal = ZERO
    last: Decimal = ZERO
    discount: Decimal = ZERO
    interest: str = "none"
    rate: Decimal = ZERO
    charge: Decimal = ZERO

    @property
    def principal(self) -> Decimal:
        """What of the debt the instalments pay."""
        return self.total - self.discount - self.down_payment


def build(terms: Terms, calendar: WorkCalendar | None = None) -> tuple[Row, ...]:
    """All instalments, the down payment first; :class:`ScheduleError` if none fits."""
    check(terms)
    days = due_dates(
        terms.first, terms.number, terms.rhythm, terms.month_end, terms.dates
    )
    days = move_dates(days, terms.working_day, calendar)
    parts = _PARTS[terms.interest](terms, terms.principal, days)
    rows = [
        Row(number, day, amount, interest)
        for number, (day, (amount, interest)) in enumerate(
            zip(days, parts, strict=True), 1
        )
    ]
    if terms.down_payment:
        rows.insert(0, Row(0, terms.start or days[0], terms.down_payment))
    _check_rows(rows)
    return tuple(rows)


def check(terms: Terms) -> None:
    """Refuse what cannot be a schedule before anything is calculated."""
    wrong = (
        (terms.number < 1, "no_instalment"),
        (terms.total <= ZERO, "no_amount"),
        (
            terms.rhythm == "custom" and len(terms.dates) != terms.number,
            "dates_missing",
        ),
        (terms.down_payment < ZERO or terms.charge < ZERO, "negative"),
        (terms.last < ZERO or terms.rate < ZERO, "negative"),
        (terms.discount < ZERO, "negative"),
        (terms.discount >= terms.total, "discount_too_large"),
        (terms.principal <= ZERO, "down_payment_too_large"),
        (terms.last and terms.number < 2, "last_needs_two"),
        (terms.last >= terms.principal, "last_too_large"),
    )
    for bad, code in wrong:
        if bad:
            raise ScheduleError(reason(code, total=terms.total, number=terms.number))


def _check_rows(rows: list[Row]) -> None:
    for row in rows:
        if row.amount <= ZERO:
            raise ScheduleError(reason("zero_instalment", number=row.number))
        if row.amount - row.interest <= ZERO:
            raise ScheduleError(
                reason("below_interest", number=row.number, interest=row.interest)
            )
    for former, row in zip(rows, rows[1:], strict=False):
        if row.due <= former.due and former.number:
            raise ScheduleError(reason("dates_not_rising", date=row.due))
        if row.due < former.due:
            raise ScheduleError(reason("down_payment_after_first", date=former.due))


# AMOUNTS


def equal(
    total: Decimal, number: int, digits: int, last: Decimal = ZERO
) -> list[Decimal]:
    """Equal parts rounded down; the last takes the rest, so none is ever negative.

    >>> [str(part) for part in equal(Decimal("1000.00"), 3, 2)]
    ['333.33', '333.33', '333.34']
    """
    count = number - 1 if last else number
    unit = Decimal(1).scaleb(-digits)
    part = ((total - last) / count).quantize(unit, ROUND_DOWN)
    return [part] * (number - 1) + [total - part * (number - 1)]


def annuity_payment(
    principal: Decimal, rate: Decimal, number: int, last: Decimal = ZERO
) -> Decimal:
    """The even payment that clears ``principal``, not rounded; ``rate`` per period as
    a fraction. With ``last`` the final payment is that, the others are even."""
    if not rate:
        return (principal - last) / (number - 1 if last else number)
    with localcontext() as context:
        context.prec = 40
        back = ONE / (ONE + rate)
        count = number - 1 if last else number
        return +((principal - last * back**number) * rate / (ONE - back**count))


def number_for(principal: Decimal, affordable: Decimal, rate: Decimal = ZERO) -> int:
    """How many payments of what the debtor can afford clear the debt.

    ``rate`` is the interest of a period as a fraction. Raises
    :class:`ScheduleError` where the payment does not even cover the interest.
    """
    if affordable <= ZERO:
        raise ScheduleError(reason("no_amount", total=affordable, number=0))
    if not rate:
        return int((principal / affordable).to_integral_value(ROUND_CEILING))
    if affordable <= principal * rate:
        raise ScheduleError(
            reason("below_interest", number=1, interest=principal * rate)
        )
    with localcontext() as context:
        context.prec = 40
        exact = -(ONE - principal * rate / affordable).ln() / (ONE + rate).ln()
        return int(exact.quantize(Decimal("1e-12")).to_integral_value(ROUND_CEILING))


def period_rate(rate: Decimal, rhythm: str) -> Decimal:
    """The part of a yearly percentage that belongs to one period, as a fraction."""
    return rate / HUNDRED / PERIODS.get(rhythm, MONTHS)


def _parts_even(terms, principal, days):
    """Equal amounts; a fixed charge is spread so that it never exceeds its row."""
    amounts = equal(principal + terms.charge, len(days), terms.digits, terms.last)
    spread = equal(terms.charge, len(days), terms.digits)
    return list(zip(amounts, spread, strict=True))


def _parts_annuity(terms, principal, days):
    rate = period_rate(terms.rate, terms.rhythm)
    unit = Decimal(1).scaleb(-terms.digits)
    even = annuity_payment(principal, rate, len(days), terms.last)
    even = even.quantize(unit, ROUND_DOWN)
    spread = equal(terms.charge, len(days), terms.digits)
    parts, balance = [], principal
    for number, charge in enumerate(spread, 1):
        interest = to_decimal(balance * rate, terms.digits)
        amount = even if number < len(days) else balance + interest
        balance -= amount - interest
        parts.append((amount + charge, interest + charge))
    return parts


def _parts_dated(terms, principal, days):
    slices = equal(principal, len(days), terms.digits, terms.last)
    spread = equal(terms.charge, len(days), terms.digits)
    parts, balance, former = [], principal, terms.start or terms.first
    for day, part, charge in zip(days, slices, spread, strict=True):
        share = Decimal((day - former).days) / YEAR
        interest = to_decimal(balance * terms.rate / HUNDRED * share, terms.digits)
        parts.append((part + interest + charge, interest + charge))
        balance, former = balance - part, day
    return parts


_PARTS = {
    "none": _parts_even,
    "fixed": _parts_even,
    "annuity": _parts_annuity,
    "dated": _parts_dated,
}


# DATES


def due_dates(
    anchor: date,
    number: int,
    rhythm: str = "monthly",
    month_end: bool = False,
    dates: tuple[date, ...] = (),
    after: int = 0,
) -> list[date]:
    """Dates of a rhythm, always reckoned from the anchor, never from each other; with
    ``after=1`` the first is one period behind it. Monthly keeps the day of the month
    and is cut to its end.

    >>> due_dates(date(2026, 1, 31), 3)[1:]
    [datetime.date(2026, 2, 28), datetime.date(2026, 3, 31)]
    """
    if rhythm == "custom":
        return list(dates)
    counts = range(after, after + number)
    if rhythm in STEPS:
        return [anchor + timedelta(days=STEPS[rhythm] * k) for k in counts]
    return [_month_later(anchor, k, month_end) for k in counts]


def _month_later(anchor: date, count: int, month_end: bool) -> date:
    index = anchor.year * 12 + anchor.month - 1 + count
    year, month = divmod(index, 12)
    end = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, end if month_end else min(anchor.day, end))


def months_between(start: date, end: date) -> int:
    """Months from one day to another, a begun one counts.

    >>> months_between(date(2026, 1, 31), date(2026, 3, 1))
    2
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months + (_month_later(start, months, False) < end))


def move_dates(
    days: list[date], rule: str, calendar: WorkCalendar | None
) -> list[date]:
    """Dates that fall on a free day: kept (``none``), on the next working day
    (``following``), or before it where that would leave the month (``modified``)."""
    if rule == "none" or calendar is None:
        return days
    return [_move(day, rule, calendar) for day in days]


def _move(day: date, rule: str, calendar: WorkCalendar) -> date:
    try:
        moved = calendar.next_working(day)
    except NoWorkingDayError as error:
        raise ScheduleError(reason("no_working_day")) from error
    if rule == "modified" and moved.month != day.month:
        return calendar.add_working_days(day, -1)
    return moved

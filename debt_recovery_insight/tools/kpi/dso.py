"""Days sales outstanding in its three methods, the best possible, and the difference.

``sales`` is net credit invoicing including tax, less credit notes; ``receivables`` the
balance of the trade receivable accounts on the last day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .result import Note, Result, ratio, undefined

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Month:
    """One month's net sales; ``days`` are the calendar days it counts with."""

    label: str
    sales: Decimal
    days: int


def balance(receivables: Decimal, sales: Decimal, days: int) -> Result:
    """Receivables ÷ sales of the period × its days."""
    parts = {"receivables": receivables, "sales": sales, "days": days}
    return ratio(receivables, sales, "no_sales", days, parts)


def countback(receivables: Decimal, months: Sequence[Month]) -> Result:
    """Days of the latest sales that the receivables use up, month by month back. A
    month without positive sales ends the count with a caution.

    >>> months = [Month("m", Decimal(s), 30) for s in (100, 80, 70)]
    >>> round(countback(Decimal(212), months).value, 1)
    Decimal('73.7')
    """
    left, days = receivables, ZERO
    parts = {"receivables": receivables}
    if left <= 0:
        return undefined("no_receivables", parts)
    if not months or months[0].sales <= 0 and len(months) == 1:
        return undefined("no_sales", parts)
    for month in months:
        if month.sales <= 0:
            return _stopped(days, month.label, {**parts, "left": left})
        if left < month.sales:
            return Result(days + left / month.sales * month.days, (), parts)
        left -= month.sales
        days += month.days
    return _stopped(days, months[-1].label, {**parts, "left": left})


def _stopped(days: Decimal, label: str, parts: dict) -> Result:
    note = Note("countback_stopped", {"month": label, "left": parts["left"]})
    return Result(days if days else None, (note,), parts)


def per_invoice(
    items: Iterable[tuple[str, int, Decimal]], sales: dict[str, Decimal]
) -> Result:
    """Σ over open invoices: age × open amount ÷ net sales of the month of issue.

    :param items: (month of issue, days since the invoice date, open amount)
    """
    total = whole = ZERO
    for month, days, amount in items:
        if sales.get(month, ZERO) <= 0:
            return undefined("month_without_sales", month=month)
        total += days * amount / sales[month]
        whole += amount
    if not whole:
        return undefined("no_receivables")
    return Result(total, (), {"total": whole})


def best_possible(not_due: Decimal, sales: Decimal, days: int) -> Result:
    """What is not past due ÷ sales × days."""
    parts = {"not_due": not_due, "sales": sales, "days": days}
    return ratio(not_due, sales, "no_sales", days, parts)


def delinquent_days(dso: Result, best: Result) -> Result:
    """DSO less best possible DSO, both by the balance method."""
    if dso.value is None or best.value is None:
        return Result(None, dso.notes or best.notes, dso.parts)
    parts = {"dso": dso.value, "best": best.value}
    return Result(dso.value - best.value, (), parts)

"""When tax on a bad debt may be claimed back, and what of it is repaid when money comes
after all (compliance 8.3). What a country asks is data; this only counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta

ZERO = Decimal(0)

#: From which day the waiting time runs.
STARTS = ("later", "due", "supply", "written_off")


@dataclass(frozen=True, slots=True)
class ReliefRule:
    """How long to wait, and how long it may be claimed; both from ``start``, zero
    months of deadline is no deadline."""

    start: str = "later"
    months: int = 0
    days: int = 0
    deadline_months: int = 0
    minimum: Decimal = ZERO
    after_write_off: bool = True


@dataclass(frozen=True, slots=True)
class Relief:
    """First and last day of a claim; no last day where the law names none."""

    first: date
    last: date | None


def relief_dates(rule: ReliefRule, supply: date, due: date, written: date) -> Relief:
    """From when to when the tax of an invoice may be claimed.

    >>> uk = ReliefRule("later", months=6, deadline_months=54)
    >>> relief_dates(uk, date(2025, 1, 10), date(2025, 2, 9), date(2025, 3, 3)).first
    datetime.date(2025, 8, 9)
    """
    begins = {
        "later": max(supply, due),
        "due": due,
        "supply": supply,
        "written_off": written,
    }[rule.start]
    first = begins + relativedelta(months=rule.months) + timedelta(days=rule.days)
    if rule.after_write_off:
        first = max(first, written)
    months = rule.deadline_months
    return Relief(first, begins + relativedelta(months=months) if months else None)


def relief_state(relief: Relief, claimed: bool, today: date) -> str:
    """``waiting``, ``open``, ``late`` or ``claimed``."""
    if claimed:
        return "claimed"
    if today < relief.first:
        return "waiting"
    return "late" if relief.last and today > relief.last else "open"


def tax_of_receipt(
    received: Decimal, gross: Decimal, tax: Decimal, digits: int
) -> Decimal:
    """The tax inside money that came after the write-off: the share the written-off
    tax has in the claim, never more than that tax.

    >>> tax_of_receipt(Decimal(360), Decimal(1200), Decimal(200), 2)
    Decimal('60.00')
    """
    if not gross:
        return ZERO
    share = received * tax / gross
    return min(tax, share.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))

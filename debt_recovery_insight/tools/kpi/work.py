"""What the work brought: promises, plans, contacts, disputes, turnaround, records."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import mean, median

from .result import Note, Result, ratio, undefined


def promise_kept(kept: Decimal, judged: Decimal, left_out: int = 0) -> Result:
    """Kept (in time or late) ÷ judged in the period; by count or by value. Withdrawn
    and replaced promises are left out and counted apart. By value a promise counts
    with what was paid within its window, at most the promised sum."""
    parts = {"kept": kept, "judged": judged, "left_out": left_out}
    return ratio(kept, judged, "no_promises", parts=parts)


def plan_adherence(in_grace: int, due: int, plans: Mapping[str, int]) -> Result:
    """Instalments paid within their grace ÷ instalments due; beside it the plans that
    were completed, broken and are running."""
    parts = {"in_grace": in_grace, "due": due, **plans}
    return ratio(Decimal(in_grace), Decimal(due), "no_instalments", parts=parts)


def contact_rate(right_party: int, of: int, why_not: str, parts: Mapping) -> Result:
    """Contacts with somebody who may speak for the debtor ÷ attempts (or answered
    contacts: the other denominator in use)."""
    return ratio(Decimal(right_party), Decimal(of), why_not, parts=parts)


def dispute_rate(disputed: Decimal | None, receivables: Decimal) -> Result:
    """Disputed amount ÷ receivables on the last day."""
    if disputed is None:
        return undefined("not_recorded", name="disputed")
    parts = {"disputed": disputed, "receivables": receivables}
    return ratio(disputed, receivables, "no_receivables", parts=parts)


def dispute_days(days: Sequence[int], accepted: Decimal, amount: Decimal) -> Result:
    """Median days from opening to decision; beside it the share found justified."""
    if not days:
        return undefined("no_disputes")
    parts = {
        "count": len(days),
        "accepted": accepted * 100 / amount if amount else None,
    }
    return Result(Decimal(median(days)), (), parts)


def turnaround(paid: Sequence[int], closed: Sequence[int], running: int) -> Result:
    """Median days from opening a case to its first money; beside it mean, days to
    closing, and the cases still without money (they are not finished, not slow)."""
    parts = {
        "count": len(paid),
        "mean": _or_none(mean, paid),
        "median_closed": _or_none(median, closed),
        "mean_closed": _or_none(mean, closed),
        "count_closed": len(closed),
        "running": running,
    }
    if not paid:
        return undefined("no_money_on_cases", parts)
    notes = (Note("censored", {"count": running}),) if running else ()
    return Result(Decimal(median(paid)), notes, parts)


def _or_none(function, days):
    return Decimal(str(function(days))) if days else None


def record_accuracy(good: int, cases: int, failed: Mapping[str, int]) -> Result:
    """Open cases that pass every quality rule ÷ open cases; beside it how many fail
    each rule."""
    parts = {"good": good, "cases": cases, **failed}
    return ratio(Decimal(good), Decimal(cases), "no_cases", parts=parts)


def compliance(
    refused: int,
    done: int,
    overridden: int,
    breaches: int,
    outside: int,
    no_notice: int | None,
) -> Result:
    """Contacts the rules refused in the period; beside it their share of all that were
    tried, how many a manager answered for, how many were made against the rules, the
    share made within the hours, and the legal cases without their required notice."""
    tried = refused + done
    parts = {
        "refused": refused,
        "share": Decimal(refused) * 100 / tried if tried else None,
        "done": done,
        "overridden": overridden,
        "breaches": breaches,
        "in_hours": Decimal(done - outside) * 100 / done if done else None,
        "no_notice": no_notice,
    }
    return Result(Decimal(refused), (), parts)

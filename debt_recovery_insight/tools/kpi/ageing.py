"""What is open and for how long."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from .result import ZERO, Result, ratio, undefined

#: Buckets from young to old; ``0`` is not due.
ORDER = ("0", "1", "2", "3", "4")


def share(buckets: Mapping[str, Decimal], wanted: Iterable[str]) -> Result:
    """Per cent of the open items that stand in these buckets; credits are no item."""
    total = sum((buckets.get(code, ZERO) for code in ORDER), ZERO)
    part = sum((buckets.get(code, ZERO) for code in wanted), ZERO)
    parts = {f"bucket_{code}": buckets.get(code, ZERO) for code in ORDER}
    return ratio(part, total, "no_receivables", parts=parts | {"total": total})


def weighted_days(amount_days: Decimal, overdue: Decimal) -> Result:
    """Σ(days past due × open amount) ÷ Σ open overdue amount."""
    parts = {"amount_days": amount_days, "overdue": overdue}
    return ratio(amount_days, overdue, "no_overdue", 1, parts)


def mean_days(
    total: int, count: int, weighted: Decimal, amount: Decimal, why_not: str
) -> Result:
    """Mean of days; beside it, in the parts, the mean weighted by amount."""
    if not count:
        return undefined(why_not)
    parts = {
        "count": count,
        "weighted": Decimal(weighted) / Decimal(amount) if amount else None,
    }
    return Result(Decimal(total) / count, (), parts)


def roll(
    moves: Iterable[tuple[str, str | None, Decimal, Decimal, int]],
) -> Result:
    """Roll rates of identified items between two month-ends.

    :param moves: (bucket then, bucket now or None when settled, amount then, amount
        now, number of items)
    :return: per cent of the overdue amount then that stands in an older bucket now (in
        the oldest: still there); in the parts each ``forward_k`` (from k on), ``cure``
        (settled), ``back`` and the number of items
    """
    then, onward, counts = Counter(), Counter(), Counter()
    cured = back = ZERO
    for old, new, before, after, count in moves:
        then[old] += before
        cured += ZERO if old == "0" else before - after
        if new is None:
            counts["settled"] += count
        elif new > old or new == old == "4":
            onward[old] += after
            counts[f"forward_{old}"] += count
        elif new < old:
            back += after
    return _roll_result(then, onward, counts, cured, back)


def _roll_result(then, onward, counts, cured, back):
    overdue = sum((amount for code, amount in then.items() if code != "0"), ZERO)
    forward = sum((amount for code, amount in onward.items() if code != "0"), ZERO)
    parts = {
        f"forward_{code}": onward[code] / then[code] * 100
        for code in ORDER
        if then[code]
    }
    if overdue > 0:
        parts |= {"cure": cured / overdue * 100, "back": back / overdue * 100}
    parts |= {f"count_{name}": counts[name] for name in sorted(counts)}
    return ratio(forward, overdue, "no_overdue", parts=parts)


def at_risk(unpaid: Decimal, issued: Decimal, young: int) -> Result:
    """Of what was invoiced in the period: per cent unpaid 90 days after the due date.

    :param young: invoices of the period whose 90 days are not over: not judged
    """
    parts = {"unpaid": unpaid, "issued": issued, "young": young}
    why_not = "too_young" if young else "no_sales"
    return ratio(unpaid, issued, why_not, parts=parts)

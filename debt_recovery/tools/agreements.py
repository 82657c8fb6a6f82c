"""The verdict on an agreement from dated cash facts, and from nothing else.

An instalment is *late* from the day after it is due and *missed* from the day after
its grace (compliance 7.1). One payment is judged at the end of its grace; several by
the default clause: notice, time to cure, then broken. The same facts give the same
verdict whenever and in whatever order they were entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from .allocation import Fact, day_reached, lay_on, lower_tail, merge
from .money import HUNDRED, ZERO, percent_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """``grace_end`` is the last day on which the money still counts."""

    due: date
    grace_end: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """When an agreement counts as kept, and the default clause of several instalments.

    ``threshold``: per cent of what is due. Breach: ``missed`` instalments unpaid at
    once, or one more than ``late_days`` late, or more than ``arrears`` per cent of
    the whole overdue (0: not asked). ``cure_days`` after the notice it is broken.
    """

    threshold: Decimal = HUNDRED
    missed: int = 2
    late_days: int = 14
    arrears: Decimal = ZERO
    cure_days: int = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """``state``: active, kept, kept_late, partly_kept, broken or moot (nothing is owed
    any more and nothing was paid). ``covered_until`` is the last day the agreement
    stands if no more money comes; ``breach`` the day the default clause was met,
    ``broken`` the day it broke."""

    state: str
    paid: Decimal = ZERO
    owed: Decimal = ZERO
    parts: tuple[Decimal, ...] = ()
    states: tuple[str, ...] = ()
    paid_on: tuple[date | None, ...] = ()
    covered_until: date | None = None
    breach: date | None = None
    broken: date | None = None
    provisional: bool = False


def judge(
    instalments: Sequence[Instalment],
    facts: Sequence[Fact],
    rule: Rule,
    today: date,
    owed: Decimal | None = None,
    provisional: Sequence[Fact] = (),
    notice: date | None = None,
) -> Standing:
    """How the agreement stands at the end of ``today``.

    :param owed: what is to be paid altogether where credits lowered it since
    :param provisional: money under way without an entry: it never makes an agreement
        kept, but while it lasts it keeps it from breaking
    :param notice: the day the debtor was told about the breach; time to cure runs
        from there
    """
    standing = _judge(instalments, facts, rule, today, owed, notice)
    if provisional and standing.state in ("broken", "partly_kept"):
        hoped = _judge(
            instalments, [*facts, *provisional], rule, today, owed, notice
        ).state
        if hoped not in ("broken", "partly_kept"):
            return replace(standing, state="active", broken=None, provisional=True)
    return standing


def _judge(instalments, facts, rule, today, owed, notice):
    due = _lowered(instalments, owed)
    facts = [fact for fact in merge(facts) if fact.day <= today]
    total = sum((row.amount for row in due), ZERO)
    paid = sum((fact.amount for fact in facts), ZERO)
    sums = list(accumulate(row.amount for row in due))
    paid_on = tuple(
        day_reached(facts, percent_of(rule.threshold, goal)) if goal else None
        for goal in sums
    )
    standing = Standing(
        state="active",
        paid=paid,
        owed=total,
        parts=tuple(lay_on([row.amount for row in due], paid)),
        states=tuple(
            _row_state(row, day, today) for row, day in zip(due, paid_on, strict=True)
        ),
        paid_on=paid_on,
    )
    if not total:
        return replace(standing, state="kept" if paid else "moot")
    if len(due) == 1:
        return _judge_one(standing, due[0], facts, today)
    return _judge_many(standing, due, facts, rule, today, notice)


def _lowered(instalments, owed):
    if owed is None:
        return list(instalments)
    amounts = [row.amount for row in instalments]
    lowered = lower_tail(amounts, sum(amounts, ZERO) - owed)
    return [
        replace(row, amount=amount)
        for row, amount in zip(instalments, lowered, strict=True)
    ]


def _row_state(row, paid_on, today):
    if not row.amount:
        return "void"
    if paid_on:
        return "paid" if paid_on <= row.due else "paid_late"
    if today <= row.due:
        return "open"
    return "late" if today <= row.grace_end else "missed"


def _judge_one(standing, row, facts, today):
    """One payment: at the end of its grace."""
    day = standing.paid_on[0]
    if day and day <= row.grace_end:
        return replace(standing, state="kept" if day <= row.due else "kept_late")
    if today <= row.grace_end:
        return replace(standing, covered_until=row.grace_end)
    some = any(fact.day <= row.grace_end for fact in facts)
    return replace(
        standing,
        state="partly_kept" if some else "broken",
        broken=row.grace_end + ONE_DAY,
    )


def _judge_many(standing, due, facts, rule, today, notice):
    """Several payments: walk through the days on which the clause may be met."""
    breach, cure_end = _first_break(due, facts, rule, notice)
    if cure_end and cure_end < today:
        return replace(
            standing, state="broken", breach=breach, broken=cure_end + ONE_DAY
        )
    if all(state in ("paid", "paid_late", "void") for state in standing.states):
        late = "paid_late" in standing.states
        return replace(standing, state="kept_late" if late else "kept")
    return replace(
        standing,
        covered_until=cure_end,
        breach=breach if breach and breach <= today else None,
    )


def _first_break(due, facts, rule, notice):
    """The first breach that was not cured in time, and the last day of its cure."""
    for day in sorted(_critical_days(due, rule)):
        arrears = _arrears(due, facts, rule, day)
        if not arrears:
            continue
        told = max(day, notice) if notice else day
        cure_end = told + timedelta(days=rule.cure_days)
        paid = sum((fact.amount for fact in facts if fact.day <= cure_end), ZERO)
        if paid < arrears:
            return day, cure_end
    return None, None


def _critical_days(due, rule):
    for row in due:
        if row.amount:
            yield row.grace_end + ONE_DAY
            yield row.due + timedelta(days=rule.late_days + 1)


def _arrears(due, facts, rule, day):
    """What must have come in to be in order again, if the clause is met that day."""
    paid = sum((fact.amount for fact in facts if fact.day < day), ZERO)
    sums = list(accumulate(row.amount for row in due))
    goals = [percent_of(rule.threshold, goal) for goal in sums]
    unpaid = [
        (row, goal)
        for row, goal in zip(due, goals, strict=True)
        if row.amount and paid < goal and row.due < day
    ]
    missed = [(row, goal) for row, goal in unpaid if row.grace_end < day]
    if not unpaid:
        return None
    late = timedelta(days=rule.late_days)
    behind = max((goal - paid for _row, goal in missed), default=ZERO)
    breached = (
        len(missed) >= rule.missed
        or any(row.due + late < day for row, _goal in unpaid)
        or (rule.arrears and behind > percent_of(rule.arrears, sums[-1]))
    )
    return (missed or unpaid)[-1][1] if breached else None


def together(standings: Sequence[Standing]) -> str:
    """One word for parts in several currencies: as good as the worst of them.

    >>> together([Standing("kept"), Standing("broken")])
    'partly_kept'
    """
    states = {standing.state for standing in standings} - {"moot"}
    if not states:
        return "moot"
    if "active" in states:
        return "active"
    if states <= {"kept", "kept_late"}:
        return "kept_late" if "kept_late" in states else "kept"
    if states == {"broken"}:
        return "broken"
    return "partly_kept"

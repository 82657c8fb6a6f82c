"""What a person in hardship can pay each month, and the ways out that fit it (features
2.9 no. 11). Nobody is asked for more than is left; when nothing is, the debt rests.

Amounts are exact, per month, in one currency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from .money import HUNDRED, ZERO
from .results import Reason, reason
from .schedule import due_dates, number_for


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company offers: the ``token`` worth taking, for so many months before
    one looks again; plans of at most ``plan_months``; a pause of ``pause_days``."""

    token: Decimal
    token_months: int
    plan_months: int
    pause_days: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way out: ``plan`` (clears the debt), ``token`` (small payments, the rest
    rests) or ``pause``. ``review`` is the day on which one looks again."""

    kind: str
    review: date
    amount: Decimal = ZERO
    number: int = 0
    covered: Decimal = ZERO
    reasons: tuple[Reason, ...] = ()


def free_amount(income: Iterable[Decimal], outgoings: Iterable[Decimal]) -> Decimal:
    """What is left each month; negative where life costs more than comes in."""
    return sum(income, ZERO) - sum(outgoings, ZERO)


def capacity(free: Decimal, reserve: Decimal, digits: int) -> Decimal:
    """What may be asked for each month: what is free less ``reserve`` per cent for the
    unexpected, rounded down, never negative.

    >>> capacity(Decimal("85.55"), Decimal(10), 2), capacity(Decimal(-20), ZERO, 2)
    (Decimal('76.99'), Decimal('0.00'))
    """
    share = max(ZERO, HUNDRED - reserve) / HUNDRED
    unit = Decimal(1).scaleb(-digits)
    return (max(ZERO, free) * share).quantize(unit, ROUND_DOWN)


def propose(
    total: Decimal, affordable: Decimal, policy: Policy, today: date
) -> tuple[Proposal, ...]:
    """The ways out, the one to try first in front; a pause is always one of them.

    :param affordable: what the person can pay each month
    """
    if total <= ZERO:
        return ()
    found = (_plan, _token, _pause)
    made = (make(total, affordable, policy, today) for make in found)
    return tuple(proposal for proposal in made if proposal)


def _plan(total, affordable, policy, today):
    """As many payments of what can be paid as it takes, if that has an end."""
    if not _is_worth_it(affordable, policy):
        return None
    number = number_for(total, affordable)
    if number > policy.plan_months:
        return None
    return Proposal(
        "plan",
        review=_months_on(today, number),
        amount=min(affordable, total),
        number=number,
        covered=total,
        reasons=(reason("clears", months=number),),
    )


def _token(total, affordable, policy, today):
    """A sign of good will, never more than can be paid; the rest is left alone."""
    number = policy.token_months
    if not number or not _is_worth_it(affordable, policy):
        return None
    long_plan = number_for(total, affordable) > policy.plan_months
    amount = affordable if long_plan or not policy.token else policy.token
    covered = amount * number
    if covered >= total:
        return None
    why = reason("too_long" if long_plan else "keeps_the_habit", number=number)
    return Proposal(
        "token",
        review=_months_on(today, number),
        amount=amount,
        number=number,
        covered=covered,
        reasons=(why, reason("rest_rests", amount=total - covered)),
    )


def _pause(total, affordable, policy, today):
    """Letters and interest stop until somebody has looked again."""
    code = "breath" if _is_worth_it(affordable, policy) else "nothing_left"
    return Proposal(
        "pause",
        review=today + timedelta(days=policy.pause_days),
        reasons=(reason(code),),
    )


def _is_worth_it(affordable, policy):
    return affordable > ZERO and affordable >= policy.token


def _months_on(day, number):
    return due_dates(day, 1, after=number)[0]

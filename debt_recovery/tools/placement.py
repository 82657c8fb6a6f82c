"""Placing claims with an agency or a lawyer: what it costs, who owes whom, and whether
their statement agrees with ours. Amounts are in one currency; no clock is read here.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .money import ZERO, percent_of

#: How the agency hands money over: all of it, or less its commission.
GROSS, NET = "gross", "net"
#: What may be wrong with a row of their statement.
MISSING_THERE, MISSING_HERE, AMOUNT, COMMISSION = (
    "missing_there",
    "missing_here",
    "amount",
    "commission",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Commission for claims at least so old and so large."""

    percent: Decimal
    min_days: int = 0
    min_amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Position:
    """Where a placement stands. ``with_agency`` is what they have to hand over still
    (below zero: they handed over too much), ``commission_due`` what we have to pay
    them on top of what they kept."""

    collected: Decimal
    commission: Decimal
    kept: Decimal
    with_agency: Decimal
    commission_due: Decimal


@dataclass(frozen=True, slots=True)
class Booked:
    """One claim in a statement: collected in the period, and the commission on it."""

    amount: Decimal
    commission: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """Where their statement and ours part."""

    key: Hashable
    kind: str
    ours: Decimal
    theirs: Decimal


@dataclass(frozen=True, slots=True)
class ProposalRule:
    """Claims at least so old and so large go to the agency."""

    min_days: int = 0
    min_amount: Decimal = ZERO
    after_demand: bool = True
    key: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case as the proposal rules see it."""

    days: int
    amount: Decimal
    demanded: date | None = None


def find_rate(rates: Iterable[Rate], days: int, amount: Decimal) -> Rate | None:
    """The rate of a claim: of the rows it reaches the one for the oldest, then the
    largest claims; None where no row is reached.

    >>> rates = [Rate(Decimal(10)), Rate(Decimal(25), min_days=180)]
    >>> find_rate(rates, 200, Decimal(500)).percent
    Decimal('25')
    """
    reached = (r for r in rates if days >= r.min_days and amount >= r.min_amount)
    return max(reached, key=lambda r: (r.min_days, r.min_amount), default=None)


def commission(percent: Decimal, amount: Decimal, digits: int = 2) -> Decimal:
    """The commission on an amount, rounded to the currency.

    >>> commission(Decimal(15), Decimal("33.30"))
    Decimal('5.00')
    """
    exact = percent_of(percent, amount)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def due_from_agency(
    percent: Decimal, remit: str, amount: Decimal, digits: int = 2
) -> Decimal:
    """What they hand over of an amount the debtor paid to them."""
    return amount - commission(percent, amount, digits) if remit == NET else amount


def settle(
    percent: Decimal,
    remit: str,
    paid_us: Decimal,
    paid_them: Iterable[Decimal],
    handed_over: Decimal,
    digits: int = 2,
) -> Position:
    """Who owes whom. The commission is due on what the debtor paid since the placing,
    to them or to us; each payment to them is rounded by itself, as it is handed over.
    """
    paid_them = tuple(paid_them)
    on_theirs = sum((commission(percent, x, digits) for x in paid_them), ZERO)
    kept = on_theirs if remit == NET else ZERO
    theirs = sum(paid_them, ZERO)
    total = on_theirs + commission(percent, paid_us, digits)
    return Position(
        collected=paid_us + theirs,
        commission=total,
        kept=kept,
        with_agency=theirs - kept - handed_over,
        commission_due=total - kept,
    )


def compare(
    ours: Mapping[Hashable, Booked], theirs: Mapping[Hashable, Booked]
) -> tuple[Difference, ...]:
    """Every difference between what we know and what they state, ours first. Claims
    on which nothing was collected may be named or left out."""
    found = []
    nothing = Booked(ZERO, ZERO)
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        here, there = ours.get(key, nothing), theirs.get(key, nothing)
        if here == there:
            continue
        if key not in theirs:
            kind = MISSING_THERE
        elif here == nothing:
            kind = MISSING_HERE
        else:
            kind = AMOUNT if here.amount != there.amount else COMMISSION
        pair = (
            (here.commission, there.commission)
            if kind == COMMISSION
            else (here.amount, there.amount)
        )
        found.append(Difference(key, kind, *pair))
    return tuple(found)


def choose_rule(
    rules: Iterable[ProposalRule], candidate: Candidate
) -> ProposalRule | None:
    """The first rule by which a case is proposed."""
    for rule in rules:
        if (
            candidate.amount > ZERO
            and candidate.days >= rule.min_days
            and candidate.amount >= rule.min_amount
            and (candidate.demanded or not rule.after_demand)
        ):
            return rule
    return None

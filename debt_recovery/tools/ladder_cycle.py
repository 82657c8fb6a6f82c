"""Where a case stands: which cycle counts, and how far it got in it.

A cycle is one walk up the ladder. It ends by money: the line that drove its latest step
is closed, or half of that claim is paid. It comes back when that money goes away again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from sys import maxsize

from .ladder_facts import Claim, Facts, Line, Step
from .money import HUNDRED, ZERO, percent_of
from .results import Reason, reason


@dataclass(frozen=True, slots=True)
class Place:
    """The cycle that counts now, with its claims and the officer's skipped steps."""

    cycle: int
    cycle_count: int
    claims: tuple[Claim, ...] = ()
    skipped: frozenset[int] = frozenset()
    reasons: tuple[Reason, ...] = ()


def find_place(facts: Facts, lead: Line | None) -> Place:
    """The cycle to work in, given the line that leads the case now.

    The result does not change when its own cycle is handed in again as the fact, so a
    second run on the same day finds the same place. A new cycle is numbered after the
    highest ever used and starts with an empty position; going back takes no number.
    """
    count = max(facts.cycle, facts.cycle_count)
    reset = _reset_reason(facts, facts.cycle)
    back = _cycle_to_return_to(facts, lead, count if reset else facts.cycle - 1)
    if lead is not None and back is not None:
        cycle, why = back, (_returned_reason(facts, lead, back),)
    elif reset:
        cycle, why = count + 1, (reset,)
    else:
        cycle, why = facts.cycle, ()
    return Place(
        cycle=cycle,
        cycle_count=max(count, cycle),
        claims=_claims_of(facts, cycle),
        skipped=facts.skipped if cycle == facts.cycle else frozenset(),
        reasons=why,
    )


def position(claims: Iterable[Claim], steps: Iterable[Step]) -> tuple[int, int] | None:
    """Rank of the furthest of these claims; None if nothing was claimed.

    A step that still exists counts where it stands today, so that re-sorting a strategy
    neither repeats nor loses a rung. A step of another strategy, or a deleted one,
    counts where it stood and covers every step of its sequence.
    """
    ranks = {step.id: step.rank for step in steps}
    return max(
        (ranks.get(claim.step_id, (claim.sequence, maxsize)) for claim in claims),
        default=None,
    )


def was_before_due(facts: Facts, claim: Claim) -> bool:
    """Whether the claim was a friendly reminder of what was not due yet.

    If its step is gone, the claim tells by its date and the line that drove it.
    """
    step = next((step for step in facts.steps if step.id == claim.step_id), None)
    if step is not None:
        return step.before_due
    return any(
        line.id == claim.driver_id and claim.day <= line.due for line in facts.lines
    )


def _claims_of(facts: Facts, cycle: int) -> tuple[Claim, ...]:
    return tuple(claim for claim in facts.claims if claim.cycle == cycle)


def _reset_reason(facts: Facts, cycle: int) -> Reason | None:
    """Why the cycle is over, judged by its latest claim; None while it goes on."""
    latest = max(_claims_of(facts, cycle), key=_claim_key, default=None)
    if latest is None:
        return None
    return _driver_closed(facts, latest) or _half_paid(facts, latest)


def _claim_key(claim: Claim) -> tuple[object, ...]:
    """Latest last; the amounts only make the order complete."""
    return (
        claim.day,
        claim.sequence,
        claim.step_id,
        claim.driver_id or 0,
        claim.claimed,
        claim.still_open,
    )


def _driver_closed(facts: Facts, claim: Claim) -> Reason | None:
    """The line that drove the claim has no residual any more."""
    open_ids = {line.id for line in facts.lines if line.residual > ZERO}
    if claim.driver_id is None or claim.driver_id in open_ids:
        return None
    return reason(
        "reset_driver_closed",
        line_id=claim.driver_id,
        amount=claim.driver_claimed,
        claimed_on=claim.day,
    )


def _half_paid(facts: Facts, claim: Claim) -> Reason | None:
    """Enough of the claim is paid; a friendly reminder before the due date is exempt.

    Who pays half early shall not be reminded of the rest a second time: the walk up
    the ladder starts at its first step anyway.
    """
    paid = claim.claimed - claim.still_open
    needed = percent_of(facts.settings.reset_percent, claim.claimed)
    if paid <= ZERO or paid < needed or was_before_due(facts, claim):
        return None
    return reason(
        "reset_half_paid",
        paid=paid,
        claimed=claim.claimed,
        percent=_share(paid, claim.claimed),
        claimed_on=claim.day,
    )


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Whole per cents, for the sentence only."""
    return (part * HUNDRED / whole).quantize(Decimal(1))


def _cycle_to_return_to(facts: Facts, lead: Line | None, highest: int) -> int | None:
    """The cycle, up to ``highest``, whose end was undone because money went back.

    Such a cycle was driven by the line that leads now, that line is owed again at least
    as claimed then, and nothing would end the cycle today: a cycle that would be reset
    at once is never returned to. The rule looks for the nearest one below and then
    again from there, because every reset in between lost its ground too; so it ends at
    the lowest, and cannot swing between two.
    """
    if lead is None:
        return None
    driven = {
        claim.cycle
        for claim in facts.claims
        if claim.driver_id == lead.id and lead.residual >= claim.driver_claimed
    }
    alive = (
        cycle
        for cycle in driven
        if cycle <= highest and _reset_reason(facts, cycle) is None
    )
    return min(alive, default=None)


def _returned_reason(facts: Facts, lead: Line, cycle: int) -> Reason:
    return reason(
        "returned_to_cycle",
        cycle=cycle,
        left_cycle=facts.cycle,
        line_id=lead.id,
        amount=lead.residual,
    )

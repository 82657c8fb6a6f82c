"""The decision: which follow-up step a case takes today, and why.

The law of DESIGN 4 in three moves: find the cycle (:mod:`.ladder_cycle`), choose the
step and its claim (:mod:`.ladder_choice`), ask what keeps it from acting
(:mod:`.ladder_gates`). Nothing is sent, stored or looked up here; the order of lines,
steps, claims and stops handed in does not matter.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .calendars import ONE_DAY
from .ladder_choice import Choice, choose
from .ladder_claim import lead_line
from .ladder_cycle import Place, find_place
from .ladder_facts import (
    MESSAGE_CHANNELS,
    REASON_CODES,
    Claim,
    Decision,
    Facts,
    Line,
    Pending,
    Settings,
    Step,
    Stop,
)
from .ladder_gates import GATES, Block, earliest_day
from .ladder_validity import unchanged_until
from .results import Reason, reason

__all__ = [
    "MESSAGE_CHANNELS",
    "REASON_CODES",
    "Claim",
    "Decision",
    "Facts",
    "Line",
    "Pending",
    "Settings",
    "Step",
    "Stop",
    "decide",
]


def decide(facts: Facts, today: date) -> Decision:
    """What to do with one case on one day, with the reasons, the telling one first.

    The caller writes ``cycle`` and ``cycle_count`` back whatever the outcome. If the
    cycle changed, ``facts.skipped`` belonged to the one left and counts as empty: load
    the skipped steps of the new cycle and decide again before acting.

    Raises :class:`..calendars.NoWorkingDayError` if the calendar never opens.
    """
    place = find_place(facts, lead_line(facts, today))
    choice = choose(facts, place, today)
    blocks = (gate(facts, choice, today) for gate in GATES)
    block = next((block for block in blocks if block is not None), None)
    if block is not None:
        return _hold_back(place, choice, block, facts, today)
    return _act(place, choice, facts, today)


def _act(place: Place, choice: Choice, facts: Facts, today: date) -> Decision:
    step = choice.step
    due = reason("step_due", step=step.code, day=step.day, reached_on=choice.reached_on)
    after = choice.upcoming
    return Decision(
        outcome="act",
        cycle=place.cycle,
        cycle_count=place.cycle_count,
        reasons=_reasons([due], place, choice),
        step_id=step.id,
        mode=step.mode,
        channels=step.channels,
        line_ids=tuple(line.id for line in choice.lines),
        driver_id=choice.driver.id,
        next_step_id=after[0].id if after else None,
        next_date=_day_after_act(facts, choice, today),
    )


def _hold_back(
    place: Place, choice: Choice, block: Block, facts: Facts, today: date
) -> Decision:
    """The next step is the waiting one; an idle case may have one to come."""
    step, day = choice.step, block.next_date
    if step is None and choice.upcoming is not None:
        step, coming = choice.upcoming
        day = day or earliest_day(facts, step, max(coming, today))
    return Decision(
        outcome=block.outcome,
        cycle=place.cycle,
        cycle_count=place.cycle_count,
        reasons=_reasons(block.reasons, place, choice),
        driver_id=choice.driver.id if choice.driver else None,
        next_step_id=step.id if step else None,
        next_date=day,
        until=unchanged_until(facts, choice, day, today),
    )


def _day_after_act(facts: Facts, choice: Choice, today: date) -> date | None:
    """When the step after this one can act, if this one leaves today."""
    if choice.upcoming is None:
        return None
    step, day = choice.upcoming
    told = today if choice.step.is_message else facts.last_message
    later = replace(facts, last_message=told)
    return earliest_day(later, step, max(day, today + ONE_DAY))


def _reasons(
    first: Iterable[Reason], place: Place, choice: Choice
) -> tuple[Reason, ...]:
    """The telling reason, then who drives and what was passed over, then the cycle."""
    return (*first, *choice.notes, *place.reasons)

"""What keeps a chosen step from acting today, one rule per function.

``GATES`` is the order of precedence: the first rule that objects decides the outcome.
Stops come before waits, because a stop has a remedy somebody should see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .calendars import ONE_DAY, next_working
from .ladder_choice import Choice
from .ladder_facts import Facts, Step, Stop
from .money import ZERO, percent_of
from .results import Reason, reason


@dataclass(frozen=True, slots=True)
class Block:
    """Why nothing happens today, and the date on which to look again (None: open)."""

    outcome: str
    reasons: tuple[Reason, ...]
    next_date: date | None = None


Gate = Callable[[Facts, Choice, date], Block | None]


def earliest_day(facts: Facts, step: Step, day: date) -> date:
    """The first working day from ``day`` on that the quiet days allow the step."""
    if step.is_message:
        day = max(day, quiet_until(facts) or day)
    return next_working(facts.settings.calendar, day)


def quiet_until(facts: Facts) -> date | None:
    """The first day a message may leave again; None if nothing holds it.

    The quiet days lie between two messages: six after the 1st is the 2nd to the 7th,
    so the 8th is free.
    """
    quiet = facts.settings.quiet_days
    if facts.last_message is None or quiet <= 0:
        return None
    return facts.last_message + timedelta(days=quiet + 1)


def _no_steps(facts: Facts, choice: Choice, today: date) -> Block | None:
    if facts.steps:
        return None
    return Block("idle", (reason("strategy_without_steps"),))


def _whole_stop(facts: Facts, choice: Choice, today: date) -> Block | None:
    """Holds and brakes on everything; a case with nothing to chase needs none."""
    if choice.idle is not None and choice.idle.code == "nothing_overdue":
        return None
    return _stopped(stop for stop in _live(facts, today) if stop.whole)


def _nothing_to_chase(facts: Facts, choice: Choice, today: date) -> Block | None:
    if choice.lines or choice.idle is None:
        return None
    return Block("idle", (choice.idle,))


def _within_tolerance(facts: Facts, choice: Choice, today: date) -> Block | None:
    """A rest of an expired discount or of rounding is not worth a letter."""
    tolerance = facts.settings.tolerance
    if choice.total > tolerance:
        return None
    why = reason("within_tolerance", amount=choice.total, tolerance=tolerance)
    return Block("stop", (why,))


def _below_send_minimum(facts: Facts, choice: Choice, today: date) -> Block | None:
    minimum = facts.settings.send_minimum
    if choice.total >= minimum:
        return None
    why = reason("below_send_minimum", amount=choice.total, minimum=minimum)
    return Block("idle", (why,))


def _pending(facts: Facts, choice: Choice, today: date) -> Block | None:
    """An action that is queued, in review or unclear comes first; tasks do not."""
    blocking = (
        (item.since, item.step_id, item.state) for item in facts.pending if item.blocks
    )
    first = min(blocking, default=None)
    if first is None:
        return None
    codes = {step.id: step.code for step in facts.steps}
    since, step_id, state = first
    why = reason("pending", step=codes.get(step_id), state=state, since=since)
    return Block("wait", (why,))


def _no_step(facts: Facts, choice: Choice, today: date) -> Block | None:
    if choice.step is not None or choice.idle is None:
        return None
    return Block("idle", (choice.idle,))


def _not_reached(facts: Facts, choice: Choice, today: date) -> Block | None:
    """A step is due when its day is reached *or passed*."""
    if today >= choice.reached_on:
        return None
    day = earliest_day(facts, choice.step, choice.reached_on)
    return Block("wait", (reason("not_reached", step=choice.step.code, date=day),), day)


def _automatic_stop(facts: Facts, choice: Choice, today: date) -> Block | None:
    """Brakes on automatic messages leave reviews and tasks to people."""
    if choice.step.mode != "auto" or not choice.step.is_message:
        return None
    return _stopped(stop for stop in _live(facts, today) if stop.automatic_only)


def _firm_stop(facts: Facts, choice: Choice, today: date) -> Block | None:
    """Who complained gets no formal demand before an answer."""
    if not choice.step.firm:
        return None
    return _stopped(stop for stop in _live(facts, today) if stop.firm_only)


def _unmatched_credit(facts: Facts, choice: Choice, today: date) -> Block | None:
    """Who may have paid already is not written to; a task may still ask."""
    share = percent_of(facts.settings.credit_percent, choice.total)
    covers = facts.credit >= min(choice.driver_amount, share)
    if facts.credit <= ZERO or not covers or not choice.step.is_message:
        return None
    why = reason("unmatched_credit", credit=facts.credit, claim=choice.total)
    return Block("stop", (why,))


def _one_step_a_day(facts: Facts, choice: Choice, today: date) -> Block | None:
    """A second run of the same day does not climb a second level."""
    last = max((claim.day for claim in facts.claims), default=None)
    if last is None or last < today:
        return None
    day = earliest_day(facts, choice.step, last + ONE_DAY)
    why = reason("one_step_a_day", step=choice.step.code, last=last, date=day)
    return Block("wait", (why,), day)


def _quiet_days(facts: Facts, choice: Choice, today: date) -> Block | None:
    """Quiet days come before catching up; internal tasks make no noise."""
    until = quiet_until(facts) if choice.step.is_message else None
    if until is None or today >= until:
        return None
    day = earliest_day(facts, choice.step, until)
    why = reason(
        "quiet_days",
        step=choice.step.code,
        last=facts.last_message,
        days=facts.settings.quiet_days,
        until=day,
    )
    return Block("wait", (why,), day)


def _non_working_day(facts: Facts, choice: Choice, today: date) -> Block | None:
    day = next_working(facts.settings.calendar, today)
    if day == today:
        return None
    why = reason("non_working_day", step=choice.step.code, today=today, date=day)
    return Block("wait", (why,), day)


def _live(facts: Facts, today: date) -> Iterable[Stop]:
    """Stops still in force, in a fixed order."""
    return sorted(
        (stop for stop in facts.stops if stop.until is None or stop.until >= today),
        key=lambda stop: (stop.until or date.max, stop.code, stop.label),
        reverse=True,
    )


def _stopped(stops: Iterable[Stop]) -> Block | None:
    """One block for all of them, the longest first; it ends when the last one does."""
    live = tuple(stops)
    if not live:
        return None
    last = live[0].until
    return Block(
        "stop",
        tuple(
            reason("stopped", code=stop.code, label=stop.label, until=stop.until)
            for stop in live
        ),
        last + ONE_DAY if last else None,
    )


#: From "is there work at all" over "may it be done" to "is it today".
GATES: tuple[Gate, ...] = (
    _no_steps,
    _whole_stop,
    _nothing_to_chase,
    _within_tolerance,
    _below_send_minimum,
    _pending,
    _no_step,
    _not_reached,
    _automatic_stop,
    _firm_stop,
    _unmatched_credit,
    _one_step_a_day,
    _quiet_days,
    _non_working_day,
)

"""What could be claimed today and which step is next; no brakes are asked here.

Two walks exist and never mix: the ladder for what is collectable, and the friendly
reminders before the due date, only when nothing at all is overdue.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .ladder_claim import (
    Amount,
    by_collectable,
    by_not_due,
    collectable_lines,
    coming_lines,
    driver_floor,
    driving_lines,
    find_driver,
    overdue_amount,
    sum_of,
)
from .ladder_cycle import Place, position, was_before_due
from .ladder_facts import Facts, Line, Step
from .money import ZERO
from .results import Reason, reason


@dataclass(frozen=True, slots=True)
class Choice:
    """The next step with its claim, or why there is none.

    ``reached_on`` is the calendar day of the step, ``idle`` the ground when ``step`` is
    None, ``notes`` tell who drives and what was passed over. ``upcoming`` is the step
    after this one (or the one to come, when idle) with its calendar day.
    """

    lines: tuple[Line, ...] = ()
    total: Decimal = ZERO
    driver: Line | None = None
    driver_amount: Decimal = ZERO
    step: Step | None = None
    reached_on: date | None = None
    idle: Reason | None = None
    notes: tuple[Reason, ...] = ()
    upcoming: tuple[Step, date] | None = None


def choose(facts: Facts, place: Place, today: date) -> Choice:
    """The next step on today's facts, reached or not.

    An overdue line counts even if it is wholly disputed, agreed or held: who talks
    about an old invoice is not sent a friendly word about the next one.
    """
    lines = collectable_lines(facts, today)
    if lines:
        return _choose_overdue(facts, place, lines, today)
    overdue = sum_of(facts.lines, lambda line: overdue_amount(line, today))
    if overdue > ZERO:
        return Choice(idle=reason("nothing_collectable", overdue=overdue))
    return _choose_before_due(facts, place, today)


def _choose_overdue(
    facts: Facts, place: Place, lines: tuple[Line, ...], today: date
) -> Choice:
    """The first step after the position whose minimum is met."""
    driving = driving_lines(facts, lines)
    if not driving:
        return Choice(idle=reason("before_live", date=facts.live_from))
    driver, rule = find_driver(facts, driving)
    base = _claim(lines, driver, by_collectable)
    steps = _steps_left(facts, place)
    eligible, passed = _eligible(place, steps, base, by_collectable)
    floor = driver_floor(facts, sum_of(driving, by_collectable))
    why = _driver_reason(base, rule, floor=floor)
    base = replace(base, notes=(why, *passed))
    if not eligible:
        return replace(base, idle=_no_step(facts, place, steps, base.total))
    first, *later = ((step, _reached_on(driver, step)) for step in eligible)
    return replace(
        base, step=first[0], reached_on=first[1], upcoming=later[0] if later else None
    )


def _choose_before_due(facts: Facts, place: Place, today: date) -> Choice:
    """The first reminder whose window is open for a line it was not used for."""
    coming = coming_lines(facts, today)
    early = _early_steps_left(facts, place)
    passed: tuple[Reason, ...] = ()
    for step in early:
        lines = _window(facts, coming, step, today)
        if not lines:
            continue
        base = _claim(lines, lines[0], by_not_due)
        eligible, notes = _eligible(place, [step], base, by_not_due)
        passed += tuple(notes)
        if eligible:
            return replace(
                base,
                step=step,
                reached_on=_reached_on(lines[0], step),
                notes=(_driver_reason(base, "driver"), *passed),
                upcoming=_upcoming(facts, place, coming, step, today),
            )
    return Choice(
        idle=reason("nothing_overdue"),
        notes=passed,
        upcoming=_upcoming(facts, place, coming, None, today),
    )


def _steps_left(facts: Facts, place: Place) -> list[Step]:
    """Ladder steps beyond the furthest claim; reminders before the due date are none.

    So a case that moves from *watch* to *open* goes on with its first ladder step.
    """
    claims = [claim for claim in place.claims if not was_before_due(facts, claim)]
    return _beyond(facts, position(claims, facts.steps), before_due=False)


def _early_steps_left(facts: Facts, place: Place) -> list[Step]:
    """Reminders beyond the furthest claim of any kind.

    Nobody is reminded in friendly words after a demand of the same cycle.
    """
    reached = position(place.claims, facts.steps)
    return _beyond(facts, reached, before_due=True)


def _beyond(
    facts: Facts, reached: tuple[int, int] | None, *, before_due: bool
) -> list[Step]:
    return [
        step
        for step in sorted(facts.steps, key=lambda step: step.rank)
        if step.before_due is before_due and (reached is None or step.rank > reached)
    ]


def _window(
    facts: Facts, coming: Iterable[Line], step: Step, today: date
) -> tuple[Line, ...]:
    """Lines the reminder may name today: from ``day`` before the due date up to it."""
    return tuple(
        line
        for line in coming
        if _reached_on(line, step) <= today and not _was_reminded(facts, step, line)
    )


def _was_reminded(facts: Facts, step: Step, line: Line) -> bool:
    """Whether the step acted since the line's window opened.

    Such a line was named by that claim (of whatever cycle), also if it did not drive.
    """
    return any(
        claim.step_id == step.id and _reached_on(line, step) <= claim.day
        for claim in facts.claims
    )


def _upcoming(
    facts: Facts,
    place: Place,
    coming: tuple[Line, ...],
    acting: Step | None,
    today: date,
) -> tuple[Step, date] | None:
    """What comes next if nothing is paid: another reminder or the first ladder step."""
    if not coming:
        return None
    early = [step for step in _early_steps_left(facts, place) if step is not acting]
    pairs = [(line, step) for step in early for line in coming]
    pairs += [(coming[0], step) for step in _steps_left(facts, place)[:1]]
    dated = [(step, _reached_on(line, step)) for line, step in pairs]
    later = [item for item in dated if item[1] > today]
    return min(later, key=lambda item: (item[1], item[0].rank), default=None)


def _eligible(
    place: Place, steps: Iterable[Step], claim: Choice, amount: Amount
) -> tuple[list[Step], list[Reason]]:
    """Steps that may act on this claim, and why those before the first may not."""
    eligible: list[Step] = []
    passed: list[Reason] = []
    for step in steps:
        why = _passed_over(place, step, claim, amount)
        if why is None:
            eligible.append(step)
        elif not eligible:
            passed.append(why)
    return eligible, passed


def _passed_over(
    place: Place, step: Step, claim: Choice, amount: Amount
) -> Reason | None:
    """Why the step is left out: an officer skipped it, or the claim is too small."""
    if step.id in place.skipped:
        return reason("skipped_by_officer", step=step.code)
    by_line = step.minimum_scope == "line"
    reached = max(map(amount, claim.lines)) if by_line else claim.total
    if reached >= step.minimum:
        return None
    return reason(
        "below_minimum",
        step=step.code,
        minimum=step.minimum,
        amount=reached,
        scope=step.minimum_scope,
    )


def _no_step(
    facts: Facts, place: Place, steps: Iterable[Step], total: Decimal
) -> Reason:
    """Why the ladder has no step for an overdue claim."""
    if all(step.before_due for step in facts.steps):
        return reason("strategy_without_steps")
    if any(step.id not in place.skipped for step in steps):
        return reason("all_below_minimum", amount=total)
    last = max(
        place.claims, key=lambda claim: (claim.day, claim.sequence), default=None
    )
    return reason("ladder_finished", since=last.day if last else None)


def _claim(lines: tuple[Line, ...], driver: Line, amount: Amount) -> Choice:
    return Choice(
        lines=lines,
        total=sum_of(lines, amount),
        driver=driver,
        driver_amount=amount(driver),
    )


def _driver_reason(claim: Choice, rule: str, **more: object) -> Reason:
    return reason(
        rule,
        line_id=claim.driver.id,
        due=claim.driver.due,
        amount=claim.driver_amount,
        total=claim.total,
        **more,
    )


def _reached_on(line: Line, step: Step) -> date:
    """The calendar day on which the line reaches the step."""
    return line.due + timedelta(days=step.day)

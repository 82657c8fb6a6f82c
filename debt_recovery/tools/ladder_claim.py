"""What a case may be chased for today, and which of its lines sets the pace."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from .ageing import is_overdue
from .ladder_facts import Facts, Line
from .money import ZERO, percent_of

Amount = Callable[[Line], Decimal]


def by_collectable(line: Line) -> Decimal:
    """The claimed amount of an overdue line."""
    return line.collectable


def by_not_due(line: Line) -> Decimal:
    """The claimed amount of a line in a reminder before its due date."""
    return line.not_due


def sum_of(lines: Iterable[Line], amount: Amount) -> Decimal:
    """Total of one kind of amount."""
    return sum(map(amount, lines), ZERO)


def collectable_lines(facts: Facts, today: date) -> tuple[Line, ...]:
    """Overdue lines with something to collect, oldest first."""
    return tuple(
        line
        for line in sorted(facts.lines, key=lambda line: line.age_key)
        if line.collectable > ZERO and is_overdue(line.due, today)
    )


def coming_lines(facts: Facts, today: date) -> tuple[Line, ...]:
    """Lines not due yet with something to ask for in time, oldest first."""
    return tuple(
        line
        for line in sorted(facts.lines, key=lambda line: line.age_key)
        if line.not_due > ZERO and not is_overdue(line.due, today)
    )


def overdue_amount(line: Line, today: date) -> Decimal:
    """What of the line is past its due date, chased or not."""
    return line.residual - line.not_due if is_overdue(line.due, today) else ZERO


def lead_line(facts: Facts, today: date) -> Line | None:
    """The line that drives now, or would drive first; it decides a return."""
    lines = collectable_lines(facts, today)
    if lines:
        driving = driving_lines(facts, lines)
        return find_driver(facts, driving)[0] if driving else None
    return next(iter(coming_lines(facts, today)), None)


def driving_lines(facts: Facts, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines that may set the pace: not those from before the strategy went live, if it
    was told to start with what falls due from that day on."""
    if facts.live_from is None:
        return lines
    return tuple(line for line in lines if line.due >= facts.live_from)


def driver_floor(facts: Facts, total: Decimal) -> Decimal:
    """What a line must reach to drive, given all that is collectable."""
    settings = facts.settings
    return max(settings.floor, percent_of(settings.floor_percent, total))


def find_driver(facts: Facts, lines: tuple[Line, ...]) -> tuple[Line, str]:
    """The line whose age sets the step, with the code of the rule that chose it.

    "driver" is the oldest line at or above the floor: the larger of the fixed floor and
    its share of all that is collectable. Smaller lines ride along. If every single line
    is smaller, the debt is many small ones: then "driver_joint" is the line with which
    the oldest of them together reach the floor (or the last, if all do not).
    """
    total = sum_of(lines, by_collectable)
    floor = driver_floor(facts, total)
    for line in lines:
        if line.collectable >= floor:
            return line, "driver"
    running = ZERO
    for line in lines:
        running += line.collectable
        if running >= min(floor, total):
            return line, "driver_joint"
    raise ValueError("A driver was asked for although nothing is collectable.")

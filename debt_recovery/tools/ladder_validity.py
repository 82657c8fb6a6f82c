"""How long a decision stands: a case whose facts are untouched needs no second thought
before the next day on which time alone can change the answer."""

from collections.abc import Iterable
from datetime import date, timedelta

from .calendars import ONE_DAY
from .ladder_choice import Choice
from .ladder_facts import Facts, Line
from .ladder_gates import quiet_until

#: However quiet a case is, it is asked anew after so many days.
LONGEST = timedelta(days=7)


def unchanged_until(
    facts: Facts, choice: Choice, next_date: date | None, today: date
) -> date | None:
    """The first day on which the same facts may be decided otherwise.

    :param next_date: the day the decision itself names
    :return: None where every day must be asked: while anything stops the case
    """
    if facts.stops:
        return None
    days = [next_date, quiet_until(facts), *_turning_days(facts, choice)]
    ahead = (day for day in days if day is not None and day > today)
    return min([*ahead, today + LONGEST])


def _turning_days(facts: Facts, choice: Choice) -> Iterable[date]:
    """Days on which an item falls overdue, a step is reached, a claim is a day old."""
    yield from (line.due + ONE_DAY for line in facts.lines)
    yield from (claim.day + ONE_DAY for claim in facts.claims)
    for line in _pacing_lines(facts, choice):
        yield from (line.due + timedelta(days=step.day) for step in facts.steps)


def _pacing_lines(facts: Facts, choice: Choice) -> Iterable[Line]:
    """Once something is claimed its driver alone sets the pace; before the due date
    every item opens windows of its own."""
    if choice.driver is not None and choice.driver.collectable:
        return (choice.driver,)
    return facts.lines

"""Which case comes first: a plain sum of points, each with its reason.

A rule looks at one fact of a case. Facts are plain values by name of the test: amounts
(``Decimal``), dates, counts or flags; a fact that is missing or None matches nothing,
so a rule whose facts nobody provides simply never speaks.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

LOWEST, HIGHEST = 0, 100
#: Lowest score of each band, the most urgent first.
BANDS = (("a", 60), ("b", 40), ("c", 20), ("d", LOWEST))

AMOUNT, SINCE, LEFT, NUMBER, FLAG, EACH = (
    "amount",
    "since",
    "left",
    "number",
    "flag",
    "each",
)


def _always(_value: Any, _threshold: Any) -> bool:
    return True


#: Test -> how its fact is measured and compared with the threshold. ``since`` counts
#: the days from a date to the day of the score, ``left`` the days until it; ``each``
#: multiplies the points of the rule.
TESTS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "collectable": (AMOUNT, ge),
    "collectable_below": (AMOUNT, lt),
    "overdue": (SINCE, gt),
    "broken": (SINCE, le),
    "returned": (SINCE, le),
    "reply": (FLAG, _always),
    "demand_over": (SINCE, gt),
    "silent": (SINCE, ge),
    "risk": (NUMBER, ge),
    "over_limit": (FLAG, _always),
    "order_wait": (FLAG, _always),
    "first_late": (FLAG, _always),
    "released": (SINCE, le),
    "no_contact": (FLAG, _always),
    "limitation": (LEFT, le),
    "month_end": (FLAG, _always),
    "waiting": (EACH, _always),
    "fresh": (SINCE, le),
    "said": (EACH, _always),
    "credit": (NUMBER, ge),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. Amounts in company currency; of the matching rules of one
    ``group`` only the one with most points counts; ``maximum`` caps a rule that counts
    each day (0: no cap)."""

    code: str
    test: str
    points: int
    threshold: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    maximum: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Points of one rule with the values its sentence needs."""

    points: int
    code: str
    test: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """Between 0 and 100, its band, and why: the weightiest reason first."""

    points: int
    band: str
    reasons: tuple[Reason, ...]


def score(rules: Iterable[Rule], facts: Mapping[str, Any], today: date) -> Score:
    """Add up what the rules find in the facts of one case.

    >>> found = score([Rule("xl", "collectable", 25, Decimal(200))],
    ...               {"collectable": Decimal(500)}, date(2025, 3, 3))
    >>> found.points, found.band
    (25, 'c')
    """
    reasons = [reason for rule in rules if (reason := _judge(rule, facts, today))]
    kept = _highest_of_groups(reasons)
    total = sum(reason.points for reason, _group in kept)
    points = max(LOWEST, min(HIGHEST, total))
    ordered = sorted(
        (reason for reason, _group in kept), key=lambda r: (-abs(r.points), r.code)
    )
    return Score(points, band(points), tuple(ordered))


def band(points: int) -> str:
    """The band of a score: A from 60, B from 40, C from 20, D below."""
    return next(code for code, lowest in BANDS if points >= lowest)


def _judge(rule, facts, today):
    """``(reason, group)`` when the rule matches, else None."""
    value = facts.get(rule.test)
    if not value or rule.test not in TESTS:
        return None
    if rule.minimum and (facts.get("collectable") or 0) < rule.minimum:
        return None
    kind, matches = TESTS[rule.test]
    measured = _measure(kind, value, today)
    if (kind != EACH and measured < 0) or not matches(measured, rule.threshold):
        return None
    points = _points(rule, kind, measured)
    day = value if kind in (SINCE, LEFT) else None
    values = {"value": measured, "of": facts.get(f"{rule.test}_of", day)}
    return Reason(points, rule.code, rule.test, values), rule.group


def _measure(kind, value, today):
    if kind == SINCE:
        return (today - value).days
    if kind == LEFT:
        return (value - today).days
    return 1 if kind == FLAG else value


def _points(rule, kind, measured):
    if kind != EACH:
        return rule.points
    points = rule.points * int(measured)
    return min(points, rule.maximum) if rule.maximum else points


def _highest_of_groups(found):
    """Rules without a group all count; of a group the one with most points."""
    kept, best = [], {}
    for reason, group in found:
        if not group:
            kept.append((reason, group))
        elif group not in best or _rank(reason) > _rank(best[group][0]):
            best[group] = (reason, group)
    return [*kept, *best.values()]


def _rank(reason):
    return reason.points, reason.code

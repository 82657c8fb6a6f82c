"""Who may decide alone, and who stands in for whom.

The limits of a company are data; these functions only compare. A measure nobody can
name counts as beyond its limit: what is unknown is asked, never assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

ROLES = ("officer", "manager", "final")
MEASURES = ("amount", "percent", "days", "count", "months")

#: Within the limits, whatever it is, ask somebody above, not at all.
LIMITED, ALWAYS, PROPOSE, NEVER = "limited", "always", "propose", "never"


@dataclass(frozen=True, slots=True)
class Limit:
    """What one role may decide; an empty measure does not limit."""

    role: str
    rule: str = LIMITED
    amount: Decimal | None = None
    percent: Decimal | None = None
    days: int | None = None
    count: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The size of what somebody wants to do; empty: not known."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    days: int | None = None
    count: int | None = None
    months: int | None = None


def is_within(limit: Limit, facts: Facts) -> bool:
    """Whether the role of this limit may do it without asking.

    >>> is_within(Limit("officer", days=30), Facts(days=30))
    True
    >>> is_within(Limit("officer", days=30), Facts())
    False
    """
    if limit.rule != LIMITED:
        return limit.rule == ALWAYS
    for measure in MEASURES:
        bound, value = getattr(limit, measure), getattr(facts, measure)
        if bound is not None and (value is None or value > bound):
            return False
    return True


def needed_role(limits: list[Limit], facts: Facts) -> str:
    """The lowest role that may decide this; where no limit reaches, the highest role
    the table names, and a manager where it names nobody.

    >>> table = [Limit("officer", days=30), Limit("manager", days=60)]
    >>> needed_role(table, Facts(days=31))
    'manager'
    """
    by_role = {limit.role: limit for limit in limits}
    for role in ROLES:
        if role in by_role and is_within(by_role[role], facts):
            return role
    deciding = [
        role
        for role in ROLES[1:]
        if role in by_role and by_role[role].rule in (LIMITED, ALWAYS)
    ]
    return deciding[-1] if deciding else "manager"


def is_enough(role: str, needed: str) -> bool:
    """Whether ``role`` stands as high as ``needed``."""
    return ROLES.index(role) >= ROLES.index(needed)


def stand_in(person: int, deputies: Mapping[int, int]) -> int | None:
    """Who is there for an absent person: the deputy, or the deputy's deputy.

    :param deputies: deputy (0: none) of everybody who is absent
    :return: ``None`` where nobody is left, also when deputies point in a circle

    >>> stand_in(1, {1: 2, 2: 3})
    3
    >>> stand_in(1, {1: 2, 2: 1}) is None
    True
    """
    seen = set()
    while person in deputies:
        if person in seen:
            return None
        seen.add(person)
        person = deputies[person]
    return person or None

"""Who works a debtor.

Rules are asked in their order; the first that fits and has somebody with room decides.
Within a rule the next case goes to whoever carries least: open cases against the number
a person can carry, so that of two people the one with half the capacity gets half.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """Which debtors a rule is for; what is empty does not limit. Amounts in company
    currency, ``above`` included, ``below`` not; zero: no border. Letters are compared
    without case and accents, both ends included."""

    id: int
    users: tuple[int, ...]
    countries: frozenset[int] = field(default_factory=frozenset)
    tags: frozenset[int] = field(default_factory=frozenset)
    above: Decimal = Decimal(0)
    below: Decimal = Decimal(0)
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Debtor:
    """``initial`` is the first letter of the name, plain and in capitals."""

    id: int
    amount: Decimal = Decimal(0)
    country: int = 0
    tags: frozenset[int] = field(default_factory=frozenset)
    initial: str = ""


def fits(rule: Rule, debtor: Debtor) -> bool:
    """Whether the rule is for this debtor.

    >>> fits(Rule(1, (7,), first="A", last="K"), Debtor(1, initial="K"))
    True
    >>> fits(Rule(1, (7,), below=Decimal(20)), Debtor(1, Decimal(20)))
    False
    """
    return (
        (not rule.countries or debtor.country in rule.countries)
        and (not rule.tags or bool(rule.tags & debtor.tags))
        and debtor.amount >= rule.above
        and (not rule.below or debtor.amount < rule.below)
        and _is_between(debtor.initial, rule.first, rule.last)
    )


def _is_between(initial: str, first: str, last: str) -> bool:
    if not first and not last:
        return True
    return bool(initial) and (first or initial) <= initial <= (last or initial)


def share_out(
    debtors: Iterable[Debtor],
    rules: Iterable[Rule],
    loads: Mapping[int, int],
    capacities: Mapping[int, int],
    stand_ins: Mapping[int, int] | None = None,
) -> dict[int, tuple[int, int]]:
    """Give every debtor to somebody, counting what was given on the way.

    :param loads: open cases by person
    :param capacities: cases a person can carry; 0 or absent: no limit
    :param stand_ins: who takes the cases of somebody away; 0: nobody does
    :return: ``{debtor: (rule, person)}`` of those for whom somebody was found

    >>> share_out([Debtor(1), Debtor(2)], [Rule(5, (8, 9))], {8: 3}, {})
    {1: (5, 9), 2: (5, 9)}
    """
    rules, loads, given = list(rules), dict(loads), {}
    for debtor in debtors:
        for rule in rules:
            if not fits(rule, debtor):
                continue
            present = _present(rule.users, stand_ins or {})
            person = _lightest(present, loads, capacities)
            if person:
                loads[person] = loads.get(person, 0) + 1
                given[debtor.id] = (rule.id, person)
                break
    return given


def _present(users: Iterable[int], stand_ins: Mapping[int, int]) -> list[int]:
    """Who is there, in the order of the rule; nobody twice."""
    people = (stand_ins.get(user, user) for user in users)
    return list(dict.fromkeys(person for person in people if person))


def _lightest(
    people: list[int], loads: Mapping[int, int], capacities: Mapping[int, int]
) -> int | None:
    """Who carries least for what they can; nobody beyond the own capacity. Without a
    stated capacity a person counts like the strongest of the others."""
    stated = [capacities.get(person, 0) for person in people]
    usual = max(stated, default=0) or 1
    free = [
        person
        for person in people
        if not capacities.get(person) or loads.get(person, 0) < capacities[person]
    ]
    return min(
        free,
        key=lambda person: (
            Decimal(loads.get(person, 0)) / (capacities.get(person) or usual)
        ),
        default=None,
    )

"""Which strategy fits a debtor.

Strategies are asked in their order; the first whose rule holds is taken, else the
default. A border between amounts has a band: a case that stands on one side stays there
until the border is passed by a quarter, so that small payments do not make it jump.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

#: How far the border must be passed before a case changes sides.
BAND = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a strategy fits. ``tag`` and ``top_percent`` are two ways to the same
    strategy; ``applies_to`` (any, company, person) and ``below`` (an amount in company
    currency, zero for none) must hold as well."""

    id: int
    tag: int | None = None
    top_percent: Decimal = Decimal(0)
    applies_to: str = "any"
    below: Decimal = Decimal(0)
    is_default: bool = False

    @property
    def says_nothing(self) -> bool:
        """Without any condition a strategy is only for the default or by hand."""
        return not (
            self.tag or self.top_percent or self.below or self.applies_to != "any"
        )


@dataclass(frozen=True, slots=True)
class Debtor:
    """``amount`` is what is collectable; with nothing open a case stays as it is.
    ``rank`` and ``ranked`` place the debtor among the customers by turnover (1 is the
    biggest; None: no turnover)."""

    amount: Decimal
    is_company: bool = True
    tags: frozenset[int] = field(default_factory=frozenset)
    rank: int | None = None
    ranked: int = 0
    current: int | None = None


def is_in_top(rank: int | None, ranked: int, percent: Decimal) -> bool:
    """Whether the customer is among the top per cent of the ranked ones.

    >>> is_in_top(1, 20, Decimal(5)), is_in_top(2, 20, Decimal(5))
    (True, False)
    """
    return bool(rank and percent) and rank * 100 <= percent * ranked


def is_below(amount: Decimal, border: Decimal, inside: bool | None) -> bool:
    """Whether the amount counts as below the border.

    ``inside`` says where the case stands now; None, for a new one, asks the bare
    border.

    >>> is_below(Decimal(240), Decimal(200), True)
    True
    >>> is_below(Decimal(160), Decimal(200), False)
    False
    """
    if inside is None:
        return amount < border
    if inside:
        return amount < border * (1 + BAND)
    return amount <= border * (1 - BAND)


def choose(rules: Iterable[Rule], debtor: Debtor) -> int | None:
    """Id of the first strategy that fits, else of the default, else None."""
    rules = tuple(rules)
    default = next((rule.id for rule in rules if rule.is_default), None)
    for rule in rules:
        if not rule.says_nothing and fits(rule, debtor, default):
            return rule.id
    return default


def fits(rule: Rule, debtor: Debtor, default: int | None) -> bool:
    """Whether every condition of the rule holds for the debtor."""
    if rule.tag or rule.top_percent:
        tagged = rule.tag in debtor.tags
        if not tagged and not is_in_top(debtor.rank, debtor.ranked, rule.top_percent):
            return False
    if rule.applies_to != "any" and (rule.applies_to == "company") != debtor.is_company:
        return False
    if not rule.below:
        return True
    if not debtor.amount:
        return rule.id == debtor.current
    inside = {rule.id: True, default: False}.get(debtor.current)
    return is_below(debtor.amount, rule.below, inside)

"""Which credits settle which open items: proposals, never postings.

Rules in the order of their certainty: the credit names the item and fits it, names it,
fits one item to the cent, is the sum of several (or several credits are the sum of
one), and at last all that is left, oldest first. Every item is in at most one
proposal, and no proposal takes more than is open; whatever stays open gets the next
proposal after booking.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

RULES = ("exact_reference", "reference", "exact", "sum", "oldest")
ZERO = Decimal(0)
#: Sums are looked for among so many of the oldest items, of so many items each.
SUM_CANDIDATES, SUM_SIZE = 12, 4


@dataclass(frozen=True, slots=True)
class Item:
    """An open item or a credit: what is open (above zero), its day, and the references
    under which somebody might mean it."""

    id: int
    amount: Decimal
    day: date
    references: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal: parts (id, amount) of credits and of open items, equal in sum."""

    rule: str
    credits: tuple[tuple[int, Decimal], ...]
    debits: tuple[tuple[int, Decimal], ...]

    @property
    def amount(self) -> Decimal:
        """What the proposal settles."""
        return sum((amount for _id, amount in self.debits), ZERO)


def references(*texts: str | None) -> frozenset[str]:
    """Words that may name a document, without case and punctuation; short or
    letters-only words name nothing.

    >>> sorted(references("Payment of INV/2025/0007", None))
    ['inv20250007']
    """
    words = (word for text in texts if text for word in text.split())
    plain = ("".join(filter(str.isalnum, word)).lower() for word in words)
    return frozenset(
        word for word in plain if len(word) >= 4 and any(map(str.isdigit, word))
    )


def propose(debits: Iterable[Item], credits: Iterable[Item]) -> tuple[Match, ...]:
    """Proposals for one customer, account and currency, most certain first."""
    debits, credits = _oldest(debits), _oldest(credits)
    found = []
    for rule in (_exact_reference, _reference, _exact, _sum, _credits_sum):
        for credit in list(credits):
            if credit not in credits:
                continue
            match = rule(credit, debits, credits)
            if match:
                found.append(match)
                debits = _without(debits, match.debits)
                credits = _without(credits, match.credits)
    rest = _oldest_first(credits, debits)
    return (*found, rest) if rest else tuple(found)


def _oldest(items: Iterable[Item]) -> list[Item]:
    """Oldest first; what is not open is no item."""
    return sorted((i for i in items if i.amount > 0), key=lambda i: (i.day, i.id))


def _without(items: list[Item], used) -> list[Item]:
    ids = {item_id for item_id, _amount in used}
    return [item for item in items if item.id not in ids]


def _whole(items: Sequence[Item]):
    return tuple((item.id, item.amount) for item in items)


def _named(credit: Item, debits: Sequence[Item]) -> list[Item]:
    return [item for item in debits if item.references & credit.references]


def _exact_reference(credit, debits, _credits):
    for item in _named(credit, debits):
        if item.amount == credit.amount:
            return Match("exact_reference", _whole([credit]), _whole([item]))
    return None


def _reference(credit, debits, _credits):
    named = _named(credit, debits)
    if not named:
        return None
    total = min(credit.amount, _total(named))
    return Match("reference", ((credit.id, total),), _spend(total, named))


def _exact(credit, debits, _credits):
    for item in debits:
        if item.amount == credit.amount:
            return Match("exact", _whole([credit]), _whole([item]))
    return None


def _subset(items: Sequence[Item], total: Decimal):
    """Two or more items that add up to the total: the oldest in a row, else few of the
    oldest."""
    running = ZERO
    for count, item in enumerate(items, start=1):
        running += item.amount
        if running == total and count > 1:
            return items[:count]
        if running >= total:
            break
    near = [item for item in items if item.amount < total][:SUM_CANDIDATES]
    for size in range(2, SUM_SIZE + 1):
        for group in combinations(near, size):
            if sum((item.amount for item in group), ZERO) == total:
                return list(group)
    return None


def _sum(credit, debits, _credits):
    group = _subset(debits, credit.amount)
    return Match("sum", _whole([credit]), _whole(group)) if group else None


def _credits_sum(credit, debits, credits):
    """Several credits, this one among them, pay one item."""
    others = [item for item in credits if item != credit]
    for item in debits:
        if item.amount <= credit.amount:
            continue
        rest = item.amount - credit.amount
        group = next(([c] for c in others if c.amount == rest), None)
        group = group or _subset(others, rest)
        if group:
            return Match("sum", _whole([credit, *group]), _whole([item]))
    return None


def _oldest_first(credits, debits):
    """What is left on both sides, oldest first, as far as the smaller side reaches."""
    total = min(_total(credits), _total(debits))
    if not total:
        return None
    return Match("oldest", _spend(total, credits), _spend(total, debits))


def _total(items):
    return sum((item.amount for item in items), ZERO)


def _spend(total, items):
    """Parts of the items, in their order, that make up the total."""
    parts = []
    for item in items:
        part = min(total, item.amount)
        if part <= 0:
            break
        parts.append((item.id, part))
        total -= part
    return tuple(parts)


def difference(rest: Decimal, discount: Decimal, charge_limit: Decimal) -> str:
    """What a rest after a payment probably is: the early-payment discount taken too
    late, a bank charge (at most ``charge_limit``), or simply too little."""
    if discount > 0 and rest == discount:
        return "discount"
    if rest <= charge_limit:
        return "charge"
    return "under"

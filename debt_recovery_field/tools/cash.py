"""How much cash a field officer may carry, and for how long. Plain values, no clock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CashInHand:
    """Cash not yet confirmed by the cashier: its sum, and the last day the oldest of it
    may be kept (None: nothing is held)."""

    amount: Decimal = Decimal()
    keep_until: date | None = None


def refusal(
    hand: CashInHand, amount: Decimal, limit: Decimal, today: date
) -> str | None:
    """Why more cash must not be taken: ``late`` (the old must go first), ``limit``, or
    None when it may. A limit of zero does not limit the amount.

    >>> refusal(CashInHand(Decimal(640), date(2025, 3, 4)), Decimal(400), Decimal(1000),
    ...         date(2025, 3, 3))
    'limit'
    """
    if hand.keep_until and today > hand.keep_until:
        return "late"
    if limit and hand.amount + amount > limit:
        return "limit"
    return None

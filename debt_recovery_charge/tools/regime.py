"""How a law or a contract counts interest, and what contradicts itself in it."""

from dataclasses import dataclass
from decimal import Decimal

from .appropriation import ORDERS, PRINCIPAL
from .day_count import ACT_365, CONVENTIONS

FLOAT, FIXED = "float", "fixed"
NONE, MONTHLY, YEARLY = "none", "monthly", "yearly"
RESIDUAL, ORIGINAL = "residual", "original"


@dataclass(frozen=True, slots=True)
class Regime:
    """How a law or a contract counts interest.

    The rate is ``multiple`` x reference + ``margin`` in percent a year, rounded up to
    ``step`` where given; ``reset`` fixed takes the rate of the due date for good.
    ``grace`` days are free; with ``grace_kept`` they stay free once they have passed.
    Less than ``minimum`` is not charged; ``cap_percent`` of the principal is the most.
    ``order`` says what a part payment is counted on first.
    """

    margin: Decimal = Decimal(0)
    multiple: Decimal = Decimal(1)
    step: Decimal = Decimal(0)
    reset: str = FLOAT
    day_count: str = ACT_365
    compounding: str = NONE
    base: str = RESIDUAL
    grace: int = 0
    grace_kept: bool = False
    minimum: Decimal = Decimal(0)
    cap_amount: Decimal | None = None
    cap_percent: Decimal | None = None
    order: str = PRINCIPAL


def problems(regime: Regime) -> list[str]:
    """Codes of what contradicts itself in a regime; empty when it can be used."""
    found = []
    if regime.compounding != NONE and regime.reset == FIXED:
        found.append("compounding_fixed")
    if regime.compounding == MONTHLY and regime.day_count != ACT_365:
        found.append("monthly_day_count")
    if regime.compounding != NONE and regime.base == ORIGINAL:
        found.append("compounding_original")
    if regime.order != PRINCIPAL and regime.base == ORIGINAL:
        found.append("order_original")
    if regime.order not in ORDERS:
        found.append("order")
    if regime.day_count not in CONVENTIONS:
        found.append("day_count")
    if regime.grace_kept and not regime.grace:
        found.append("grace")
    if min(regime.grace, regime.step, regime.minimum, regime.multiple) < 0:
        found.append("negative")
    return found

"""What a payment is counted on: costs, interest or the principal first.

The books match a payment with the invoice; the claim may have to count it otherwise (a
payment that covers not everything goes to costs, then interest, then the principal in
many civil codes). The sum owed is the same in any order; what bears interest is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
PRINCIPAL, INTEREST, COSTS = "principal", "interest", "costs"
ORDERS = {
    PRINCIPAL: (PRINCIPAL, INTEREST, COSTS),
    INTEREST: (INTEREST, PRINCIPAL, COSTS),
    COSTS: (COSTS, INTEREST, PRINCIPAL),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One payment and what it was counted on; ``rest`` is more than was owed."""

    day: date
    amount: Decimal
    costs: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO
    rest: Decimal = ZERO


@dataclass
class Account:
    """What is still owed of one item: principal, and costs by the day they arose."""

    order: str
    principal: Decimal
    costs: Sequence[tuple[date, Decimal]] = ()
    costs_paid: Decimal = ZERO
    uses: list[Use] = field(default_factory=list)

    def costs_on(self, day: date) -> Decimal:
        """Costs that have arisen by that day and are not paid."""
        arisen = sum((amount for when, amount in self.costs if when <= day), ZERO)
        return max(ZERO, arisen - self.costs_paid)

    def pay(self, day: date, amount: Decimal, interest: Decimal) -> Use:
        """Count a payment, ``interest`` being what is due of it; returns how.

        >>> account = Account(COSTS, Decimal(1000), [(date(2026, 1, 1), Decimal(40))])
        >>> account.pay(date(2026, 2, 1), Decimal(100), Decimal(25)).principal
        Decimal('35')
        """
        owed = {
            PRINCIPAL: self.principal,
            INTEREST: interest,
            COSTS: self.costs_on(day),
        }
        left, parts = amount, {}
        for name in ORDERS[self.order]:
            parts[name] = max(ZERO, min(left, owed[name]))
            left -= parts[name]
        self.principal -= parts[PRINCIPAL]
        self.costs_paid += parts[COSTS]
        use = Use(day, amount, **parts, rest=left)
        self.uses.append(use)
        return use

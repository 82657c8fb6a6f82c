"""What recovery costs and what is lost."""

from collections.abc import Mapping
from decimal import Decimal

from .result import ZERO, Note, Result, ratio, undefined


def cost_to_collect(costs: Mapping[str, Decimal], cash: Decimal) -> Result:
    """Costs (actions, fees, court and counsel, commission) per unit of money that came
    on overdue items. Undefined where nobody records a cost."""
    total = sum(costs.values(), Decimal(0))
    parts = {**costs, "costs": total, "cash": cash}
    if not costs:
        return undefined("no_costs", parts)
    return ratio(total, cash, "no_cash", 1, parts)


def bad_debt(
    written_off: Decimal, sales: Decimal, after_write_off: Decimal = ZERO
) -> Result:
    """Written off in the period ÷ credit sales; beside it the same less the money that
    came in the period on what was written off before.

    >>> bad_debt(Decimal(50), Decimal(1000), Decimal(20)).parts["net"]
    Decimal('3')
    """
    net = written_off - after_write_off
    parts = {
        "written_off": written_off,
        "sales": sales,
        "after_write_off": after_write_off,
        "net": ratio(net, sales, "no_sales").value,
    }
    return ratio(written_off, sales, "no_sales", parts=parts)


def legal_success(
    filed: int, won: int, awarded: Decimal, recovered: Decimal, cost: Decimal
) -> Result:
    """Judgments obtained ÷ filed in the period; beside it money ÷ judgments and cost ÷
    money."""
    parts = {
        "filed": filed,
        "won": won,
        "recovered": recovered * 100 / awarded if awarded else None,
        "cost": cost / recovered if recovered else None,
    }
    return ratio(Decimal(won), Decimal(filed), "nothing_filed", parts=parts)


def agency_yield(recovered: Decimal, placed: Decimal, commission: Decimal) -> Result:
    """Recovered ÷ placed; beside it what is left after commission."""
    parts = {"recovered": recovered, "placed": placed, "net": recovered - commission}
    return ratio(recovered, placed, "nothing_placed", parts=parts)


def switched_off(name: str) -> Result:
    """The subject does not exist in this company."""
    return Result(None, (Note("switched_off", {"name": name}),))

"""Fixed sums by size: statutory compensation, collection cost scales, fees per level.

A bracket reaches up to ``limit`` and says whether the limit itself belongs to it: the
United Kingdom gives 70 for exactly 1,000, Ireland 40.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bracket:
    """``fixed`` plus ``percent`` of what lies above the bracket before; ``limit`` None
    is the last one."""

    limit: Decimal | None
    fixed: Decimal = ZERO
    percent: Decimal = ZERO
    inclusive: bool = True


def problems(brackets: Sequence[Bracket]) -> list[str]:
    """Codes of what is wrong with a table; empty when it can be used."""
    found = []
    limits = [bracket.limit for bracket in brackets]
    if not brackets or limits[-1] is not None or None in limits[:-1]:
        found.append("open_end")
    known = [limit for limit in limits if limit is not None]
    if known != sorted(set(known)) or any(limit <= 0 for limit in known):
        found.append("limits")
    if any(bracket.fixed < 0 or bracket.percent < 0 for bracket in brackets):
        found.append("negative")
    return found


def amount(
    value: Decimal,
    brackets: Sequence[Bracket],
    minimum: Decimal = ZERO,
    maximum: Decimal | None = None,
    digits: int = 2,
) -> Decimal:
    """What the table gives for a sum, between ``minimum`` and ``maximum``; nothing for
    nothing.

    >>> table = [Bracket(Decimal(1000), Decimal(40), inclusive=False),
    ...          Bracket(None, Decimal(70))]
    >>> amount(Decimal(1000), table)
    Decimal('70.00')
    """
    if value <= 0:
        return ZERO.quantize(Decimal(1).scaleb(-digits))
    lower = ZERO
    for bracket in brackets:
        if _reaches(bracket, value):
            found = bracket.fixed + (value - lower) * bracket.percent / 100
            found = max(found, minimum)
            found = found if maximum is None else min(found, maximum)
            return found.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        lower = bracket.limit
    raise ValueError("The table has no bracket for this sum.")


def _reaches(bracket, value):
    if bracket.limit is None or value < bracket.limit:
        return True
    return bracket.inclusive and value == bracket.limit

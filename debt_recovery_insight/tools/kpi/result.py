"""What every key figure returns: a value, or the reason why it is undefined."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Note:
    """A coded reason with its values; the models turn it into a sentence."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Result:
    """A figure. ``value`` is None when it is undefined, and ``notes`` say why; notes
    beside a value are cautions. ``parts`` are the numbers it was made of."""

    value: Decimal | None
    notes: tuple[Note, ...] = ()
    parts: Mapping[str, object] = field(default_factory=dict, hash=False)


def undefined(code: str, parts: Mapping | None = None, /, **values: object) -> Result:
    """No value, because."""
    return Result(None, (Note(code, values),), parts or {})


def ratio(
    part: Decimal,
    whole: Decimal,
    why_not: str,
    factor: Decimal | int = HUNDRED,
    parts: Mapping | None = None,
) -> Result:
    """``part ÷ whole × factor``; undefined, with that reason, unless the whole is
    positive.

    >>> ratio(Decimal(1), Decimal(4), "no_sales").value
    Decimal('25')
    >>> ratio(Decimal(1), Decimal(0), "no_sales").notes[0].code
    'no_sales'
    """
    parts = {"part": part, "whole": whole} if parts is None else parts
    if whole <= 0:
        return undefined(why_not, parts)
    value = Decimal(part) * factor / Decimal(whole)
    whole_number = value.to_integral_value()
    return Result(whole_number if value == whole_number else value, (), parts)

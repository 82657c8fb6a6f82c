"""Expected losses of trade receivables: the provision matrix of IFRS 9 (5.5.15,
B5.5.35) and the roll-rate method (compliance 8.1, 8.2). Rates are per cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Specific:
    """A debt judged by itself: it leaves its bucket, and loses ``percent``."""

    bucket: str
    amount: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One bucket: what is open, what of it is judged by itself, and the allowance."""

    bucket: str
    exposure: Decimal
    specific: Decimal
    rate: Decimal
    collective: Decimal
    individual: Decimal

    @property
    def allowance(self) -> Decimal:
        """What is set aside for the bucket."""
        return self.collective + self.individual


class ProvisionError(ValueError):
    """A specific allowance is larger than the bucket it is taken out of."""


def matrix(
    exposures: Mapping[str, Decimal],
    rates: Mapping[str, Decimal],
    factor: Decimal = ONE,
    specifics: Sequence[Specific] = (),
    digits: int = 2,
) -> list[Row]:
    """The allowance by bucket. ``factor`` looks forward: 1.15 expects 15 % more losses
    than history; it does not touch what is judged by itself.

    >>> rows = matrix({"current": Decimal(150000)}, {"current": Decimal("0.30")})
    >>> rows[0].allowance
    Decimal('450.00')
    """
    rows = []
    for bucket, exposure in exposures.items():
        own = [item for item in specifics if item.bucket == bucket]
        carved = sum((item.amount for item in own), ZERO)
        if carved > max(ZERO, exposure):
            raise ProvisionError(bucket)
        rate = min(HUNDRED, rates.get(bucket, ZERO) * factor)
        rows.append(
            Row(
                bucket=bucket,
                exposure=exposure,
                specific=carved,
                rate=rate,
                collective=_round((exposure - carved) * rate / HUNDRED, digits),
                individual=sum(
                    (_round(i.amount * i.percent / HUNDRED, digits) for i in own), ZERO
                ),
            )
        )
    return rows


def total(rows: Sequence[Row]) -> Decimal:
    """The whole allowance."""
    return sum((row.allowance for row in rows), ZERO)


def roll_rates(
    snapshots: Sequence[Mapping[str, Decimal]], buckets: Sequence[str]
) -> dict[str, Decimal | None]:
    """The share of each bucket that moves on to the next within one period, weighted
    over all periods; ``None`` where the bucket was always empty. The last bucket has
    nowhere to go and is left out.

    :param snapshots: balances by bucket, one a period, oldest first
    """
    found = {}
    for here, there in zip(buckets, buckets[1:], strict=False):
        before = sum((shot.get(here, ZERO) for shot in snapshots[:-1]), ZERO)
        after = sum((shot.get(there, ZERO) for shot in snapshots[1:]), ZERO)
        found[here] = min(ONE, after / before) if before > ZERO else None
    return found


def loss_rates(
    rolls: Mapping[str, Decimal | None],
    buckets: Sequence[str],
    lgd: Decimal = HUNDRED,
) -> dict[str, Decimal | None]:
    """What is lost of each bucket, per cent: the chance to roll to the end times the
    loss there. ``None`` where a rate on the way is unknown.

    :param lgd: lost of what reached the last bucket, per cent
    """
    found: dict[str, Decimal | None] = {buckets[-1]: lgd}
    rest: Decimal | None = lgd
    for bucket in reversed(buckets[:-1]):
        roll = rolls.get(bucket)
        rest = None if rest is None or roll is None else rest * roll
        found[bucket] = rest
    return found


def _round(value: Decimal, digits: int) -> Decimal:
    return value.quantize(ONE.scaleb(-digits), ROUND_HALF_UP)

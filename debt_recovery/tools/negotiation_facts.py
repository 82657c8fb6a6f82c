"""What a negotiation knows and what it answers: plain values (see ``negotiation``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .approvals import Facts, Limit, is_enough, needed_role
from .money import HUNDRED, ZERO
from .results import Reason
from .schedule import Row

ONE = Decimal(1)
#: The general experience counts like so many judged payments of this debtor.
WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """What the debtor says he can pay: ``once`` now, ``per_month`` from ``first`` on,
    both or, with ``either``, one of them: so much for all of it, or instalments.

    ``rate`` turns the currency of the debt into that of the limits.
    """

    total: Decimal
    digits: int
    today: date
    first: date
    once: Decimal = ZERO
    per_month: Decimal = ZERO
    either: bool = False
    rate: Decimal = ONE

    @property
    def down(self) -> Decimal:
        """What is paid now in a plan."""
        return ZERO if self.either else self.once

    @property
    def spread(self) -> Decimal:
        """What is paid month by month in a plan."""
        return self.total - self.down


@dataclass(frozen=True, slots=True)
class Experience:
    """``hazard`` per cent of plans fail each month, in general; this debtor kept
    ``kept`` of ``judged`` agreed payments. ``yearly`` per cent, nominal, discounts."""

    hazard: Decimal
    yearly: Decimal
    kept: int = 0
    judged: int = 0

    @property
    def keeps(self) -> Decimal:
        """Chance that the next agreed payment comes: the own history, leaning on the
        general experience while it is short.

        >>> past = Experience(Decimal(3), Decimal(10), kept=5, judged=6)
        >>> past.keeps.quantize(ONE / 100)
        Decimal('0.90')
        """
        general = WEIGHT * (ONE - self.hazard / HUNDRED)
        return (self.kept + general) / (self.judged + WEIGHT)


@dataclass(frozen=True, slots=True)
class Authority:
    """The role of whoever talks, and the limits by subject (``plan``,
    ``settlement``); no role: nothing limits."""

    role: str | None = None
    limits: Mapping[str, Sequence[Limit]] | None = None

    def needed(self, subject: str, facts: Facts) -> str | None:
        """The role that has to agree; None where the own one is enough."""
        if self.role is None:
            return None
        role = needed_role(list((self.limits or {}).get(subject, ())), facts)
        return None if is_enough(self.role, role) else role


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. ``kind``: ``full``, ``told`` (as the debtor says), ``shorter`` (the
    nearest plan inside the authority), ``balloon`` (his amounts, the rest at the end)
    or ``settlement``. ``expected`` is what it is worth today, by experience;
    ``certain`` if every payment came."""

    kind: str
    rows: tuple[Row, ...]
    expected: Decimal
    certain: Decimal
    waived: Decimal = ZERO
    percent: Decimal = ZERO
    last: Decimal = ZERO
    needs: str | None = None
    best: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def end(self) -> date:
        """Day of the last payment."""
        return self.rows[-1].due

    @property
    def number(self) -> int:
        """Payments beside the down payment."""
        return sum(1 for row in self.rows if row.number)

    @property
    def interest(self) -> Decimal:
        """Interest and fees in all payments."""
        return sum((row.interest for row in self.rows), ZERO)

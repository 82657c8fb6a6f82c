"""Interest on one overdue amount: simple or compound, with rates that move or stay.

Days run from the day after the due date up to and including the day of payment; a rate
applies to each day by its period; the result is rounded once, half up, at the end (for
yearly compounding also at each anniversary). Everything between is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from .appropriation import Account, Use
from .day_count import year_part
from .rates import RateTable
from .regime import FIXED, FLOAT, MONTHLY, ORIGINAL, YEARLY, Regime

ONE_DAY = timedelta(days=1)
HUNDRED = Fraction(100)
EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Stop:
    """Days without interest, both included, on ``amount`` or on all of it. With
    ``open_before``, what was open when it began, payments since use ``amount`` up
    first."""

    date_from: date
    date_to: date
    amount: Decimal | None = None
    open_before: Decimal | None = None

    def part(self, left: Fraction) -> Fraction:
        """What bears none while ``left`` of the claim is open."""
        if self.amount is None:
            return left
        amount = Fraction(self.amount)
        if self.open_before is None:
            return amount
        return max(Fraction(0), amount - (Fraction(self.open_before) - left))


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount due, what was paid on it by day, when it bears no interest, and which
    ``costs`` arose beside it. Payments never go to interest that is ``settled``: waived
    or billed already."""

    amount: Decimal
    due: date
    payments: Sequence[tuple[date, Decimal]] = ()
    stops: Sequence[Stop] = ()
    costs: Sequence[tuple[date, Decimal]] = ()
    settled: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days with one rate on one principal; ``interest`` is not rounded."""

    date_from: date
    date_to: date
    days: int
    rate: Decimal
    principal: Decimal
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Interest:
    """The rounded total, how it came about, ``cut``: minimum or cap, if one bit, and
    what each payment was counted on."""

    total: Decimal
    segments: tuple[Segment, ...] = ()
    cut: str = ""
    uses: tuple[Use, ...] = ()

    def paid(self, part: str) -> Decimal:
        """What payments were counted on ``costs``, ``interest`` or ``principal``."""
        return sum((getattr(use, part) for use in self.uses), Decimal(0))


def interest(
    claim: Claim, regime: Regime, rates: RateTable, until: date, digits: int = 2
) -> Interest:
    """Interest on ``claim`` up to and including ``until``.

    :raises MissingRateError: when a rate is needed that nobody has entered

    >>> from .rates import constant
    >>> claim = Claim(Decimal(10000), date(2026, 1, 31))
    >>> interest(claim, Regime(), constant(Decimal(12)), date(2026, 3, 17)).total
    Decimal('147.95')
    """
    start = _start(claim, regime, until)
    found = _Count(claim, regime, rates, start, until, digits).result()
    if found.cut == "minimum" and found.paid("interest"):
        # What is not charged cannot have been paid.
        free = replace(claim, settled=Decimal("Infinity"))
        found = _Count(free, regime, rates, start, until, digits).result()
    return found


def _start(claim, regime, until):
    """The last day without interest; ``until`` when none has accrued."""
    free = claim.due + timedelta(days=regime.grace)
    if until <= free:
        return until
    return free if regime.grace_kept else claim.due


def _round(value: Fraction, digits: int) -> Decimal:
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@dataclass
class _Count:
    """One calculation on its way through the segments."""

    claim: Claim
    regime: Regime
    rates: RateTable
    start: date
    until: date
    digits: int
    segments: list = field(default_factory=list)
    capital: Fraction = Fraction(0)  # unpaid interest that has become principal
    accrued: Fraction = Fraction(0)  # unpaid, since the last rest
    paid: Fraction = Fraction(0)  # interest that payments were counted on

    def __post_init__(self):
        claim = self.claim
        self.account = Account(self.regime.order, Decimal(claim.amount), claim.costs)
        self.payments = sorted(claim.payments, reverse=True)

    def result(self):
        rests = self._rests()
        rest = self.start
        cuts = self._cuts(rests)
        self._pay(self.start)
        for first, last in zip(cuts, cuts[1:], strict=False):
            following = next((day for day in rests if day > first), None)
            self._accrue(first, last, rest, following)
            if last in rests:
                self._capitalise()
                rest = last
            self._pay(last)
        total = self.paid + self.capital + self.accrued
        return self._limited(_round(total, self.digits))

    def _pay(self, until):
        """Payments up to and including that day, in the order of their days."""
        while self.payments and self.payments[-1][0] <= until:
            day, amount = self.payments.pop()
            use = self.account.pay(day, Decimal(amount), self._payable())
            part = Fraction(use.interest)
            capital = min(part, self.capital)
            self.capital -= capital
            self.accrued -= part - capital
            self.paid += part

    def _payable(self):
        """Interest that is due and can be paid, rounded: not beyond the cap."""
        due = _round(self.capital + self.accrued, self.digits) - self.claim.settled
        caps = self._caps()
        if caps:
            due = min(due, min(caps) - _round(self.paid, self.digits))
        return max(Decimal(0), due)

    def _rests(self):
        """Days at which interest becomes principal."""
        step = {MONTHLY: 1, YEARLY: 12}.get(self.regime.compounding)
        days, number = [], 1
        while step:
            day = self.start + relativedelta(months=step * number)
            if day > self.until:
                break
            days.append(day)
            number += 1
        return days

    def _cuts(self, rests):
        """Ascending days at whose end something changes."""
        inside = {day for day, _amount in self.claim.payments}
        inside.update(rests)
        if self.regime.reset == FLOAT:
            changes = self.rates.changes(self.start, self.until)
            inside.update(day - ONE_DAY for day in changes)
        for stop in self.claim.stops:
            inside.update((stop.date_from - ONE_DAY, stop.date_to))
        between = {day for day in inside if self.start < day < self.until}
        return sorted({self.start, self.until, *between})

    def _accrue(self, first, last, rest, following):
        """Interest of the days after ``first`` up to ``last``."""
        day = first + ONE_DAY
        principal = self._principal(day)
        if principal <= 0:
            return
        rate = self._rate(day)
        part = self._part(first, last, rest, following)
        amount = principal * Fraction(rate) / HUNDRED * part
        self.accrued += amount
        self.segments.append(
            Segment(
                day,
                last,
                (last - first).days,
                rate,
                _round(principal, self.digits),
                _round(amount, self.digits + 6),
            )
        )

    def _part(self, first, last, rest, following):
        """Part of a year. Whole months of monthly compounding are twelfths; thirty-day
        counts are taken from the due date on, so that cutting changes nothing."""
        if self.regime.compounding == MONTHLY and following:
            days = (following - rest).days
            return Fraction((last - first).days, 12 * days)
        count = self.regime.day_count
        return year_part(count, self.start, last) - year_part(count, self.start, first)

    def _principal(self, day):
        """What bears interest on that day; a payment counts from the next day on."""
        running = [s for s in self.claim.stops if s.date_from <= day <= s.date_to]
        if any(stop.amount is None for stop in running):
            return Fraction(0)
        whole = Fraction(self.claim.amount)
        left = whole - sum(Fraction(use.amount) for use in self.account.uses)
        stopped = sum((stop.part(left) for stop in running), Fraction(0))
        if self.regime.base == ORIGINAL:
            return self.capital + whole - stopped
        if running and stopped >= left:
            return Fraction(0)
        return self.capital + Fraction(self.account.principal) - stopped

    def _rate(self, day):
        """Percent a year on that day, or for good on the due date."""
        fixed = self.regime.reset == FIXED
        reference = self.rates.on(self.claim.due if fixed else day)
        rate = reference * self.regime.multiple + self.regime.margin
        step = self.regime.step
        return (rate / step).to_integral_value(ROUND_CEILING) * step if step else rate

    def _capitalise(self):
        """Yearly rests are rounded as a bill would be, monthly ones are not."""
        amount = self.accrued
        if self.regime.compounding == YEARLY:
            amount = Fraction(_round(amount, self.digits))
        self.capital += amount
        self.accrued = Fraction(0)

    def _limited(self, total):
        segments, uses = tuple(self.segments), tuple(self.account.uses)
        caps = self._caps()
        if segments and total < self.regime.minimum:
            zero = _round(Fraction(0), self.digits)
            return Interest(zero, segments, "minimum", uses)
        if caps and total > min(caps):
            return Interest(min(caps), segments, "cap", uses)
        return Interest(total, segments, uses=uses)

    def _caps(self):
        return [cap for cap in (self.regime.cap_amount, self._cap_of_claim()) if cap]

    def _cap_of_claim(self):
        if self.regime.cap_percent is None:
            return None
        share = Fraction(self.claim.amount) * Fraction(self.regime.cap_percent)
        return _round(share / HUNDRED, self.digits)

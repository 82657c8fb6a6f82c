"""When a claim becomes time-barred, and which law says so.

A period begins, is begun anew by what the debtor does (a restart), stands still while
it may not run (a suspension), and ends. Laws differ in every one of these points, so
each is a parameter of the rule. Nothing here shortens a period, and the order in which
events are told does not matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .results import Reason, reason

Day = date
ONE_DAY = timedelta(days=1)
#: What begins a whole new period.
RESTARTS = ("acknowledgement", "payment", "demand")
#: During what the period does not run.
CAUSES = ("negotiation", "proceedings", "moratorium")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a claim: a restart on ``day``, or a suspension from
    ``day`` to ``until`` (both included; None: it still lasts)."""

    kind: str
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One limitation period of one law.

    ``start`` is ``due``, ``invoice`` or ``year_end`` (end of the year in which the
    creditor could know of the claim, DE BGB 199). ``to_year_end`` lengthens the period
    to the end of its last year (PL KC 118). ``restarts`` and ``suspends`` name the
    events that count; ``revives``: a restart also counts once the period is over.
    ``effect`` after the end: ``warn``, ``block`` (no suit, no threat of one),
    ``extinguished`` (nothing is owed any more). Empty ``country``, ``states``,
    ``kind``, ``debtor`` fit everything.
    """

    years: int = 0
    months: int = 0
    start: str = "due"
    to_year_end: bool = False
    restarts: frozenset[str] = frozenset()
    revives: bool = False
    suspends: frozenset[str] = frozenset()
    effect: str = "warn"
    confirmed: bool = True
    id: int = 0
    country: str = ""
    states: frozenset[str] = frozenset()
    kind: str = ""
    debtor: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def speaks_of(self, claim: "Claim") -> bool:
        """Place, kind and debtor fit; whether it was in force is another question."""
        return (
            self.country in ("", claim.country)
            and (not self.states or claim.state in self.states)
            and self.kind in ("", claim.kind)
            and self.debtor in ("", claim.debtor)
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """What the choice of a rule and the beginning of its period look at.

    ``kind`` is ``goods`` or ``services``, ``debtor`` ``consumer`` or ``business``.
    """

    due: date
    invoiced: date | None = None
    country: str = ""
    state: str = ""
    kind: str = ""
    debtor: str = ""


@dataclass(frozen=True, slots=True)
class Limitation:
    """The answer for one claim. ``date`` is the last day on which it may be sued for,
    None where no rule is known; ``days_left`` is negative once it is over. ``effect``
    is what the law makes of that; a rule nobody confirmed only warns."""

    date: Day | None = None
    days_left: int | None = None
    effect: str = "warn"
    reasons: tuple[Reason, ...] = ()
    rule_id: int = 0
    suspended: bool = False

    @property
    def expired(self) -> bool:
        """The last day has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def barred(self) -> bool:
        """Expired, and the law takes more than a warning from it."""
        return self.expired and self.effect != "warn"

    def ends_within(self, days: int) -> bool:
        """It is over, or will be in that many days."""
        return self.days_left is not None and self.days_left <= days


def choose(rules: Iterable[Rule], claim: Claim) -> Rule | None:
    """The most special rule that fits: for this kind of debtor before any debtor, for
    this kind of claim before any claim, for the state before the country."""
    fitting = [rule for rule in rules if _fits(rule, claim)]
    return max(fitting, key=_rank, default=None)


def _fits(rule: Rule, claim: Claim) -> bool:
    return (
        rule.speaks_of(claim)
        and (rule.valid_from is None or claim.due >= rule.valid_from)
        and (rule.valid_to is None or claim.due <= rule.valid_to)
    )


def _rank(rule: Rule) -> tuple[object, ...]:
    """Special before general; of two alike the shorter one, so that nobody is late."""
    length = rule.years * 12 + rule.months
    special = (bool(rule.debtor), bool(rule.kind), bool(rule.states))
    return (*special, bool(rule.country), -length, -rule.id)


def assess(
    rule: Rule, claim: Claim, events: Iterable[Event], today: date
) -> Limitation:
    """When the claim becomes time-barred under this rule, and why then.

    A suspension that still lasts counts to ``today``: the end moves with it.
    """
    events = sorted(set(events), key=lambda item: (item.day, item.kind))
    pauses = _pauses(rule, events, today)
    begins = _begin(rule, claim)
    over = _end(rule, begins, pauses)
    reasons = [reason(f"limitation_{rule.start}", date=begins)]
    for event in events:
        if event.kind not in rule.restarts or event.day > today:
            continue
        if event.day > over and not rule.revives:
            reasons.append(reason(f"limitation_late_{event.kind}", date=event.day))
            continue
        later = _end(rule, event.day, pauses)
        if later > over:
            over = later
            reasons.append(reason(f"limitation_anew_{event.kind}", date=event.day))
    reasons += [
        reason(f"limitation_{event.kind}", date=event.day, until=event.until)
        for event in events
        if event.kind in rule.suspends and event.day <= min(over, today)
    ]
    effect = rule.effect if rule.confirmed else "warn"
    return Limitation(
        date=over,
        days_left=(over - today).days,
        effect=effect,
        reasons=tuple(reasons),
        rule_id=rule.id,
        suspended=any(first <= today <= last <= over for first, last in pauses),
    )


def _begin(rule: Rule, claim: Claim) -> date:
    """The day after which the period runs."""
    day = claim.invoiced if rule.start == "invoice" and claim.invoiced else claim.due
    return date(day.year, 12, 31) if rule.start == "year_end" else day


def _end(rule: Rule, begins: date, pauses: list[tuple[date, date]]) -> date:
    """The last day of a period that begins after ``begins``; each day of a pause that
    falls into it moves the end by one."""
    over = begins + relativedelta(years=rule.years, months=rule.months)
    if rule.to_year_end:
        over = date(over.year, 12, 31)
    for first, last in pauses:
        first = max(first, begins + ONE_DAY)
        if first > over:
            break
        if first <= last:
            over += last - first + ONE_DAY
    return over


def _pauses(rule: Rule, events: list[Event], today: date) -> list[tuple[date, date]]:
    """Suspensions that count, in order and without overlaps."""
    spans = sorted(
        (event.day, event.until or today)
        for event in events
        if event.kind in rule.suspends and event.day <= (event.until or today)
    )
    merged: list[tuple[date, date]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged

"""May a case be handed over to the court, a lawyer or an agency? A checklist.

Rules are data; the facts come from the case. Every rule answers: ``met``, ``warn``
(may go on, should be known) or ``missing``. Nothing here reads a clock.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from .money import HUNDRED, ZERO
from .results import Reason, reason

MET, WARN, MISSING = "met", "warn", "missing"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the checklist. ``value`` means what the code says: money units,
    days, times the cost. ``blocks``: without it nothing is handed over;
    ``overridable``: a manager may answer for leaving it out."""

    code: str
    value: Decimal = ZERO
    blocks: bool = True
    overridable: bool = True
    key: int = 0


@dataclass(frozen=True, slots=True)
class Limitation:
    """When one claim is barred and what that does: ``warn``, ``block`` or
    ``extinguished``; ``day`` is the last day on which it may be sued for."""

    name: str
    day: date | None
    effect: str = "warn"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a case on a day. Amounts are in company currency."""

    today: date
    claim: Decimal = ZERO
    unit: Decimal = ZERO
    demanded: date | None = None
    holds: tuple[str, ...] = ()
    legal_gate: tuple[str, ...] = ()
    disputed: Decimal = ZERO
    agreed: Decimal = ZERO
    limitations: tuple[Limitation, ...] = ()
    documents: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    verified: date | None = None
    percent: Decimal = ZERO
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The answer of one rule. ``overridden`` is for the caller to judge."""

    rule: Rule
    status: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """All answers, in the order of the rules."""

    checks: tuple[Check, ...] = field(default_factory=tuple)

    def open(self, overridden: Iterable[int] = ()) -> tuple[Check, ...]:
        """What still stands against it. ``overridden``: keys of rules somebody
        answered for; rules that nobody may leave out stay."""
        left_out = set(overridden)
        return tuple(
            check
            for check in self.checks
            if check.status == MISSING
            and check.rule.blocks
            and not (check.rule.overridable and check.rule.key in left_out)
        )

    def is_ready(self, overridden: Iterable[int] = ()) -> bool:
        """Whether it may be handed over."""
        return not self.open(overridden)


def check(rules: Iterable[Rule], facts: Facts) -> Outcome:
    """Ask every rule; of several with the same code the strictest counts. A code nobody
    knows is missing: what is unknown is asked."""
    strictest: dict[str, Rule] = {}
    for rule in rules:
        known = strictest.get(rule.code)
        if known is None or strictness(rule) > strictness(known):
            strictest[rule.code] = rule
    return Outcome(tuple(_ask(rule, facts) for rule in strictest.values()))


def strictness(rule: Rule) -> tuple[bool, bool, Decimal]:
    """Any block wins, then what nobody may leave out, then the larger number; an
    address is to be checked the more often the *smaller* its number of days."""
    value = -rule.value if rule.code == "address" else rule.value
    return rule.blocks, not rule.overridable, value


def expected(facts: Facts) -> Decimal:
    """Money that is likely to come in: the claim by its chance of success."""
    return facts.claim * facts.percent / HUNDRED


def _ask(rule: Rule, facts: Facts) -> Check:
    judge = JUDGES.get(rule.code)
    found, why = judge(rule, facts) if judge else (False, reason("unknown_rule"))
    if found:
        return Check(rule, MET, why)
    return Check(rule, MISSING if rule.blocks else WARN, why)


def _amount(rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    needed = rule.value * facts.unit
    enough = facts.claim > ZERO and facts.claim >= needed
    return enough, reason("handover_amount", amount=facts.claim, needed=needed)


def _demand(_rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.demanded is None:
        return False, reason("handover_no_demand")
    return True, reason("handover_demanded", date=facts.demanded)


def _waiting(rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    """The day of the letter is not counted: 30 days from 2 March end on 1 April and
    the claim may be issued on 2 April."""
    if facts.legal_gate:
        return False, reason("handover_gate", sentence=" ".join(facts.legal_gate))
    days = int(rule.value)
    if facts.demanded is None:
        return False, reason("handover_wait_unstarted", days=days)
    free = facts.demanded + timedelta(days=days)
    if facts.today > free:
        return True, reason("handover_waited", date=free, days=days)
    return False, reason("handover_wait", date=free + timedelta(days=1), days=days)


def _hold(_rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.holds:
        return False, reason("handover_hold", holds=", ".join(facts.holds))
    return True, reason("handover_no_hold")


def _dispute(_rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.disputed > ZERO:
        return False, reason("handover_disputed", amount=facts.disputed)
    return True, reason("handover_undisputed")


def _agreement(_rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.agreed > ZERO:
        return False, reason("handover_agreed", amount=facts.agreed)
    return True, reason("handover_not_agreed")


def _limitation(rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    """Barred claims stop it unless their rule only warns; ``value`` days before the
    last day are close."""
    barred = barred_claims(facts.limitations, facts.today)
    if barred:
        names = ", ".join(claim.name for claim in barred)
        return False, reason("handover_barred", items=names)
    days = [claim.day for claim in facts.limitations if claim.day]
    if not days:
        return True, reason("handover_limitation_unknown")
    first = min(days)
    if first < facts.today:
        return True, reason("handover_limitation_warn", date=first)
    return True, reason("handover_limitation", date=first)


def _documents(_rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.documents:
        return False, reason("handover_documents", items=", ".join(facts.documents))
    return True, reason("handover_documented")


def _address(rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    if facts.address:
        return False, reason("handover_address", items=", ".join(facts.address))
    days = int(rule.value)
    if facts.verified is None or facts.today - facts.verified > timedelta(days=days):
        return False, reason("handover_unverified", days=days)
    return True, reason("handover_verified", date=facts.verified)


def _economic(rule: Rule, facts: Facts) -> tuple[bool, Reason]:
    likely = expected(facts)
    if facts.cost is None:
        return False, reason("handover_cost_unknown")
    values = {"amount": likely, "cost": facts.cost, "times": rule.value}
    if likely >= facts.cost * rule.value and likely > ZERO:
        return True, reason("handover_worth", **values)
    return False, reason("handover_not_worth", **values)


def barred_claims(
    limitations: Iterable[Limitation], today: date
) -> tuple[Limitation, ...]:
    """Claims that may no longer be sued for; those that only warn are not among
    them, extinguished ones are whatever their day."""
    return tuple(
        claim
        for claim in limitations
        if claim.effect != "warn" and claim.day is not None and claim.day < today
    )


JUDGES: Mapping[str, Callable[[Rule, Facts], tuple[bool, Reason]]] = MappingProxyType(
    {
        "amount": _amount,
        "demand": _demand,
        "waiting": _waiting,
        "hold": _hold,
        "dispute": _dispute,
        "agreement": _agreement,
        "limitation": _limitation,
        "documents": _documents,
        "address": _address,
        "economic": _economic,
    }
)

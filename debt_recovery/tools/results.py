"""What every verdict of ``tools/`` carries: coded reasons with their values.

A reason is never a sentence here. The models translate the code into the reader's
language and fill in the values; the run stores them; tests assert on the codes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a verdict: a stable code and the facts the sentence needs.

    ``values`` holds dates, ``Decimal`` amounts, numbers and names only. It is treated
    as read-only and left out of the hash, so that reasons can stand in sets.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


def reason(code: str, /, **values: object) -> Reason:
    """Build a reason; keyword arguments become its values.

    >>> reason("quiet_days", until=date(2025, 3, 8)).code
    'quiet_days'
    """
    return Reason(code, values)


def codes(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The codes alone, in order; for tests, grouping and counting."""
    return tuple(item.code for item in reasons)


def find(reasons: Iterable[Reason], code: str) -> Reason | None:
    """The first reason with that code, or None."""
    return next((item for item in reasons if item.code == code), None)


def as_plain(item: Reason) -> dict[str, object]:
    """A reason as JSON-ready values: dates in ISO form, amounts as exact text.

    >>> as_plain(reason("not_reached", date=date(2025, 3, 8), amount=Decimal("1.50")))
    {'code': 'not_reached', 'values': {'date': '2025-03-08', 'amount': '1.50'}}
    """
    values = {key: _plain_value(value) for key, value in item.values.items()}
    return {"code": item.code, "values": values}


def _plain_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: ``allowed``, ``delayed`` until a moment (aware), or
    ``refused``. ``warnings`` stop nobody; ``overridable``: a manager may answer for
    doing it all the same.

    >>> Verdict.strictest([Verdict.allowed(), Verdict.refused(reason("hold"))]).status
    'refused'
    """

    status: str
    reasons: tuple[Reason, ...] = ()
    until: datetime | None = None
    warnings: tuple[Reason, ...] = ()
    overridable: bool = False

    @classmethod
    def allowed(cls) -> "Verdict":
        """Nothing speaks against the contact."""
        return cls("allowed")

    @classmethod
    def refused(cls, *reasons: Reason) -> "Verdict":
        """The contact must not happen."""
        return cls("refused", reasons)

    @classmethod
    def delayed(cls, until: datetime, *reasons: Reason) -> "Verdict":
        """The contact may happen from ``until`` on."""
        return cls("delayed", reasons, until)

    @classmethod
    def strictest(cls, verdicts: Iterable["Verdict"]) -> "Verdict":
        """Any refusal wins, then the longest delay; reasons of that kind are joined.
        It may be overridden when each verdict against it may."""
        verdicts = list(verdicts)
        warnings = tuple(item for verdict in verdicts for item in verdict.warnings)
        against = [verdict for verdict in verdicts if verdict.status != "allowed"]
        soft = bool(against) and all(verdict.overridable for verdict in against)
        for status in ("refused", "delayed"):
            found = [verdict for verdict in verdicts if verdict.status == status]
            if found:
                reasons = tuple(item for verdict in found for item in verdict.reasons)
                dates = [verdict.until for verdict in found if verdict.until]
                until = max(dates, default=None)
                return cls(status, reasons, until, warnings, soft)
        return cls("allowed", warnings=warnings)

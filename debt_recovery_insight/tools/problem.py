"""Which accounts are problems, and what to do about each. The first rule that fits
speaks: what is under way already comes before what could be begun."""

from dataclasses import dataclass

#: Days overdue from which an account is old, and from which a court is worth a thought.
OLD_DAYS = 90
LATE_DAYS = 60
#: Days overdue from which a bad risk is a problem and not only a risk.
BAND_DAYS = 30
#: Broken promises that make a pattern.
BROKEN = 2
#: Days without a message after which nobody seems to be at work.
SILENT_DAYS = 30
BAD_BANDS = ("D", "E")


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a customer; shares are fractions of the overdue amount, days are
    calendar days, ``silent_days`` is None where nothing was ever sent."""

    days: int
    disputed: float = 0.0
    agreed: float = 0.0
    broken: int = 0
    returned: int = 0
    band: str | None = None
    limitation: str | None = None
    over_limit: bool = False
    in_court: bool = False
    with_agency: bool = False
    on_hold: bool = False
    worth_suing: bool = False
    may_sue: bool = False
    may_place: bool = False
    silent_days: int | None = None


def signs(account: Account) -> tuple[str, ...]:
    """What makes it a problem; empty for an account that is merely late.

    >>> signs(Account(days=20)), signs(Account(days=100, broken=2))
    ((), ('old', 'broken'))
    """
    found = {
        "limitation": account.limitation is not None,
        "old": account.days > OLD_DAYS,
        "broken": account.broken >= BROKEN,
        "returned": account.returned > 0,
        "over_limit": account.over_limit,
        "band": account.band in BAD_BANDS and account.days > BAND_DAYS,
    }
    return tuple(sign for sign, is_there in found.items() if is_there)


def recommend(account: Account) -> str:
    """Code of the action to take.

    >>> recommend(Account(days=100, limitation="expired"))
    'write_off'
    >>> recommend(Account(days=100, disputed=0.6, broken=3))
    'dispute'
    """
    return next(code for code, fits in _rules(account) if fits)


def _rules(account):
    patient = account.days <= LATE_DAYS and account.broken < BROKEN
    yield "write_off", account.limitation == "expired" and not account.in_court
    yield "court", account.in_court
    yield "secure", account.limitation is not None
    yield "agency", account.with_agency
    yield "hold", account.on_hold
    yield "dispute", account.disputed >= 0.5
    yield "agreement", account.agreed >= 0.5
    yield "sue", not patient and account.may_sue and account.worth_suing
    yield "place", not patient and account.may_place and account.worth_suing
    yield "stop", account.over_limit or account.band == "E"
    yield "pay_way", account.returned > 0
    silent = account.silent_days
    yield "call", silent is None or silent > SILENT_DAYS or patient
    yield "demand", True

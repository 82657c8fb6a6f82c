"""What a rule may ask: the rule itself, the log, the debtor and the contact planned."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ..calendars import WorkCalendar

BUSINESS = "business"
#: A day of the week as minutes after midnight, end excluded; None: closed.
Hours = tuple[tuple[int, int] | None, ...]


def minutes(hour: float) -> int:
    """Hours of a clock as minutes: 7.5 is 450."""
    return round(hour * 60)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as configured. ``type`` is a key of ``judge.CHECKS``; a rule that is
    not confirmed, or whose severity is ``warn``, is told and stops nobody."""

    code: str
    type: str
    name: str = ""
    citation: str = ""
    severity: str = "block"
    overridable: bool = False
    confirmed: bool = True
    date_from: date | None = None
    date_to: date | None = None
    #: Channels it concerns; empty: all.
    channels: frozenset[str] = frozenset()
    # contact_window
    hours: Hours = ()
    open_on_holidays: bool = True
    # attempt_cap, min_gap, cooloff, visit_rule
    limit: int = 0
    days: int = 1
    gap_minutes: int = 0
    counter: str = "attempts"  # attempts, connected, contacts
    scope: str = "debtor"  # debtor, case, debt
    after_conversation: bool = False
    consent_lifts: bool = True
    broken_promise_lifts: bool = False
    # channel_optout, channel_permission
    one_reply: bool = False
    max_age_days: int = 0
    # cease and other flags: purposes that stay allowed
    exceptions: frozenset[str] = frozenset()
    # notice_gate, visit_rule
    notice: str = ""
    gates: frozenset[str] = frozenset()
    wait: int = 0
    wait_unit: str = "calendar"  # calendar, business
    wait_from: str = "sent"  # sent, assumed, delivered
    assumed_post: int = 0
    assumed_electronic: int = 0
    first_day_counts: bool = False
    # required_text, licence_required
    text: str = ""
    licence: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it may stop a contact at all."""
        return self.confirmed and self.severity == "block"

    def is_on(self, day: date) -> bool:
        """Whether this version of the rule is in force on that day."""
        return (self.date_from or date.min) <= day <= (self.date_to or date.max)

    def concerns(self, channel: str) -> bool:
        """Whether it speaks about that channel."""
        return not self.channels or channel in self.channels


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of the log. ``result``: not_connected, no_answer, voicemail, sent,
    conversation, third_party or wrong_number."""

    moment: datetime
    channel: str
    result: str
    inbound: bool = False
    case: int = 0
    debts: frozenset[int] = frozenset()
    address: str = ""

    def counts_as(self, counter: str) -> bool:
        """Whether a counter takes it: *attempts* reached a line or left the house,
        *connected* left something behind, *contacts* came through to the debtor."""
        return not self.inbound and self.result in COUNTED[counter]


COUNTED = {
    "attempts": {"no_answer", "voicemail", "sent", "conversation", "third_party"},
    "connected": {"voicemail", "sent", "conversation", "third_party"},
    "contacts": {"sent", "conversation"},
}


@dataclass(frozen=True, slots=True)
class Blackout:
    """Hours at which the debtor asked not to be reached."""

    weekdays: frozenset[int]
    start: int = 0
    end: int = 24 * 60
    channels: frozenset[str] = frozenset()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OptOut:
    """“Not by this channel”, for one address or for all of them."""

    channel: str
    since: datetime
    address: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """The debtor agreed to a channel, for one address or for all of them."""

    channel: str
    given: date
    address: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The debtor asked for a contact: good for ``days`` days, the first being the day
    it starts, and until the next conversation."""

    given: datetime
    start: datetime | None = None
    days: int = 7
    channels: frozenset[str] = frozenset()

    @property
    def since(self) -> datetime:
        """From when on it covers a contact."""
        return self.start or self.given


@dataclass(frozen=True, slots=True)
class Flag:
    """A state of the debtor between two days, both included: cease, attorney,
    insolvency, moratorium, deceased, vulnerable, fraud. ``instead`` are the people to
    speak with instead."""

    kind: str
    start: date
    end: date | None = None
    label: str = ""
    instead: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that left, and when it is known to have arrived."""

    code: str
    sent: date
    delivered: date | None = None
    electronic: bool = False


@dataclass(frozen=True, slots=True)
class Debtor:
    """All that is known of the debtor at the moment of asking."""

    zones: tuple[tzinfo, ...] = (UTC,)
    holidays: frozenset[date] = frozenset()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    blackouts: tuple[Blackout, ...] = ()
    optouts: tuple[OptOut, ...] = ()
    permissions: tuple[Permission, ...] = ()
    consents: tuple[Consent, ...] = ()
    flags: tuple[Flag, ...] = ()
    notices: tuple[Notice, ...] = ()
    disputed: frozenset[int] = frozenset()
    licences: frozenset[str] = frozenset()
    broken_promise: datetime | None = None

    def day(self, moment: datetime) -> date:
        """The calendar day at the debtor's."""
        return moment.astimezone(self.zones[0]).date()

    def midnight(self, day: date) -> datetime:
        """When that day begins at the debtor's."""
        return at_minute(day, 0, self.zones[0])

    def consented(
        self, moment: datetime, channel: str, log: Iterable[Contact]
    ) -> Consent | None:
        """The consent that covers a contact at that moment."""
        for consent in self.consents:
            if consent.channels and channel not in consent.channels:
                continue
            day, first = self.day(moment), self.day(consent.since)
            ended = any(
                row.result == "conversation" and consent.since < row.moment < moment
                for row in log
            )
            covers = consent.since <= moment and (day - first).days < consent.days
            if covers and not ended:
                return consent
        return None


@dataclass(frozen=True, slots=True)
class Attempt:
    """The contact somebody wants to make. ``text`` is None while nobody knows it."""

    channel: str
    moment: datetime
    case: int = 0
    debts: frozenset[int] = frozenset()
    step: str = ""
    person: int = 0
    third_party: bool = False
    address: str = ""
    purpose: str = ""
    text: str | None = None


def at_minute(day: date, minute: int, zone: tzinfo) -> datetime:
    """That minute of a local day, in UTC; minute 1440 is the next midnight."""
    local = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minute)
    return local.astimezone(UTC)

"""What the ladder is told and what it answers: plain frozen values.

Amounts are in the company's currency, days are calendar days, dates are the company's
own. The caller gathers the facts in one grouped read; :func:`..ladder.decide` judges.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .calendars import WorkCalendar
from .results import Reason

#: Channels whose use leaves the house; quiet days and the credit brake act on them.
MESSAGE_CHANNELS = frozenset({"email", "letter", "sms"})

#: Every reason code a decision can carry; the models keep one sentence for each.
REASON_CODES = frozenset(
    {
        # place on the ladder
        "driver",
        "driver_joint",
        "reset_driver_closed",
        "reset_half_paid",
        "returned_to_cycle",
        "below_minimum",
        "skipped_by_officer",
        "step_due",
        # nothing to do
        "strategy_without_steps",
        "before_live",
        "nothing_overdue",
        "nothing_collectable",
        "below_send_minimum",
        "ladder_finished",
        "all_below_minimum",
        # later
        "pending",
        "not_reached",
        "one_step_a_day",
        "quiet_days",
        "non_working_day",
        # stopped until somebody acts or a date passes
        "stopped",
        "within_tolerance",
        "unmatched_credit",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. ``day`` counts from the driver's due date; below zero is before it.

    ``mode`` is "auto" (leaves at the release hour), "review" (an officer releases) or
    "task" (human work). ``minimum_scope`` "total" compares the whole claim, "line"
    asks for at least one claimed line of that size. ``firm`` is a formal demand or what
    comes after it.
    """

    id: int
    code: str
    sequence: int
    day: int
    channels: tuple[str, ...]
    mode: str
    minimum: Decimal = Decimal(0)
    minimum_scope: str = "total"
    firm: bool = False

    @property
    def before_due(self) -> bool:
        """Whether the step reminds of what is not due yet."""
        return self.day < 0

    @property
    def is_message(self) -> bool:
        """Whether the engine itself sends something out of the house."""
        return self.mode != "task" and not MESSAGE_CHANNELS.isdisjoint(self.channels)

    @property
    def rank(self) -> tuple[int, int]:
        """Place in the ladder; the id parts steps of one sequence."""
        return self.sequence, self.id


@dataclass(frozen=True, slots=True)
class Line:
    """One open debit row of the case with its part of the bridge (DESIGN 3)."""

    id: int
    due: date
    residual: Decimal
    collectable: Decimal
    not_due: Decimal

    @property
    def age_key(self) -> tuple[date, int]:
        """Oldest first; the id parts lines of one date."""
        return self.due, self.id


@dataclass(frozen=True, slots=True)
class Claim:
    """One acted step of the log: a message that left or a task that was created.

    ``claimed`` is the amount of its lines then, ``still_open`` their residual now,
    capped per line at what was claimed. ``driver_claimed`` is the driver's part then.
    """

    step_id: int
    sequence: int
    cycle: int
    day: date
    driver_id: int | None
    driver_claimed: Decimal
    claimed: Decimal
    still_open: Decimal
    message: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A live unfinished action; ``blocks`` is False for tasks."""

    step_id: int
    state: str
    since: date
    blocks: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A hold or brake on the whole case, valid to ``until`` included (None: open end).

    ``automatic_only`` stops messages nobody looks at; human work goes on. ``firm_only``
    stops firm steps, whoever takes them.
    """

    code: str
    automatic_only: bool
    until: date | None
    label: str
    firm_only: bool = False

    @property
    def whole(self) -> bool:
        """Whether it stops everything."""
        return not self.automatic_only and not self.firm_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The company's engine settings (practice 4.0); per cents are numbers like 50.

    ``grace_days`` belongs to opening a case; a step's own day rules once it is open.
    ``calendar`` None means that every day is a working day.
    """

    floor: Decimal
    floor_percent: Decimal = Decimal(5)
    quiet_days: int = 6
    grace_days: int = 3
    send_minimum: Decimal
    credit_percent: Decimal = Decimal(50)
    reset_percent: Decimal = Decimal(50)
    tolerance: Decimal = Decimal(0)
    calendar: WorkCalendar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All there is to know about one case on one day.

    ``credit`` is what is unmatched on the account, as a positive number.
    ``cycle_count`` is the highest cycle ever used. ``skipped`` are the steps an officer
    skipped in ``cycle``. ``last_message`` is the day the last message left, whatever
    its cycle. ``live_from``: items due before it were there when the strategy began;
    they ride along in a claim but never drive a step.
    """

    state: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    settings: Settings
    credit: Decimal = Decimal(0)
    cycle: int = 1
    cycle_count: int = 1
    claims: tuple[Claim, ...] = ()
    pending: tuple[Pending, ...] = ()
    skipped: frozenset[int] = field(default_factory=frozenset)
    last_message: date | None = None
    stops: tuple[Stop, ...] = ()
    live_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict of one day.

    ``outcome`` is "act" (do ``step_id`` now), "wait" (a date or an event will free it),
    "stop" (a hold or brake is on) or "idle" (nothing to do). ``step_id``, ``mode``,
    ``channels`` and ``line_ids`` are filled for "act" alone. ``cycle`` and
    ``cycle_count`` are to be written back whatever the outcome. ``next_step_id`` and
    ``next_date`` look ahead on today's facts: after an act to the following step, else
    to the step that is waiting. ``until`` is the first day on which the same facts may
    lead elsewhere; None: they must be asked again every day.
    """

    outcome: str
    cycle: int
    cycle_count: int
    reasons: tuple[Reason, ...]
    step_id: int | None = None
    mode: str | None = None
    channels: tuple[str, ...] = ()
    line_ids: tuple[int, ...] = ()
    driver_id: int | None = None
    next_step_id: int | None = None
    next_date: date | None = None
    until: date | None = None

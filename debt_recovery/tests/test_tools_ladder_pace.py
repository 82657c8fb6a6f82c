"""The ladder as a table: minimums, skipped steps, quiet days, pending actions."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import NoWorkingDayError, WorkCalendar
from odoo.addons.debt_recovery.tools.ladder import decide

from .ladder_world import (
    STEPS,
    TODAY,
    Situation,
    at,
    case,
    check,
    claim,
    line,
    pending,
    settings,
)

WEEKDAYS = WorkCalendar()
MONDAY_OFF = WorkCalendar(holidays=frozenset({TODAY}))
BY_HAND = replace(STEPS[1], mode="task")
REM1 = claim("rem1", 7)
CALL1 = claim("call1", 8)

MINIMUM = (
    Situation(
        "a call is passed over for a small claim, the next mail waits for its day",
        case(line(1, 15, 300), claims=[claim("rem1", 9, amount=300)]),
        "wait",
        "rem2",
        ("not_reached", "below_minimum"),
        {"next_date": at(-5)},
    ),
    Situation(
        "passed over and the next day reached: the next step acts",
        case(line(1, 20, 300), claims=[claim("rem1", 15, amount=300)]),
        "act",
        "rem2",
        ("step_due", "below_minimum"),
    ),
    Situation(
        "the minimum itself is enough",
        case(line(1, 12, 500), claims=[claim("rem1", 7, amount=500)]),
        "act",
        "call1",
    ),
    Situation(
        "too small for every step left",
        case(line(1, 90, 90), claims=[claim("call2", 30, amount=90)]),
        "idle",
        None,
        ("all_below_minimum", "below_minimum"),
    ),
    Situation(
        "too small to send anything",
        case(line(1, 30, "24.99")),
        "idle",
        None,
        ("below_send_minimum",),
    ),
    Situation(
        "just enough to send something",
        case(line(1, 30, 25)),
        "act",
        "rem1",
    ),
    Situation(
        "a minimum by line needs one line of that size",
        case(
            line(1, 9, 60),
            line(2, 9, 60),
            steps=(replace(STEPS[1], minimum=Decimal(100), minimum_scope="line"),),
        ),
        "idle",
        None,
        ("all_below_minimum",),
    ),
    Situation(
        "a skipped step is left out",
        case(line(1, 30, 1000), claims=[REM1], skipped=frozenset({3})),
        "act",
        "rem2",
        ("skipped_by_officer",),
    ),
    Situation(
        "the last steps skipped by hand end the ladder",
        case(line(1, 99, 1000), claims=[claim("stopsale", 9)], skipped=frozenset({8})),
        "idle",
        None,
        ("ladder_finished",),
    ),
)

PACE = (
    Situation(
        "six quiet days are not over on the sixth",
        case(line(1, 40, 1000), claims=[CALL1], last_message=at(6)),
        "wait",
        "rem2",
        ("quiet_days",),
        {"next_date": at(-1)},
    ),
    Situation(
        "after six full quiet days the next message leaves",
        case(line(1, 40, 1000), claims=[CALL1], last_message=at(7)),
        "act",
        "rem2",
    ),
    Situation(
        "a reviewed message keeps the quiet days too",
        case(line(1, 60, 1000), claims=[claim("call2", 2)], last_message=at(3)),
        "wait",
        "demand",
        ("quiet_days",),
    ),
    Situation(
        "a task does not wait for the quiet days",
        case(line(1, 40, 1000), claims=[claim("rem1", 1)]),
        "act",
        "call1",
        more={"next_date": at(-6)},
    ),
    Situation(
        "a letter handed over by a person is a task, not a message",
        case(
            line(1, 40, 1000),
            steps=(replace(STEPS[1], mode="task"),),
            last_message=at(1),
        ),
        "act",
        "rem1",
    ),
    Situation(
        "zero quiet days hold nothing",
        case(
            line(1, 40, 1000),
            claims=[CALL1],
            last_message=at(0),
            settings=settings(quiet_days=0),
        ),
        "act",
        "rem2",
    ),
    Situation(
        "one step a day: a second run climbs no second level",
        case(line(1, 40, 1000), claims=[claim("rem1", 0)]),
        "wait",
        "call1",
        ("one_step_a_day",),
        {"next_date": at(-1)},
    ),
    *(
        Situation(
            f"a message that is {state} blocks the ladder",
            case(line(1, 40, 1000), claims=[CALL1], pending=(pending("rem2", state),)),
            "wait",
            "rem2",
            ("pending",),
        )
        for state in ("queued", "planned", "unclear")
    ),
    Situation(
        "an open task does not block the ladder",
        case(
            line(1, 40, 1000),
            claims=[REM1, CALL1],
            pending=(pending("call1", blocks=False),),
        ),
        "act",
        "rem2",
    ),
    Situation(
        "on a holiday everything waits for the next working day",
        case(line(1, 12, 1000), claims=[REM1], settings=settings(calendar=MONDAY_OFF)),
        "wait",
        "call1",
        ("non_working_day",),
        {"next_date": at(-1)},
    ),
    Situation(
        "a step whose day is a Saturday is announced for Monday",
        case(
            line(1, 7, 1000),
            claims=[claim("rem1", 2)],
            settings=settings(calendar=WEEKDAYS),
        ),
        "wait",
        "call1",
        ("not_reached",),
        {"next_date": at(-7)},
    ),
)


class TestLadderPace(BaseCase):
    """What is too small, too soon or already on its way."""

    def test_minimum_and_skipped(self):
        check(self, MINIMUM)

    def test_pace(self):
        check(self, PACE)

    def test_a_calendar_that_never_opens_is_an_error_not_a_loop(self):
        never = settings(calendar=WorkCalendar(frozenset()))
        with self.assertRaisesRegex(NoWorkingDayError, "weekday"):
            decide(case(line(1, 12, 1000), settings=never), TODAY)

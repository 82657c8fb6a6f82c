"""The ladder as a table: who drives, which step, on which day.

Further tables: ``_pace``, ``_brakes``, ``_cycles`` and ``_early``.
"""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.ladder import decide
from odoo.addons.debt_recovery.tools.results import codes

from .ladder_world import (
    BY_CODE,
    STEPS,
    TODAY,
    Situation,
    at,
    case,
    check,
    claim,
    line,
    settings,
    value,
)

UNSORTED = (BY_CODE["demand"], BY_CODE["rem2"], BY_CODE["rem1"], BY_CODE["call1"])
REM1 = claim("rem1", 7)
TWIN = replace(STEPS[1], id=12, code="twin")

DRIVER = (
    Situation(
        "one line five days late starts the ladder and says why",
        case(line(1, 5, 1000)),
        "act",
        "rem1",
        ("step_due", "driver"),
        {"line_ids": (1,), "driver_id": 1, "mode": "auto", "channels": ("email",)},
    ),
    Situation(
        "bank charges of 12.50 do not send the demand for 100,000 fresh",
        case(line(1, 200, "12.50"), line(2, 3, 100000)),
        "wait",
        "rem1",
        ("not_reached",),
        {"driver_id": 2, "next_date": at(-2)},
    ),
    Situation(
        "small lines ride along with the driver",
        case(line(1, 200, "12.50"), line(2, 6, 1000)),
        "act",
        "rem1",
        ("driver",),
        {"driver_id": 2, "line_ids": (1, 2)},
    ),
    Situation(
        "a line exactly at the floor of five per cent drives",
        case(line(1, 6, 50), line(2, 1, 950)),
        "act",
        "rem1",
        more={"driver_id": 1},
    ),
    Situation(
        "one cent under the floor does not drive",
        case(line(1, 6, "49.99"), line(2, 1, 950)),
        "wait",
        "rem1",
        more={"driver_id": 2},
    ),
    Situation(
        "many small lines: the oldest that together reach the floor drive",
        case(*(line(n, 31 - n, 9) for n in range(1, 31))),
        "act",
        "rem1",
        ("driver_joint",),
        {"driver_id": 2},
    ),
    Situation(
        "nothing reaches the floor, not even together: the last line drives",
        case(line(1, 9, 15), line(2, 8, 15), settings=settings(floor=Decimal(90))),
        "act",
        "rem1",
        ("driver_joint",),
        {"driver_id": 2},
    ),
    Situation(
        "of two lines of one date the first in the books drives",
        case(line(8, 6, 100), line(7, 6, 100)),
        "act",
        "rem1",
        more={"driver_id": 7, "line_ids": (7, 8)},
    ),
    Situation(
        "a disputed line neither drives nor is claimed",
        case(line(1, 50, 1000, collectable=0), line(2, 6, 500)),
        "act",
        "rem1",
        more={"driver_id": 2, "line_ids": (2,)},
    ),
    Situation(
        "only the undisputed part counts for the floor",
        case(line(1, 50, 1000, collectable=9), line(2, 6, 500)),
        "act",
        "rem1",
        more={"driver_id": 2, "line_ids": (1, 2)},
    ),
)

DAYS = (
    Situation(
        "due today is not overdue",
        case(line(1, 0, 500)),
        "idle",
        "rem1",
        ("nothing_overdue",),
        {"next_date": at(-5)},
    ),
    Situation("a case without lines rests", case(), "idle", None, ("nothing_overdue",)),
    Situation(
        "all that is overdue is disputed",
        case(line(1, 20, 500, collectable=0)),
        "idle",
        None,
        ("nothing_collectable",),
    ),
    Situation(
        "one day before its day a step waits",
        case(line(1, 4, 1000)),
        "wait",
        "rem1",
        ("not_reached", "driver"),
        {"next_date": at(-1), "step_id": None, "line_ids": ()},
    ),
    Situation(
        "a day that passed while nobody worked is caught up",
        case(line(1, 9, 1000)),
        "act",
        "rem1",
    ),
    Situation(
        "two years old debt starts at the first step all the same",
        case(line(1, 730, 1000)),
        "act",
        "rem1",
        more={"next_step_id": BY_CODE["call1"].id, "next_date": at(-1)},
    ),
    Situation(
        "the second step follows on its own day",
        case(line(1, 12, 1000), claims=[REM1]),
        "act",
        "call1",
        more={"mode": "task", "channels": ("call",)},
    ),
    Situation(
        "the second step waits for its day, not for the first",
        case(line(1, 11, 1000), claims=[REM1]),
        "wait",
        "call1",
        more={"next_date": at(-1)},
    ),
    Situation(
        "steps are taken in sequence however they are handed in",
        case(line(1, 60, 1000), steps=UNSORTED),
        "act",
        "rem1",
    ),
    Situation(
        "after the last step nothing is left",
        case(line(1, 90, 1000), claims=[claim("decide", 20)]),
        "idle",
        None,
        ("ladder_finished",),
    ),
    Situation(
        "of two steps of one sequence the second follows the first",
        case(line(1, 30, 1000), claims=[REM1], steps=(STEPS[1], TWIN)),
        "act",
        "twin",
    ),
    Situation(
        "a row that calls itself collectable on its due date is not chased",
        case(replace(line(1, 1, 1000), due=TODAY)),
        "idle",
        None,
        ("nothing_overdue",),
    ),
    Situation(
        "a strategy without steps says so",
        case(line(1, 90, 1000), steps=()),
        "idle",
        None,
        ("strategy_without_steps",),
    ),
    Situation(
        "a strategy of friendly reminders has no step for overdue debt",
        case(line(1, 90, 1000), steps=STEPS[:1]),
        "idle",
        None,
        ("strategy_without_steps",),
    ),
    Situation(
        "a claim of another strategy keeps its place by sequence",
        case(line(1, 60, 1000), claims=[replace(REM1, step_id=99, sequence=30)]),
        "act",
        "rem2",
    ),
    Situation(
        "a fresh driver makes the case wait but never sends it back",
        case(
            line(1, 50, 1000, collectable=0),
            line(2, 3, 800),
            claims=[claim("rem2", 9)],
        ),
        "wait",
        "call2",
        ("not_reached",),
        {"driver_id": 2, "next_date": at(-25)},
    ),
)


class TestLadder(BaseCase):
    """Each situation is one sentence of the law."""

    def test_who_drives(self):
        check(self, DRIVER)

    def test_which_day(self):
        check(self, DAYS)

    def test_reasons_carry_their_values(self):
        decision = decide(case(line(4, 15, 300), claims=[]), TODAY)
        self.assertEqual(value(decision, "driver", "line_id"), 4)
        self.assertEqual(value(decision, "driver", "due"), at(15))
        self.assertEqual(value(decision, "driver", "amount"), Decimal(300))
        self.assertEqual(value(decision, "step_due", "step"), "rem1")
        self.assertEqual(value(decision, "step_due", "reached_on"), at(10))

    def test_only_what_was_passed_over_is_told(self):
        told = codes(decide(case(line(1, 15, 300)), TODAY).reasons)
        self.assertEqual(told, ("step_due", "driver"))

    def test_the_next_message_is_announced_after_the_quiet_days(self):
        decision = decide(case(line(1, 730, 300)), TODAY)
        self.assertEqual(decision.next_step_id, BY_CODE["rem2"].id)
        self.assertEqual(decision.next_date, at(-7))

    def test_the_telling_reason_comes_first(self):
        decision = decide(case(line(1, 15, 300)), TODAY)
        self.assertEqual(codes(decision.reasons)[0], "step_due")

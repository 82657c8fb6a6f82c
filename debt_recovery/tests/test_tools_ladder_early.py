"""The ladder as a table: friendly reminders before the due date."""

from dataclasses import replace

from odoo.tests import BaseCase

from .ladder_world import (
    STEPS,
    Situation,
    at,
    case,
    check,
    claim,
    line,
    pending,
)

EARLIER = replace(STEPS[0], id=9, code="predue10", sequence=5, day=-10)

EARLY = (
    Situation(
        "a row that calls itself not due after its date is not reminded of",
        case(replace(line(1, -2, 1000), due=at(1))),
        "idle",
        None,
        ("nothing_overdue",),
    ),
    Situation(
        "a large line is reminded of five days before it is due",
        case(line(1, -5, 1000), state="watch"),
        "act",
        "predue",
        ("step_due", "driver"),
        {"driver_id": 1, "line_ids": (1,), "next_step_id": 2, "next_date": at(-10)},
    ),
    Situation(
        "six days before is too early",
        case(line(1, -6, 1000), state="watch"),
        "idle",
        "predue",
        ("nothing_overdue",),
        {"next_date": at(-1)},
    ),
    Situation(
        "on the due date it is not too late",
        case(line(1, 0, 1000), state="watch"),
        "act",
        "predue",
    ),
    Situation(
        "a small line is not reminded of in advance",
        case(line(1, -3, 999), state="watch"),
        "idle",
        "rem1",
        ("nothing_overdue", "below_minimum"),
    ),
    Situation(
        "the small line in the window rides along, the one outside does not",
        case(line(1, -2, 50), line(2, -4, 1000), line(3, -9, 5000), state="watch"),
        "act",
        "predue",
        more={"line_ids": (1, 2), "driver_id": 1, "next_step_id": 2},
    ),
    Situation(
        "no friendly word while anything is overdue",
        case(line(1, -3, 5000), line(2, 2, 50)),
        "wait",
        "rem1",
        ("not_reached",),
        {"driver_id": 2},
    ),
    Situation(
        "a disputed overdue line silences the reminder as well",
        case(line(1, -3, 5000), line(2, 20, 50, collectable=0)),
        "idle",
        None,
        ("nothing_collectable",),
    ),
    Situation(
        "a line once reminded of is not reminded of again",
        case(line(1, -1, 1000), claims=[claim("predue", 4)], state="watch"),
        "idle",
        "rem1",
        ("nothing_overdue",),
        {"cycle": 1},
    ),
    Situation(
        "reminded of, then overdue: same cycle, first ladder step",
        case(line(1, 5, 1000), claims=[claim("predue", 10)]),
        "act",
        "rem1",
        more={"cycle": 1, "cycle_count": 1},
    ),
    Situation(
        "the reminded line paid, a new line enters the window: new cycle",
        case(line(2, -3, 2000), claims=[claim("predue", 20)], state="watch"),
        "act",
        "predue",
        ("reset_driver_closed",),
        {"cycle": 2, "driver_id": 2},
    ),
    Situation(
        "a new line enters while the reminded one is open: no second reminder",
        case(line(1, -1, 1000), line(2, -2, 9000), claims=[claim("predue", 4)]),
        "idle",
        "rem1",
        ("nothing_overdue",),
        {"cycle": 1},
    ),
    Situation(
        "a line that rode along is not reminded of again when the driver is paid",
        case(line(2, -1, 9000), claims=[claim("predue", 3)], last_message=None),
        "idle",
        "rem1",
        ("nothing_overdue",),
        {"cycle": 2},
    ),
    Situation(
        "half paid before it is due: nobody is reminded of the rest",
        case(line(1, -1, 500), claims=[claim("predue", 4, still=500)]),
        "idle",
        "rem1",
        more={"cycle": 1},
    ),
    Situation(
        "of two reminders the first in sequence goes first",
        case(line(1, -4, 1000), steps=(*STEPS, EARLIER)),
        "act",
        "predue10",
    ),
    Situation(
        "the second reminder follows in the same cycle",
        case(
            line(1, -3, 1000),
            steps=(*STEPS, EARLIER),
            claims=[replace(claim("predue", 7), step_id=9, sequence=5)],
        ),
        "act",
        "predue",
        more={"cycle": 1},
    ),
    Situation(
        "no friendly word after a demand of the same cycle",
        case(line(1, -3, 1000), claims=[claim("rem2", 30)]),
        "idle",
        "call2",
        ("nothing_overdue",),
        {"cycle": 1},
    ),
    Situation(
        "a queued reminder is not made twice",
        case(line(1, -3, 1000), pending=(pending("predue"),), state="watch"),
        "wait",
        "predue",
        ("pending",),
    ),
    Situation(
        "a reminder of another strategy does not use up the first step",
        case(
            line(1, 6, 1000),
            claims=[replace(claim("predue", 11), step_id=77, sequence=20)],
        ),
        "act",
        "rem1",
    ),
)


class TestLadderEarly(BaseCase):
    """Only when nothing is overdue, once per line, and never after a demand."""

    def test_before_due(self):
        check(self, EARLY)

"""The ladder as a table: resets and returned payments."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.ladder import decide

from .ladder_world import (
    TODAY,
    Situation,
    case,
    check,
    claim,
    line,
    value,
)

REM1 = claim("rem1", 40)
REM2 = claim("rem2", 20)

CYCLES = (
    Situation(
        "ten paid of a thousand do not restart the ladder",
        case(line(1, 50, 990), claims=[REM1, replace(REM2, still_open=Decimal(990))]),
        "act",
        "call2",
        more={"cycle": 1, "cycle_count": 1},
    ),
    Situation(
        "half of the claim paid starts a new cycle",
        case(line(1, 50, 500), claims=[REM1, replace(REM2, still_open=Decimal(500))]),
        "act",
        "rem1",
        ("reset_half_paid",),
        {"cycle": 2, "cycle_count": 2},
    ),
    Situation(
        "one cent less than half goes on in the cycle",
        case(
            line(1, 50, "500.01"),
            claims=[REM1, replace(REM2, still_open=Decimal("500.01"))],
        ),
        "act",
        "call2",
        more={"cycle": 1},
    ),
    Situation(
        "the driver paid: the next line starts from the bottom",
        case(line(2, 30, 800), claims=[REM1, REM2]),
        "act",
        "rem1",
        ("reset_driver_closed",),
        {"cycle": 2, "cycle_count": 2, "driver_id": 2},
    ),
    Situation(
        "a row of the driver without residual is closed too",
        case(line(1, 50, 0), line(2, 30, 800), claims=[REM1]),
        "act",
        "rem1",
        ("reset_driver_closed",),
    ),
    Situation(
        "the driver disputed is not the driver closed",
        case(line(1, 50, 1000, collectable=0), line(2, 30, 800), claims=[REM2]),
        "act",
        "call2",
        more={"cycle": 1, "driver_id": 2},
    ),
    Situation(
        "a new cycle still keeps the quiet days of the old",
        case(line(2, 30, 800), claims=[claim("rem2", 3)]),
        "wait",
        "rem1",
        ("quiet_days", "reset_driver_closed"),
        {"cycle": 2, "cycle_count": 2},
    ),
    Situation(
        "all paid: the cycle is over and nothing is overdue",
        case(claims=[REM1]),
        "idle",
        None,
        ("nothing_overdue", "reset_driver_closed"),
        {"cycle": 2},
    ),
    Situation(
        "a new cycle is numbered after the highest ever used",
        case(line(2, 30, 800), claims=[REM1], cycle=1, cycle_count=4),
        "act",
        "rem1",
        more={"cycle": 5, "cycle_count": 5},
    ),
    Situation(
        "a new cycle without a claim is not reset again",
        case(line(2, 30, 800), claims=[REM1], cycle=2, cycle_count=2),
        "act",
        "rem1",
        more={"cycle": 2, "cycle_count": 2},
    ),
    Situation(
        "steps skipped in the old cycle are not skipped in the new",
        case(line(2, 30, 800), claims=[REM1], skipped=frozenset({2})),
        "act",
        "rem1",
        more={"cycle": 2},
    ),
    Situation(
        "a returned payment takes the ladder back to its former step",
        case(line(1, 50, 1000), claims=[REM1, REM2], cycle=2, cycle_count=2),
        "act",
        "call2",
        ("returned_to_cycle",),
        {"cycle": 1, "cycle_count": 2},
    ),
    Situation(
        "back in its cycle the case stays there",
        case(line(1, 50, 1000), claims=[REM1, REM2], cycle=1, cycle_count=2),
        "act",
        "call2",
        more={"cycle": 1, "cycle_count": 2},
    ),
    Situation(
        "a return after the rest was chased in a second cycle goes back as well",
        case(
            line(1, 50, 1000),
            claims=[REM1, REM2, claim("rem1", 8, cycle=2, amount=400)],
            cycle=2,
            cycle_count=2,
        ),
        "act",
        "call2",
        ("returned_to_cycle",),
        {"cycle": 1, "cycle_count": 2},
    ),
    Situation(
        "half of the money back is less than was claimed: no return",
        case(line(1, 50, 600), claims=[REM1, REM2], cycle=2, cycle_count=2),
        "act",
        "rem1",
        more={"cycle": 2},
    ),
    Situation(
        "the driver was never paid: a cycle half paid is not returned to",
        case(
            line(1, 50, 100),
            claims=[claim("rem2", 20, amount=100, claimed=1000, still=100)],
            cycle=2,
            cycle_count=2,
        ),
        "act",
        "rem1",
        more={"cycle": 2},
    ),
    Situation(
        "a returned driver paid again: the other line goes on where it was",
        case(
            line(2, 40, 800),
            claims=[REM2, claim("rem1", 9, cycle=2, driver=2, amount=800)],
            cycle=1,
            cycle_count=2,
        ),
        "act",
        "call1",
        ("returned_to_cycle",),
        {"cycle": 2, "cycle_count": 2},
    ),
    Situation(
        "a cycle that goes on is not left for a later one",
        case(
            line(1, 50, 1000, collectable=0),
            line(2, 40, 800),
            claims=[REM2, claim("rem1", 9, cycle=2, driver=2, amount=800)],
            cycle=1,
            cycle_count=2,
        ),
        "act",
        "call2",
        more={"cycle": 1, "driver_id": 2},
    ),
    Situation(
        "a claim without a driver cannot close by its driver",
        case(line(1, 50, 1000), claims=[replace(REM2, driver_id=None)]),
        "act",
        "call2",
        more={"cycle": 1},
    ),
    Situation(
        "of three cycles the return goes to where nothing was paid yet",
        case(
            line(1, 50, 1000),
            claims=[REM2, claim("rem1", 9, cycle=2, amount=400)],
            cycle=3,
            cycle_count=3,
        ),
        "act",
        "call2",
        ("returned_to_cycle",),
        {"cycle": 1, "cycle_count": 3},
    ),
    Situation(
        "only the last payment came back: the cycle before is restored",
        case(
            line(1, 50, 400),
            claims=[
                replace(REM2, still_open=Decimal(400)),
                claim("rem1", 9, cycle=2, amount=400),
            ],
            cycle=3,
            cycle_count=3,
        ),
        "act",
        "rem2",
        ("returned_to_cycle",),
        {"cycle": 2, "cycle_count": 3},
    ),
)


class TestLadderCycles(BaseCase):
    """A cycle ends by money, and comes back when the money goes away."""

    def test_cycles(self):
        check(self, CYCLES)

    def test_a_reset_tells_what_was_paid(self):
        paid = case(line(1, 50, 400), claims=[replace(REM2, still_open=Decimal(400))])
        decision = decide(paid, TODAY)
        self.assertEqual(value(decision, "reset_half_paid", "paid"), Decimal(600))
        self.assertEqual(value(decision, "reset_half_paid", "claimed"), Decimal(1000))
        self.assertEqual(value(decision, "reset_half_paid", "percent"), Decimal(60))

    def test_a_return_tells_cycle_and_line(self):
        back = case(line(1, 50, 1000), claims=[REM1], cycle=2, cycle_count=2)
        decision = decide(back, TODAY)
        self.assertEqual(value(decision, "returned_to_cycle", "cycle"), 1)
        self.assertEqual(value(decision, "returned_to_cycle", "left_cycle"), 2)
        self.assertEqual(value(decision, "returned_to_cycle", "line_id"), 1)

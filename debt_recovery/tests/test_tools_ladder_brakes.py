"""The ladder as a table: stops and brakes."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.ladder import decide
from odoo.addons.debt_recovery.tools.results import codes

from .ladder_world import (
    STEPS,
    TODAY,
    Situation,
    at,
    case,
    check,
    claim,
    line,
    settings,
    stop,
    value,
)

REM1 = claim("rem1", 7)

STOPS = (
    Situation(
        "a hold on everything stops the step and tells until when",
        case(line(1, 30, 1000), stops=(stop(until=4),)),
        "stop",
        "rem1",
        ("stopped",),
        {"next_date": at(-5), "step_id": None, "line_ids": ()},
    ),
    Situation(
        "a hold on everything stops tasks as well",
        case(line(1, 30, 1000), claims=[REM1], stops=(stop(),)),
        "stop",
        "call1",
        ("stopped",),
        {"next_date": None},
    ),
    Situation(
        "a hold that took all the collectable is named as the reason",
        case(line(1, 30, 1000, collectable=0), stops=(stop(until=9),)),
        "stop",
        None,
        ("stopped",),
        {"next_date": at(-10)},
    ),
    Situation(
        "a hold is in force on its last day",
        case(line(1, 30, 1000), stops=(stop(until=0),)),
        "stop",
        "rem1",
        ("stopped",),
        {"next_date": at(-1)},
    ),
    Situation(
        "a hold that ended yesterday stops nothing",
        case(line(1, 30, 1000), stops=(stop(until=-1),)),
        "act",
        "rem1",
    ),
    Situation(
        "of two holds the longer one sets the date",
        case(line(1, 30, 1000), stops=(stop("a", until=8), stop("b", until=3))),
        "stop",
        "rem1",
        more={"next_date": at(-9)},
    ),
    Situation(
        "a hold without an end leaves the date open",
        case(line(1, 30, 1000), stops=(stop("a", until=3), stop("b"))),
        "stop",
        "rem1",
        more={"next_date": None},
    ),
    Situation(
        "a stale bank stops what is automatic",
        case(line(1, 30, 1000), stops=(stop("bank_stale", automatic=True),)),
        "stop",
        "rem1",
        ("stopped",),
    ),
    Situation(
        "a stale bank leaves the review to the officer",
        case(
            line(1, 60, 1000),
            claims=[claim("call2", 9)],
            stops=(stop("bank_stale", automatic=True),),
        ),
        "act",
        "demand",
        more={"mode": "review", "channels": ("email", "letter")},
    ),
    Situation(
        "a complaint stops the formal demand, reviewed or not",
        case(
            line(1, 60, 1000),
            claims=[claim("call2", 9)],
            stops=(stop("complaint", firm=True),),
        ),
        "stop",
        "demand",
        ("stopped",),
    ),
    Situation(
        "a complaint leaves the reminder alone",
        case(line(1, 30, 1000), stops=(stop("complaint", firm=True),)),
        "act",
        "rem1",
    ),
    Situation(
        "a stale bank does not forbid the call",
        case(line(1, 30, 1000), claims=[REM1], stops=(stop("x", automatic=True),)),
        "act",
        "call1",
    ),
    Situation(
        "a held case with nothing overdue is simply idle",
        case(line(1, -30, 1000), stops=(stop(),)),
        "idle",
        "predue",
        ("nothing_overdue",),
        {"step_id": None},
    ),
)

BRAKES = (
    Situation(
        "credits of half the claim stop the letter",
        case(line(1, 30, 1000), credit=Decimal(500)),
        "stop",
        "rem1",
        ("unmatched_credit",),
    ),
    Situation(
        "one cent less than half lets it go",
        case(line(1, 30, 1000), credit=Decimal("499.99")),
        "act",
        "rem1",
    ),
    Situation(
        "credits that cover the driver stop a large claim",
        case(line(1, 30, 100), line(2, 20, 900), credit=Decimal(100)),
        "stop",
        "rem1",
        ("unmatched_credit",),
    ),
    Situation(
        "credits stop a reviewed demand as well",
        case(line(1, 60, 1000), claims=[claim("call2", 9)], credit=Decimal(900)),
        "stop",
        "demand",
        ("unmatched_credit",),
    ),
    Situation(
        "credits do not stop the call that asks about them",
        case(line(1, 30, 1000), claims=[REM1], credit=Decimal(900)),
        "act",
        "call1",
    ),
    Situation(
        "a rest within the tolerance is no reason to write",
        case(line(1, 30, 30), settings=settings(tolerance=Decimal(30))),
        "stop",
        "rem1",
        ("within_tolerance",),
    ),
    Situation(
        "a rest above the tolerance is chased",
        case(line(1, 30, "30.01"), settings=settings(tolerance=Decimal(30))),
        "act",
        "rem1",
    ),
    Situation(
        "credits stop the friendly reminder too",
        case(line(1, -3, 2000), credit=Decimal(1000)),
        "stop",
        "predue",
        ("unmatched_credit",),
    ),
)


class TestLadderBrakes(BaseCase):
    """What keeps a chosen step from acting today."""

    def test_stops(self):
        check(self, STOPS)

    def test_brakes(self):
        check(self, BRAKES)

    def test_a_stop_tells_code_label_and_end(self):
        held = case(line(1, 30, 1000), stops=(stop("lawyer", until=4),))
        decision = decide(held, TODAY)
        self.assertEqual(value(decision, "stopped", "code"), "lawyer")
        self.assertEqual(value(decision, "stopped", "label"), "Lawyer")
        self.assertEqual(value(decision, "stopped", "until"), at(-4))

    def test_every_stop_is_named(self):
        stops = (stop("a"), stop("b", until=2), stop("c", automatic=True))
        decision = decide(case(line(1, 30, 1000), stops=stops), TODAY)
        self.assertEqual(codes(decision.reasons).count("stopped"), 2)

    def test_an_automatic_activity_is_no_message(self):
        inner = replace(STEPS[1], channels=("activity",))
        facts = case(line(1, 30, 1000), steps=(inner,), credit=Decimal(900))
        self.assertEqual(decide(facts, TODAY).outcome, "act")

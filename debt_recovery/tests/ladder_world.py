"""Builders for the ladder's tests: a standard strategy and cases told in days.

``age`` is days overdue on ``TODAY`` (negative: not due yet), ``ago`` is days before it.
``TODAY`` is a Monday. No tests live here.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.debt_recovery.tools.ladder import (
    Claim,
    Decision,
    Facts,
    Line,
    Pending,
    Settings,
    Step,
    Stop,
    decide,
)
from odoo.addons.debt_recovery.tools.results import codes, find

TODAY = date(2025, 6, 16)

#: ``b2b_standard`` of practice 4.1 with U = 50.
STEPS = (
    Step(1, "predue", 10, -5, ("email",), "auto", Decimal(1000), "line"),
    Step(2, "rem1", 20, 5, ("email",), "auto", Decimal(25)),
    Step(3, "call1", 30, 12, ("call",), "task", Decimal(500)),
    Step(4, "rem2", 40, 20, ("email",), "auto", Decimal(25)),
    Step(5, "call2", 50, 28, ("call", "activity"), "task", Decimal(500)),
    Step(6, "demand", 60, 38, ("email", "letter"), "review", Decimal(100), firm=True),
    Step(7, "stopsale", 70, 45, ("activity",), "task", Decimal(500)),
    Step(8, "decide", 80, 53, ("activity",), "task", Decimal(100)),
)
BY_CODE = {step.code: step for step in STEPS}
BY_ID = {step.id: step for step in STEPS}


def settings(**changes):
    return Settings(**({"floor": Decimal(10), "send_minimum": Decimal(25)} | changes))


def at(ago):
    """The day that many days before ``TODAY``."""
    return TODAY - timedelta(days=ago)


def line(ident, age, amount, *, collectable=None, residual=None):
    """A line; what of it may be chased follows from its age unless said otherwise."""
    amount = Decimal(amount)
    chased = amount if collectable is None else Decimal(collectable)
    return Line(
        id=ident,
        due=at(age),
        residual=amount if residual is None else Decimal(residual),
        collectable=chased if age > 0 else Decimal(0),
        not_due=Decimal(0) if age > 0 else amount,
    )


def claim(code, ago, *, cycle=1, driver=1, amount=1000, claimed=None, still=None):
    """A step acted ``ago`` days ago on a driver of ``amount``, unpaid by default."""
    step = BY_CODE[code]
    claimed = Decimal(amount if claimed is None else claimed)
    return Claim(
        step_id=step.id,
        sequence=step.sequence,
        cycle=cycle,
        day=at(ago),
        driver_id=driver,
        driver_claimed=Decimal(amount),
        claimed=claimed,
        still_open=claimed if still is None else Decimal(still),
        message=step.is_message,
    )


def stop(code="hold", *, until=None, automatic=False, firm=False):
    """A hold that ends ``until`` days after ``TODAY``."""
    day = None if until is None else at(-until)
    return Stop(code, automatic, day, code.title(), firm)


def pending(code, state="queued", *, blocks=True, ago=1):
    return Pending(BY_CODE[code].id, state, at(ago), blocks)


def case(*lines, claims=(), **facts):
    """Facts of one case; the last message is the latest claim that was one."""
    told = max((item.day for item in claims if item.message), default=None)
    defaults = {
        "state": "open",
        "steps": STEPS,
        "settings": settings(),
        "last_message": told,
    }
    return Facts(lines=lines, claims=tuple(claims), **(defaults | facts))


@dataclass(frozen=True)
class Situation:
    """A sentence, the facts, and what must come out; ``more`` are decision fields."""

    says: str
    facts: Facts
    outcome: str
    step: str | None = None
    reasons: tuple = ()
    more: dict = field(default_factory=dict)


def check(test, situations):
    """Decide every situation and compare: outcome, step, reasons, further fields.

    ``step`` is the acting step, or the one that is waiting.
    """
    for item in situations:
        with test.subTest(item.says):
            decision = decide(item.facts, TODAY)
            test.assertEqual(decision.outcome, item.outcome, decision.reasons)
            test.assertEqual(step_code(decision, item.facts), item.step)
            test.assertLessEqual(set(item.reasons), set(codes(decision.reasons)))
            for name, value in item.more.items():
                test.assertEqual(getattr(decision, name), value, name)


def step_code(decision: Decision, facts: Facts):
    acting = decision.outcome == "act"
    ident = decision.step_id if acting else decision.next_step_id
    return next((step.code for step in facts.steps if step.id == ident), None)


def value(decision: Decision, code, name):
    """One value of one reason."""
    return find(decision.reasons, code).values[name]

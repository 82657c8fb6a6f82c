"""Laws of the ladder that hold for any facts whatever (hypothesis)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.ladder import (
    REASON_CODES,
    Claim,
    Facts,
    Line,
    Pending,
    Settings,
    Step,
    Stop,
    decide,
)
from odoo.addons.debt_recovery.tools.results import codes

from .ladder_world import TODAY

LAW = profile(derandomize=True, deadline=None, max_examples=80, database=None)
ZERO = Decimal(0)
CHANNELS = ("email", "letter", "sms", "call", "visit", "activity")

amounts = st.sampled_from([0, 9, 60, 400, 2000, 2001]).map(Decimal)


def days(low, high):
    """Dates from ``low`` to ``high`` days after TODAY."""
    return st.integers(low, high).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def lines(draw, low=-120, high=20):
    """A row whose bridge is sound: not due before, collectable after its date."""
    residual = draw(amounts)
    due = draw(days(low, high))
    overdue = due < TODAY
    free = draw(st.sampled_from([residual, residual, residual // 2, ZERO]))
    return Line(
        id=0,
        due=due,
        residual=residual,
        collectable=free if overdue else ZERO,
        not_due=ZERO if overdue else free,
    )


@st.composite
def steps(draw, low=-12):
    return Step(
        id=0,
        code=draw(st.sampled_from("abcdef")),
        sequence=draw(st.integers(1, 6)) * 10,
        day=draw(st.integers(low, 60)),
        channels=tuple(draw(st.lists(st.sampled_from(CHANNELS), max_size=2))),
        mode=draw(st.sampled_from(["auto", "review", "task"])),
        minimum=draw(st.sampled_from([ZERO, Decimal(25), Decimal(900)])),
        minimum_scope=draw(st.sampled_from(["total", "line"])),
    )


@st.composite
def claims(draw):
    """A log entry, often one of the drawn lines and steps, sometimes of others."""
    claimed = draw(amounts)
    return Claim(
        step_id=draw(st.integers(1, 6)),
        sequence=draw(st.integers(1, 6)) * 10,
        cycle=draw(st.integers(1, 4)),
        day=draw(days(-90, 0)),
        driver_id=draw(st.sampled_from([1, 2, 3, 4, 9, None])),
        driver_claimed=draw(st.sampled_from([claimed, claimed // 2])),
        claimed=claimed,
        still_open=draw(st.sampled_from([claimed, claimed, claimed // 3])),
        message=draw(st.booleans()),
    )


@st.composite
def engine_settings(draw):
    weekdays = st.frozensets(st.integers(0, 6), min_size=1)
    calendars = st.builds(WorkCalendar, weekdays, st.frozensets(days(-3, 9)))
    return Settings(
        floor=draw(st.sampled_from([ZERO, Decimal(10), Decimal(500)])),
        send_minimum=draw(st.sampled_from([ZERO, Decimal(25)])),
        quiet_days=draw(st.integers(0, 8)),
        tolerance=draw(st.sampled_from([ZERO, Decimal(5)])),
        calendar=draw(st.none() | calendars),
    )


def numbered(items):
    """Two to five of them with ids from 1; the empty cases stand in the table."""
    return st.lists(items, min_size=2, max_size=5).map(
        lambda found: tuple(replace(one, id=n) for n, one in enumerate(found, 1))
    )


pendings = st.builds(
    Pending,
    st.integers(1, 5),
    st.sampled_from(["queued", "unclear"]),
    days(-9, 0),
    st.sampled_from([False, False, False, True]),
)
stops = st.builds(
    Stop, st.sampled_from("xy"), st.booleans(), st.none() | days(-3, 9), st.just("X")
)


def any_facts(line, step):
    return st.builds(
        Facts,
        state=st.sampled_from(["watch", "open"]),
        lines=numbered(line),
        steps=numbered(step),
        settings=engine_settings(),
        credit=st.sampled_from([ZERO, ZERO, Decimal(300)]),
        cycle=st.integers(1, 4),
        cycle_count=st.just(4),
        claims=st.lists(claims(), max_size=4).map(tuple),
        pending=st.lists(pendings, max_size=1).map(tuple),
        skipped=st.frozensets(st.integers(1, 5), max_size=2),
        last_message=st.none() | days(-20, 0),
        stops=st.just(()) | st.lists(stops, max_size=2).map(tuple),
    )


def settled(facts, decision):
    """The facts after the caller wrote the decided cycle back."""
    same = decision.cycle == facts.cycle
    return replace(
        facts,
        cycle=decision.cycle,
        cycle_count=decision.cycle_count,
        skipped=facts.skipped if same else frozenset(),
    )


ANY = any_facts(lines(), steps())
#: Every line overdue and no early step: only days pass in them.
OVERDUE = any_facts(lines(high=-1), steps(low=0))


class TestLadderLaws(BaseCase):
    """What no combination of facts may break."""

    @LAW
    @given(ANY)
    def test_every_decision_explains_itself(self, facts):
        decision = decide(facts, TODAY)
        told = codes(decision.reasons)
        self.assertTrue(told)
        self.assertLessEqual(set(told), REASON_CODES)
        if decision.outcome == "act":
            self.assertEqual(told[0], "step_due")
            self.assertTrue({"driver", "driver_joint"} & set(told))

    @LAW
    @given(ANY)
    def test_only_an_act_claims(self, facts):
        decision = decide(facts, TODAY)
        acts = decision.outcome == "act"
        self.assertIn(decision.outcome, ("act", "wait", "stop", "idle"))
        self.assertEqual(decision.step_id is not None, acts)
        self.assertEqual(bool(decision.line_ids), acts)
        self.assertEqual(decision.mode is not None, acts)
        if acts:
            self.assertIn(decision.driver_id, decision.line_ids)

    @LAW
    @given(ANY)
    def test_claims_are_owed_and_the_day_is_reached(self, facts):
        decision = decide(facts, TODAY)
        if decision.outcome != "act":
            return
        step = next(step for step in facts.steps if step.id == decision.step_id)
        rows = {line.id: line for line in facts.lines}
        driver = rows[decision.driver_id]
        self.assertGreaterEqual((TODAY - driver.due).days, step.day)
        for line in (rows[ident] for ident in decision.line_ids):
            early = step.day < 0
            self.assertGreater(line.not_due if early else line.collectable, 0)
            self.assertEqual(line.due >= TODAY, early)

    @LAW
    @given(ANY)
    def test_no_step_twice_and_never_backwards(self, facts):
        decision = decide(facts, TODAY)
        if decision.outcome != "act":
            return
        ranks = {step.id: (step.sequence, step.id) for step in facts.steps}
        early = {step.id for step in facts.steps if step.day < 0}
        for claim in facts.claims:
            if claim.cycle != decision.cycle or claim.step_id not in ranks:
                continue
            self.assertNotEqual(claim.step_id, decision.step_id)
            if claim.step_id not in early:
                self.assertLess(ranks[claim.step_id], ranks[decision.step_id])

    @LAW
    @given(ANY)
    def test_the_cycle_is_stable(self, facts):
        first = decide(facts, TODAY)
        again = decide(settled(facts, first), TODAY)
        self.assertEqual(again.cycle, first.cycle)
        self.assertEqual(again.cycle_count, first.cycle_count)
        self.assertEqual(again.outcome, first.outcome)
        self.assertEqual(again.step_id, first.step_id)
        self.assertGreaterEqual(first.cycle_count, facts.cycle_count)

    @LAW
    @given(ANY, st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, facts, chance):
        def mixed(items):
            return tuple(chance.sample(items, len(items)))

        other = replace(
            facts,
            lines=mixed(facts.lines),
            steps=mixed(facts.steps),
            claims=mixed(facts.claims),
            stops=mixed(facts.stops),
            pending=mixed(facts.pending),
        )
        self.assertEqual(decide(other, TODAY), decide(facts, TODAY))

    @LAW
    @given(ANY, st.booleans())
    def test_a_hold_on_everything_lets_nothing_pass(self, facts, dated):
        hold = Stop("law", False, TODAY if dated else None, "Lawyer")
        held = decide(replace(facts, stops=(*facts.stops, hold)), TODAY)
        self.assertIn(held.outcome, ("stop", "idle"))

    @LAW
    @given(OVERDUE)
    def test_a_promised_date_is_kept(self, facts):
        """Nothing acts before the date, and on it nothing has to wait any more."""
        first = decide(facts, TODAY)
        if first.outcome != "wait" or first.next_date is None:
            return
        self.assertGreater(first.next_date, TODAY)
        facts = replace(settled(facts, first), stops=())
        day = TODAY + timedelta(days=1)
        while day < first.next_date:
            self.assertNotEqual(decide(facts, day).outcome, "act")
            day += timedelta(days=1)
        self.assertIn(decide(facts, day).outcome, ("act", "stop"))

    @LAW
    @given(ANY, st.integers(1, 8))
    def test_a_decision_stands_until_the_day_it_names(self, facts, later):
        """The run carries decisions over as long as the facts are the same."""
        decision = decide(facts, TODAY)
        facts = settled(facts, decision)
        day = TODAY + timedelta(days=later)
        if decision.until is None or day >= decision.until:
            return
        again = decide(facts, day)
        same = {"until": None, "reasons": ()}
        self.assertEqual(replace(again, **same), replace(decision, **same))
        self.assertEqual(self._told(again), self._told(decision))

    def _told(self, decision):
        """Reasons without the day of asking, which no sentence names."""
        return [
            (item.code, {k: v for k, v in item.values.items() if k != "today"})
            for item in decision.reasons
            if not item.code.startswith(("reset_", "returned_"))
        ]

"""Random walks of a ledger through time: the engine runs, people pay and dispute.

A small bookkeeper plays the part of the models: it keeps invoices, payments and log,
gathers the facts and records every act; the laws are checked at each step. A walk is
drawn from a seed: hypothesis names the seed of one that breaks a law.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.ladder import (
    Claim,
    Facts,
    Line,
    Pending,
    decide,
)
from odoo.addons.debt_recovery.tools.results import codes

from .ladder_world import BY_ID, STEPS, TODAY, settings

WALK = profile(derandomize=True, deadline=None, max_examples=50, database=None)
EVENTS = ("day", "week", "invoice", "pay", "half", "return", "dispute", "skip")
WEIGHTS = (44, 8, 8, 10, 5, 8, 5, 1)
ZERO = Decimal(0)


@dataclass
class Invoice:
    amount: Decimal
    due: date
    paid: Decimal = ZERO
    disputed: bool = False

    @property
    def residual(self):
        return self.amount - self.paid


@dataclass
class Books:
    """The ledger and the log of one debtor; ``acts`` keeps each act with its lines."""

    today: date = TODAY
    invoices: list = field(default_factory=list)
    acts: list = field(default_factory=list)
    queue: list = field(default_factory=list)
    skipped: set = field(default_factory=set)
    cycle: int = 1
    cycle_count: int = 1
    last_message: date | None = None

    def row(self, ident, invoice):
        free = ZERO if invoice.disputed else invoice.residual
        overdue = invoice.due < self.today
        return Line(
            id=ident,
            due=invoice.due,
            residual=invoice.residual,
            collectable=free if overdue else ZERO,
            not_due=ZERO if overdue else free,
        )

    def facts(self):
        rows = (self.row(*item) for item in enumerate(self.invoices))
        skipped = (step for cycle, step in self.skipped if cycle == self.cycle)
        return Facts(
            state="open",
            lines=tuple(row for row in rows if row.residual),
            steps=STEPS,
            settings=settings(),
            cycle=self.cycle,
            cycle_count=self.cycle_count,
            claims=tuple(self.claim(*act) for act in self.acts),
            pending=tuple(
                Pending(decision.step_id, "queued", day, True)
                for decision, day, _amounts in self.queue
            ),
            skipped=frozenset(skipped),
            last_message=self.last_message,
        )

    def claim(self, decision, day, amounts):
        step = BY_ID[decision.step_id]
        still = (
            min(amount, self.invoices[ident].residual)
            for ident, amount in amounts.items()
        )
        return Claim(
            step_id=step.id,
            sequence=step.sequence,
            cycle=decision.cycle,
            day=day,
            driver_id=decision.driver_id,
            driver_claimed=amounts[decision.driver_id],
            claimed=sum(amounts.values()),
            still_open=sum(still),
            message=step.is_message,
        )

    def decide(self):
        """One run: write the cycle, and ask again if it changed."""
        decision = decide(self.facts(), self.today)
        if decision.cycle != self.cycle:
            self.cycle, self.cycle_count = decision.cycle, decision.cycle_count
            decision = decide(self.facts(), self.today)
        return decision

    def amounts(self, decision):
        rows = {line.id: line for line in self.facts().lines}
        return {
            ident: rows[ident].collectable or rows[ident].not_due
            for ident in decision.line_ids
        }

    def record(self, decision, amounts):
        """The act happened today: the message left, the task was created."""
        self.acts.append((decision, self.today, amounts))
        if BY_ID[decision.step_id].is_message:
            self.last_message = self.today

    def happen(self, event, number):
        """Something in the world; ``number`` picks the invoice or sizes it."""
        if event == "invoice":
            amount = Decimal(number * 37 % 2900 + 3)
            due = self.today + timedelta(days=number % 50 - 30)
            self.invoices.append(Invoice(amount, due))
        elif event in ("day", "week"):
            self.today += timedelta(days=1 if event == "day" else 9)
        elif event == "skip":
            self.skipped.add((self.cycle, number % len(STEPS) + 1))
        elif self.invoices:
            self.touch(self.invoices[number % len(self.invoices)], event)

    def touch(self, invoice, event):
        if event == "pay":
            invoice.paid = invoice.amount
        elif event == "half":
            invoice.paid += invoice.residual / 2
        elif event == "return":
            invoice.paid = ZERO
        else:
            invoice.disputed = not invoice.disputed


def walk(seed, length=80):
    """Events with a number each; time passes in half of them."""
    chance = Random(seed)
    yield "invoice", chance.randrange(400)
    for _event in range(length):
        yield chance.choices(EVENTS, WEIGHTS)[0], chance.randrange(400)


seeds = st.integers(0, 2**32)


class TestLadderWalks(BaseCase):
    """The laws of DESIGN 4 over months of payments, returns and disputes."""

    def act(self, books, decision):
        """Check the laws of one act against the log, then record it."""
        step = BY_ID[decision.step_id]
        former = [act[0] for act in books.acts if act[0].cycle == decision.cycle]
        self.assertNotIn(step.id, [act.step_id for act in former], "step repeated")
        for act in former:
            self.assertLess(BY_ID[act.step_id].sequence, step.sequence, "backwards")
        self.assertNotIn((decision.cycle, step.id), books.skipped)
        if step.is_message and books.last_message:
            self.assertGreater((books.today - books.last_message).days, 6, "not quiet")
        amounts = books.amounts(decision)
        self.assertTrue(all(amount > 0 for amount in amounts.values()))
        books.record(decision, amounts)

    def run_once(self, books):
        decision = books.decide()
        self.assertTrue(codes(decision.reasons))
        self.assertLessEqual(decision.cycle, decision.cycle_count)
        if decision.outcome == "act":
            self.act(books, decision)
            again = books.decide()
            self.assertNotEqual(again.outcome, "act", "second act on one day")
            self.assertEqual(again.cycle, decision.cycle)

    @WALK
    @given(seeds)
    def test_laws_hold_on_any_walk(self, seed):
        books = Books()
        for event, number in walk(seed):
            books.happen(event, number)
            self.run_once(books)

    @WALK
    @given(seeds)
    def test_a_queued_message_holds_the_ladder_until_it_left(self, seed):
        books = Books()
        for event, number in walk(seed):
            books.happen(event, number)
            if books.queue:
                self.assertNotEqual(books.decide().outcome, "act")
                decision, _day, amounts = books.queue.pop()
                books.record(decision, amounts)
            decision = books.decide()
            if decision.outcome == "act":
                books.queue.append((decision, books.today, books.amounts(decision)))

    @WALK
    @given(st.integers(600, 9000), st.integers(0, 400), st.integers(1, 12))
    def test_who_never_pays_meets_every_step_once(self, amount, age, rhythm):
        """However old the debt is and however seldom the engine runs."""
        due = TODAY - timedelta(days=age)
        books = Books(invoices=[Invoice(Decimal(amount), due)])
        for _run in range(90):
            self.run_once(books)
            books.today += timedelta(days=rhythm)
        taken = [BY_ID[act[0].step_id].code for act in books.acts]
        ladder = [step.code for step in STEPS if step.day >= 0]
        self.assertEqual([code for code in taken if code != "predue"], ladder)
        self.assertIn("ladder_finished", codes(books.decide().reasons))

    @WALK
    @given(seeds)
    def test_who_has_paid_all_is_left_alone(self, seed):
        books = Books()
        for event, number in walk(seed):
            books.happen(event, number)
            self.run_once(books)
        for invoice in books.invoices:
            books.touch(invoice, "pay")
        books.today += timedelta(days=30)
        decision = books.decide()
        self.assertEqual(decision.outcome, "idle")
        self.assertIn("nothing_overdue", codes(decision.reasons))

    def test_a_returned_payment_finds_its_step_again(self):
        """Two reminders, paid, another invoice chased, bounced, paid once more."""
        due = TODAY - timedelta(days=5)
        first, second = Invoice(Decimal(1000), due), Invoice(Decimal(800), due)
        books = Books(invoices=[first, second])
        for _day in range(20):
            self.run_once(books)
            books.today += timedelta(days=1)
        first.paid = first.amount
        for _day in range(3):
            self.run_once(books)
            books.today += timedelta(days=1)
        self.assertEqual(books.cycle, 2)
        first.paid = ZERO
        books.today += timedelta(days=9)
        decision = books.decide()
        self.assertEqual((decision.cycle, decision.cycle_count), (1, 2))
        self.assertEqual(BY_ID[decision.step_id].code, "call2")
        first.paid = first.amount
        self.assertEqual(books.decide().cycle, 2, "the second goes on where it was")

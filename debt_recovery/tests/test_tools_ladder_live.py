from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools.ladder import Facts, Line, Settings, Step, decide
from ..tools.results import codes

TODAY = date(2025, 3, 20)
LIVE = date(2025, 3, 10)


@tagged("debt_recovery")
class TestLadderLive(BaseCase):
    """Start from today: old items never drive, new ones begin at the first step."""

    def _line(self, number, due, amount):
        amount = Decimal(amount)
        return Line(number, due, amount, amount, Decimal(0))

    def _decide(self, *lines, live_from=LIVE):
        steps = (
            Step(1, "rem", 10, 5, ("email",), "auto"),
            Step(2, "demand", 20, 38, ("letter",), "auto"),
        )
        settings = Settings(floor=Decimal(10), send_minimum=Decimal(25))
        facts = Facts(
            state="open",
            lines=lines,
            steps=steps,
            settings=settings,
            live_from=live_from,
        )
        return decide(facts, TODAY)

    def test_old_items_alone_are_idle_and_named(self):
        decision = self._decide(self._line(1, date(2025, 1, 5), 100000))
        self.assertEqual(decision.outcome, "idle")
        self.assertEqual(codes(decision.reasons)[0], "before_live")

    def test_new_item_drives_and_old_ones_ride_along(self):
        old = self._line(1, date(2025, 1, 5), 100000)
        new = self._line(2, date(2025, 3, 12), 100)
        decision = self._decide(old, new)
        self.assertEqual((decision.outcome, decision.step_id), ("act", 1))
        self.assertEqual(decision.driver_id, 2)
        self.assertEqual(set(decision.line_ids), {1, 2})

    def test_item_due_on_the_day_itself_counts_as_new(self):
        decision = self._decide(self._line(1, LIVE, 100))
        self.assertEqual((decision.outcome, decision.driver_id), ("act", 1))

    def test_without_the_day_the_oldest_drives(self):
        old = self._line(1, date(2025, 1, 5), 100000)
        new = self._line(2, date(2025, 3, 12), 100)
        decision = self._decide(old, new, live_from=None)
        self.assertEqual(decision.driver_id, 1)

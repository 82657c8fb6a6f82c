from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactLines(ContactCommon):
    """The log says which invoices a call was about, and what was claimed of each."""

    def _told_about(self, action):
        return {
            line.move_line_id: line.amount_currency
            for line in action.sudo().line_ids.sorted("id")
        }

    def test_a_call_is_about_all_that_is_collectable(self):
        self._tell("promise", date="2025-03-10", item_ids=self.item_2.ids)
        action = self._tell("no_answer")
        self.assertEqual(self._told_about(action), {self.item: 1000})
        self.assertEqual(action.amount_claimed, 1000)

    def test_ticked_items_are_what_was_spoken_about(self):
        action = self._tell("paid", date="2025-02-27", item_ids=self.item.ids)
        self.assertEqual(self._told_about(action), {self.item: 1000}, "before the hold")
        more = [{"outcome": "copy", "item_ids": self.item_2.ids}]
        both = self._tell("copy", item_ids=self.item_2.ids, more=more)
        self.assertEqual(both.line_ids.mapped("amount"), [250], "once")

    def test_nothing_is_claimed_of_who_calls_us(self):
        self.assertFalse(self._tell("time", direction="in").line_ids)
        asked = self._tell("copy", direction="in", item_ids=self.item_2.ids)
        self.assertEqual(self._told_about(asked), {self.item_2: 250})

    def test_task_of_the_strategy_claims_what_is_owed_now(self):
        step = self.env.ref("debt_recovery.step_call1")
        lines = (self.item | self.item_2).ids
        task = self._plan(step=step, channel=self.phone, line_ids=lines)
        task._release()
        self._pay(self.invoice_2)
        action = self._tell("no_answer")
        self.assertEqual(action, task)
        self.assertEqual(self._told_about(action), {self.item: 1000})
        self._undo(action)
        self.assertEqual(
            (task.state, task.line_ids.move_line_id), ("queued", self.item)
        )
        self.assertEqual(self._tell("message").amount_claimed, 1000)

    def test_the_lines_are_part_of_what_is_sealed(self):
        action = self._tell("no_answer")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=16)):
            action._seal_due()
        self.assertTrue(action.checksum)
        self.assertFalse(action._verify_chain())
        self.env.cr.execute(
            "UPDATE debt_recovery_action_line SET amount = 1 WHERE action_id = %s",
            [action.id],
        )
        self.env.invalidate_all()
        problems = action._verify_chain()
        self.assertIn("content was changed", problems[0][1])

    def test_history_of_an_invoice_knows_the_call(self):
        action = self._tell("paid", date="2025-02-27", item_ids=self.item.ids)
        found = self.env["debt.recovery.action"].search(
            self.invoice.action_recovery_history()["domain"]
        )
        self.assertIn(action, found)
        self.assertFalse(action.line_ids.move_id & self.invoice_2)

from odoo import api, models

from ..models.action_guard import DEAD_STATES


class DebtRecoverySendPreviewNext(models.AbstractModel):
    """Which message a case would send next: what waits already, else the step the
    strategy has ahead."""

    _name = "debt.recovery.send.preview.next.mixin"
    _description = "The next message of a case"

    @api.model
    def _next_messages(self, cases):
        """What each case would send next, in a fixed number of queries.

        :return: ``{case: (waiting action, step, channel)}``, each may be empty
        """
        actions = self.env["debt.recovery.action"].search(
            [("case_id", "in", cases.ids), ("state", "not in", DEAD_STATES)],
            order="date_planned, id",
        )
        by_case = actions.grouped("case_id")
        return {
            case: self._next_message(case, by_case.get(case, actions.browse()))
            for case in cases
        }

    def _next_message(self, case, actions):
        waiting = actions.filtered(
            lambda a: a.state in ("planned", "approved") and a._is_message()
        )[:1]
        taken = actions.filtered(lambda a: a.cycle == case.cycle).step_id
        step = waiting.step_id
        if not waiting:
            step = self._next_message_step(case, taken)
        return (
            waiting,
            step,
            waiting.channel_id or step.channel_ids.filtered("is_message")[:1],
        )

    @api.model
    def _next_message_step(self, case, taken):
        """The step the strategy has next, if it is a message, else the first ahead
        that is; what has left or waits in this cycle is not offered again."""
        steps = case.strategy_id.step_ids.filtered(
            lambda s: (
                s.active
                and s.mode != "task"
                and s.day >= 0
                and s.channel_ids.filtered("is_message")
            )
        )
        steps = (steps - taken).sorted("sequence")
        if case.next_step_id in steps:
            return case.next_step_id
        return steps.filtered(lambda s: s.sequence > case.step_id.sequence)[:1]

from odoo import models

from ..tools.ladder_facts import Stop
from .dispute_decide import RESUME_DAYS


class DebtRecoveryRunDisputes(models.AbstractModel):
    """Disputes in the daily run: owners are reminded, and what was rejected waits a
    week before the ladder goes on where it stopped."""

    _name = "debt.recovery.run.disputes.mixin"
    _description = "Disputes of a Run"

    def _phase_follow_up(self):
        self._follow_disputes()
        return super()._phase_follow_up()

    def _follow_disputes(self):
        """Remind and hand over; every mark once, also after days without a run."""
        disputes = self.env["debt.recovery.dispute"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("date_opened", "<", self.date),
            ],
            order="id",
        )
        disputes._remind_owners(self.date)

    def _find_braked_lines(self, line_ids):
        braked = super()._find_braked_lines(line_ids)
        waiting = self._find_resuming(line_ids) if line_ids else {}
        return dict.fromkeys(waiting, "rejected") | braked

    def _find_resuming(self, line_ids):
        """``{journal item id: day}`` of items whose dispute was rejected lately."""
        lines = self.env["debt.recovery.dispute.line"].search(
            [
                ("move_line_id", "in", line_ids),
                ("dispute_id.state", "=", "rejected"),
                ("dispute_id.date_resume", ">", self.date),
            ]
        )
        return {line.move_line_id.id: line.dispute_id.date_resume for line in lines}

    def _prepare_brake(self, code, count):
        if code != "rejected":
            return super()._prepare_brake(code, count)
        return Stop(
            code=code,
            automatic_only=False,
            until=None,
            label=self.env._(
                "Dispute rejected less than %(days)s days ago; the customer has our "
                "reasons",
                days=RESUME_DAYS,
            ),
        )

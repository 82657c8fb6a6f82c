from odoo import models


class DebtRecoveryRunApprovals(models.AbstractModel):
    """Requests that nobody answers are followed up by the daily run."""

    _name = "debt.recovery.run.approvals.mixin"
    _description = "Approvals in a Run"

    def _phase_approvals(self):
        """Overtaken requests are closed, deputies asked, reminders and escalations
        sent, each once."""
        waiting = self.env["debt.recovery.approval"].search(
            [("company_id", "=", self.company_id.id), ("state", "=", "waiting")]
        )
        for approval in waiting:
            approval._follow_up(self.date)
            if not self._checkpoint():
                return False
        return True

import logging

from psycopg2 import OperationalError

from odoo import models

_logger = logging.getLogger(__name__)


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
            self._follow_up_safely(approval)
            if not self._checkpoint():
                return False
        return True

    def _follow_up_safely(self, approval):
        """One request that cannot be followed up stops no other."""
        try:
            with self.env.cr.savepoint():
                approval._follow_up(self.date)
        except OperationalError:
            raise
        except Exception:
            _logger.exception("Approval %s fails in run %s", approval.id, self.id)

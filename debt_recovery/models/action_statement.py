import logging

from odoo import api, fields, models
from odoo.fields import Domain

from .action_guard import OPEN_STATES

_logger = logging.getLogger(__name__)

BATCH = 10


class DebtRecoveryActionStatement(models.AbstractModel):
    """Statements sent on request to one or a thousand customers: planned at once,
    rendered and released in small batches through the same gate and log."""

    _name = "debt.recovery.action.statement.mixin"
    _description = "Statement of an Action"

    statement_options = fields.Json(
        readonly=True, help="Days of the statement that goes along."
    )

    def _statement_dates(self):
        """The options with dates as dates; None when no statement was asked for."""
        if not self.statement_options:
            return None
        return {
            name: fields.Date.to_date(value)
            for name, value in self.statement_options.items()
        }

    def _statement_attachment(self):
        """The statement that goes along with the message."""
        case = self.case_id.with_context(recovery_statement=self._statement_dates())
        return case._statement_document(self.lang)

    @api.model
    def _statement_domain(self):
        return (
            Domain("statement_options", "!=", False)
            & Domain("state", "in", OPEN_STATES)
            & Domain("mode", "=", "auto")
        )

    @api.model
    def _cron_statements(self):
        """Scheduled action: prepare and release what was asked for; each batch is
        committed, one bad customer stops nobody else."""
        cron = self.env["ir.cron"]
        waiting = self.search(self._statement_domain(), order="id").filtered(
            lambda action: action.date_planned <= action.company_id._recovery_today()
        )
        runs = self.env["debt.recovery.run"]
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            for work in ("_prepare_messages", "_release"):
                runs._release_safely(batch, work)
            if not cron._commit_progress(len(batch)):
                break

from odoo import fields, models


class DebtRecoveryAction(models.Model):
    """The visit behind an entry of the log follows it."""

    _inherit = "debt.recovery.action"

    visit_ids = fields.One2many("debt.recovery.visit", "action_id", "Visits")

    def _cancel(self, reason):
        result = super()._cancel(reason)
        cancelled = self.filtered(lambda action: action.state == "cancelled")
        visits = cancelled.sudo().visit_ids.filtered("is_open")
        if visits:
            visits._cancel(reason)
        return result

    def _handler_code(self):
        """A visit is a task with a place in somebody's round."""
        if self.channel == "visit" and self.company_id.sudo().recovery_field:
            return "visit"
        return super()._handler_code()

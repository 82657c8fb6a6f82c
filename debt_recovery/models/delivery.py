from odoo import api, fields, models
from odoo.exceptions import UserError

from .action_guard import is_guarded


class DebtRecoveryDelivery(models.Model):
    """What happened to a message after it was handed over. Rows are appended, never
    changed: a bounce does not rewrite the history that the mail was sent."""

    _name = "debt.recovery.delivery"
    _description = "Delivery Event"
    _order = "date desc, id desc"

    action_id = fields.Many2one(
        "debt.recovery.action", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="action_id.company_id")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("bounced", "Bounced"),
            ("failed", "Failed"),
            ("opened", "Opened"),
            ("printed", "Printed"),
        ],
        required=True,
    )
    detail = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_guarded()
        return super().create(vals_list)

    def write(self, vals):
        self._check_guarded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_guarded(self):
        self._check_guarded()

    def _check_guarded(self):
        """Delivery events come from the mail gateway and the print queue only."""
        if not is_guarded(self.env):
            raise UserError(
                self.env._(
                    "Delivery events are recorded by the system and never changed."
                )
            )

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    """Some people may carry more cash than others."""

    _inherit = "res.users"

    recovery_cash_limit = fields.Float(
        "Cash Limit (Units)",
        groups="debt_recovery.group_manager,base.group_system",
        help="Cash this person may hold, in money units of the company; 0: as the "
        "approval limit “Cash in hand” says for everybody.",
    )

    @api.constrains("recovery_cash_limit")
    def _check_recovery_cash_limit(self):
        for user in self.sudo():
            if user.recovery_cash_limit < 0:
                raise ValidationError(
                    self.env._(
                        "The cash limit of %(user)s is below zero: enter 0 for the "
                        "usual limit.",
                        user=user.name,
                    )
                )

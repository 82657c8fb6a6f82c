from odoo import models

from ..tools.sms_text import parts


class DebtRecoveryActionCost(models.AbstractModel):
    """What a contact cost us, noted when it was made: later prices change nothing of
    the log. Only what we do costs; who writes or calls us pays for it."""

    _name = "debt.recovery.action.cost.mixin"
    _description = "Cost of recovery actions"

    def _find_cost(self):
        """Price of the channel, for a text message per part of it."""
        self.ensure_one()
        if self.direction == "in" or self.correction_of_id:
            return 0
        channel = self.channel_id.sudo().with_company(self.company_id)
        pieces = parts(self.body or "") if channel.code == "sms" else 1
        return channel.cost * pieces

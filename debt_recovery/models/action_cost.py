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
        pieces = parts(self.body or "") if self.channel == "sms" else 1
        units = self.channel_id.cost_units * pieces
        return float(self.company_id._recovery_units(units))

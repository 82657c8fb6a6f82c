from odoo import fields, models


class DebtRecoveryHoldRelease(models.TransientModel):
    """End holds before their last day, with the reason."""

    _name = "debt.recovery.hold.release"
    _description = "End a Hold"

    hold_ids = fields.Many2many("debt.recovery.hold", string="Holds", required=True)
    reason = fields.Text(required=True)

    def action_release(self):
        """End the holds; from now on their debt may be chased again."""
        self.ensure_one()
        self.hold_ids._release(self.reason)
        self.hold_ids._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

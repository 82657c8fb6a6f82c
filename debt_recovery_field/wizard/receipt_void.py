from odoo import fields, models


class DebtRecoveryReceiptVoid(models.TransientModel):
    """Make a receipt void, with the reason."""

    _name = "debt.recovery.receipt.void"
    _description = "Make a Receipt Void"

    receipt_id = fields.Many2one("debt.recovery.receipt", required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """The number stays, the money no longer counts."""
        self.ensure_one()
        self.receipt_id._void(self.reason)
        return {"type": "ir.actions.act_window_close"}

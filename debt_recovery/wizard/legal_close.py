from odoo import fields, models
from odoo.exceptions import UserError

from ..models.legal_case import CLOSE_REASONS


class DebtRecoveryLegalClose(models.TransientModel):
    """How a legal case ended. The strategy of the case goes on where it stood."""

    _name = "debt.recovery.legal.close"
    _description = "Close a Legal Case"

    legal_case_id = fields.Many2one("debt.recovery.legal.case", required=True)
    currency_id = fields.Many2one(related="legal_case_id.currency_id")
    amount_open = fields.Monetary(related="legal_case_id.amount_open")
    reason = fields.Selection(CLOSE_REASONS, required=True)
    note = fields.Char("Explanation")

    def action_close(self):
        """Close it."""
        self.ensure_one()
        if self.reason not in ("paid", "settled") and not (self.note or "").strip():
            raise UserError(
                self.env._("Explain in a few words why it ended without success.")
            )
        self.legal_case_id._close(self.reason, self.note)
        return {"type": "ir.actions.act_window_close"}

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DebtRecoveryInstrumentReturn(models.TransientModel):
    """The bank sent a cheque back unpaid."""

    _name = "debt.recovery.instrument.return"
    _description = "Cheque Returned"

    instrument_id = fields.Many2one("debt.recovery.instrument", required=True)
    currency_id = fields.Many2one(related="instrument_id.currency_id")
    reason = fields.Char(required=True)
    fee = fields.Monetary("Fee of Our Bank")

    @api.constrains("fee")
    def _check_fee(self):
        for wizard in self:
            if wizard.fee < 0:
                raise ValidationError(
                    self.env._("The fee is below zero: enter what our bank charged.")
                )

    def action_confirm(self):
        """Record it; the case is told."""
        self.ensure_one()
        self.instrument_id._set_returned(self.reason, self.fee)
        return {"type": "ir.actions.act_window_close"}

from odoo import models


class AccountPaymentRegister(models.TransientModel):
    """The payment registered from a provisional receipt knows its receipt."""

    _inherit = "account.payment.register"

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        receipt_id = self.env.context.get("recovery_receipt_id")
        return {**vals, "recovery_receipt_id": receipt_id} if receipt_id else vals

from odoo import models


class PaymentTransaction(models.Model):
    """A transaction pending at a provider is money under way."""

    _inherit = "payment.transaction"

    def write(self, vals):
        result = super().write(vals)
        if not {"state", "payment_id", "is_post_processed"}.isdisjoint(vals):
            self.env["debt.recovery.case"]._mark_partners(
                self.invoice_ids.partner_id.ids
            )
        return result

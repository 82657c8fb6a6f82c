from odoo import models


class AccountPayment(models.Model):
    """Payments without an entry are money under way: no matching tells of them."""

    _inherit = "account.payment"

    def write(self, vals):
        result = super().write(vals)
        if not {"state", "invoice_ids", "amount"}.isdisjoint(vals):
            entryless = self.filtered(lambda payment: not payment.move_id)
            self.env["debt.recovery.case"]._mark_partners(entryless.partner_id.ids)
        if "state" in vals:
            self.env["debt.recovery.books.follower.mixin"]._mark_books(self)
        return result

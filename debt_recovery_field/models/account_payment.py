from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountPayment(models.Model):
    """A payment may book the money of a provisional receipt, one payment for each."""

    _inherit = "account.payment"

    recovery_receipt_id = fields.Many2one(
        "debt.recovery.receipt",
        "Provisional Receipt",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.constrains("recovery_receipt_id", "state")
    def _check_recovery_receipt_id(self):
        for receipt in self.sudo().recovery_receipt_id:
            live = receipt.payment_ids.filtered(
                lambda payment: payment.state not in ("canceled", "rejected")
            )
            if len(live) > 1 or (live and receipt.state == "void"):
                raise ValidationError(
                    self.env._(
                        "Receipt %(receipt)s is void or already has a payment: cancel "
                        "that payment first.",
                        receipt=receipt.name,
                    )
                )

from odoo import api, models
from odoo.tools import SQL


class DebtRecoveryReceivableSide(models.AbstractModel):
    """Money a field officer has taken is money under way: it is not chased while it
    travels to the books."""

    _inherit = "debt.recovery.receivable.side.mixin"

    @api.model
    def _receivable_money_sources(self):
        return SQL(
            """%s
                UNION ALL
               SELECT 'receipt', c.id, r.invoice_id, c.currency_id, c.amount,
                      NULL, TRUE
                 FROM debt_recovery_receipt c
                 JOIN debt_recovery_receipt_invoice_rel r ON r.receipt_id = c.id
                WHERE c.is_under_way""",
            super()._receivable_money_sources(),
        )

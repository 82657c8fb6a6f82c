from odoo import api, models
from odoo.fields import Domain


class DebtRecoveryReceivable(models.Model):
    """What may be proposed at all."""

    _inherit = "debt.recovery.receivable"

    @api.model
    def _write_off_domain(self, company):
        """Open items nobody disputes, promised or is paying."""
        waiting = self.env["debt.recovery.write.off.line"].sudo()
        waiting = waiting.search([("state", "in", ("draft", "waiting"))])
        return (
            Domain("root_company_id", "=", company.id)
            & Domain("is_credit", "=", False)
            & Domain("amount_residual", ">", 0)
            & Domain("amount_disputed", "=", 0)
            & Domain("amount_agreed", "=", 0)
            & Domain("amount_in_payment", "=", 0)
            & Domain("id", "not in", waiting.move_line_id.ids)
        )

from odoo import api, models


class AccountPartialReconcile(models.Model):
    """Every payment, credit, exchange difference and un-reconciliation passes here."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._recovery_mark()
        return partials

    def unlink(self):
        self._recovery_mark()
        return super().unlink()

    def _recovery_mark(self):
        lines = self.debit_move_id | self.credit_move_id
        self.env["debt.recovery.case"]._mark_partners(lines.partner_id.ids)

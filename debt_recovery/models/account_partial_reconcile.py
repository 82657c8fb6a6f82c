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

    def action_recovery_unmatch(self):
        """Undo this matching, with the rights of the user; the desk is read again."""
        desk = self.env["debt.recovery.reconcile"].browse(
            self.env.context.get("recovery_desk_id")
        )
        self.unlink()
        if desk:
            desk._fill()
        return True

    def _recovery_mark(self):
        lines = self.debit_move_id | self.credit_move_id
        self.env["debt.recovery.case"]._mark_partners(lines.partner_id.ids)

from odoo import models

_FIGURE_FIELDS = frozenset({"state", "payment_state", "matched_payment_ids"})


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = [
        "account.move",
        "debt.recovery.move.agreement.mixin",
        "debt.recovery.move.dispute.mixin",
        "debt.recovery.move.screen.mixin",
        "debt.recovery.move.limitation.mixin",
    ]

    def write(self, vals):
        result = super().write(vals)
        if not _FIGURE_FIELDS.isdisjoint(vals):
            self._recovery_mark()
        if "state" in vals:
            self.env["debt.recovery.books.follower.mixin"]._mark_books(
                self.filtered(lambda move: move.is_purchase_document())
            )
        return result

    def _recovery_mark(self):
        """The open items of these customers changed. Vendor bills never matter."""
        moves = self.filtered(lambda move: not move.is_purchase_document(True))
        partners = moves.line_ids.partner_id if moves else moves.partner_id
        self.env["debt.recovery.case"]._mark_partners(partners.ids)

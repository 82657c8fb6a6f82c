from odoo import models


class AccountMove(models.Model):
    """A posted waiver closes the items of its settlement."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        entries = posted.filtered(lambda move: move.move_type == "entry")
        if entries:
            settlements = self.env["debt.recovery.agreement"].sudo()
            settlements.search([("waiver_move_id", "in", entries.ids)])._match_waiver()
        return posted

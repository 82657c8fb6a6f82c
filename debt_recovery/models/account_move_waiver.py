from odoo import models


class AccountMove(models.Model):
    """A posted waiver closes the items of its settlement."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        waivers = posted.filtered(lambda move: move._recovery_may_waive())
        if waivers:
            settlements = self.env["debt.recovery.agreement"].sudo()
            settlements.search(
                [
                    "|",
                    ("waiver_move_id", "in", waivers.ids),
                    ("waiver_note_ids", "in", waivers.ids),
                ]
            )._match_waiver()
        return posted

    def _recovery_may_waive(self):
        """Told by what is in memory: payments and other entries cost no query."""
        if self.move_type == "out_refund":
            return bool(self.reversed_entry_id)
        account = self.company_id.sudo()._recovery_root().recovery_waive_account_id
        return (
            self.move_type == "entry"
            and bool(account)
            and account in self.line_ids.account_id
        )

from odoo import models


class AccountMove(models.Model):
    """Bookkeepers may undo our entries by hand: the write-off follows."""

    _inherit = "account.move"

    def button_draft(self):
        result = super().button_draft()
        self._recovery_undo_write_offs()
        return result

    def _reverse_moves(self, default_values_list=None, cancel=False):
        moves = super()._reverse_moves(default_values_list, cancel)
        if cancel and not self.env.context.get("recovery_write_off"):
            self._recovery_undo_write_offs()
        return moves

    def _recovery_undo_write_offs(self):
        entries = self.filtered(lambda move: move.move_type == "entry")
        if not entries:
            return
        write_offs = self.env["debt.recovery.write.off"].sudo()
        write_offs.search(
            [("move_id", "in", entries.ids), ("state", "=", "booked")]
        )._mark_reversed()

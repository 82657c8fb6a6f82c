from odoo import fields, models


class DebtRecoverySendPreviewWaiting(models.AbstractModel):
    """The preview of a message that waits in Outgoing: approve it, keep a changed
    text, take a line out, leave it out."""

    _name = "debt.recovery.send.preview.waiting.mixin"
    _description = "Preview of a waiting message"

    action_id = fields.Many2one("debt.recovery.action", "Waiting Action")
    action_state = fields.Selection(related="action_id.state")
    action_mode = fields.Selection(related="action_id.mode")
    claims_nothing = fields.Boolean(related="action_id.claims_nothing")
    watch_out = fields.Char(related="action_id.watch_out")
    leaves = fields.Char(related="action_id.leaves")
    claim_line_ids = fields.One2many(related="action_id.line_ids", string="Claims")

    def action_keep(self):
        """Keep recipients and text; the message goes on waiting."""
        self.ensure_one()
        self._write_waiting()
        return {"type": "ir.actions.act_window_close"}

    def action_approve(self):
        """Keep what was changed and let the message leave with the next release."""
        self.ensure_one()
        self._write_waiting()
        notice = self.action_id.action_approve()
        if isinstance(notice, dict):
            return notice
        return {"type": "ir.actions.act_window_close"}

    def action_leave_out(self):
        """Ask for the reason, then leave this message out."""
        self.ensure_one()
        return self.action_id.action_skip()

    def _write_waiting(self):
        self.action_id._check_not_merged()
        self.action_id._check_button_state("planned", "approved")
        self.action_id.write(self._prepare_send_vals())
        self._override_action(self.action_id)

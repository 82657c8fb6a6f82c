from odoo import api, fields, models


class DebtRecoveryActionOverride(models.TransientModel):
    """A manager goes beyond the soft contact rules and says why; the reason stays in
    the log."""

    _name = "debt.recovery.action.override"
    _description = "Send All the Same"

    action_ids = fields.Many2many(
        "debt.recovery.action", "debt_recovery_override_action_rel", readonly=True
    )
    verdict = fields.Char("The Rules Say", compute="_compute_verdict")
    reason = fields.Char("Why All the Same", required=True)

    @api.depends("action_ids")
    def _compute_verdict(self):
        for wizard in self:
            said = wizard.action_ids.mapped("reason")
            wizard.verdict = " ".join(dict.fromkeys(filter(None, said)))

    def action_confirm(self):
        """Send; what a hard rule stops stays where it is."""
        self.ensure_one()
        actions = self.action_ids._override(self.reason)
        waiting = actions.filtered(lambda a: a.state not in ("queued", "done"))
        if waiting:
            return waiting._button_open()
        return {"type": "ir.actions.act_window_close"}

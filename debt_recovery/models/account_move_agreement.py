from odoo import api, fields, models

from .agreement_approval import RUNNING


class DebtRecoveryMoveAgreement(models.AbstractModel):
    """What is agreed about an invoice; nothing is stored on it."""

    _name = "debt.recovery.move.agreement.mixin"
    _description = "Agreement over an Invoice"

    recovery_agreement_text = fields.Char(
        "Agreed", compute="_compute_recovery_agreement_text", compute_sudo=True
    )

    @api.depends("state", "payment_state")
    @api.depends_context("lang")
    def _compute_recovery_agreement_text(self):
        lines = self.env["debt.recovery.agreement.line"].search(
            [("move_line_id.move_id", "in", self.ids), ("state", "in", RUNNING)]
        )
        covered = lines.grouped("move_id")
        for move in self:
            rows = covered.get(move._origin, lines.browse())
            move.recovery_agreement_text = rows.agreement_id._standing_sentence()

    def action_recovery_agreement(self):
        """The agreements that cover this invoice, the last first."""
        self.ensure_one()
        lines = self.env["debt.recovery.agreement.line"].search(
            [("move_line_id.move_id", "=", self.id), ("state", "in", RUNNING)]
        )
        return lines.agreement_id._get_records_action(name=self.env._("Agreements"))

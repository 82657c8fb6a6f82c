from odoo import fields, models
from odoo.exceptions import UserError


class DebtRecoveryDisputeAnswer(models.TransientModel):
    """The small form of the owner, who needs no rights in debt recovery: what was found
    out, what he proposes, and the evidence."""

    _name = "debt.recovery.dispute.answer"
    _description = "Answer a Dispute"

    dispute_id = fields.Many2one("debt.recovery.dispute", required=True)
    kind = fields.Selection(related="dispute_id.kind")
    evidence = fields.Char(related="dispute_id.evidence")
    answer = fields.Text(required=True)
    proposal = fields.Selection(
        [("accept", "Accept"), ("part", "Accept a part"), ("reject", "Reject")],
        "I Propose to",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence Files")

    def action_confirm(self):
        """Send the answer to the officer."""
        self.ensure_one()
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write what you found out."))
        self.dispute_id._answer(self.answer, self.proposal, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}


class DebtRecoveryDisputeForward(models.TransientModel):
    """Hand the question to a colleague."""

    _name = "debt.recovery.dispute.forward"
    _description = "Forward a Dispute"

    dispute_id = fields.Many2one("debt.recovery.dispute", required=True)
    user_id = fields.Many2one(
        "res.users", "Colleague", required=True, domain="[('share', '=', False)]"
    )
    note = fields.Char("Why")

    def action_confirm(self):
        """The colleague owes the answer now; the owner before no longer sees it."""
        self.ensure_one()
        dispute = self.dispute_id
        dispute._forward(self.user_id, self.note)
        if dispute.sudo(False).has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        return {"type": "ir.actions.client", "tag": "home"}

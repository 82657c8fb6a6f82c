from odoo import fields, models
from odoo.exceptions import UserError


class DebtRecoveryApprovalAnswer(models.TransientModel):
    """Refuse with a reason, or ask the person who wants it."""

    _name = "debt.recovery.approval.answer"
    _description = "Answer a Request"

    approval_ids = fields.Many2many(
        "debt.recovery.approval", string="Requests", required=True
    )
    mode = fields.Selection(
        [("refuse", "Refuse"), ("ask", "Ask")], required=True, default="refuse"
    )
    text = fields.Text("Reason")

    def action_answer(self):
        """Carry the words to the person who asked; a refusal ends the request."""
        self.ensure_one()
        words = (self.text or "").strip()
        if not words:
            raise UserError(
                self.env._("Write a sentence: the person who asked needs to know why.")
            )
        if self.mode == "refuse":
            self.approval_ids._check_may_decide()
            self.approval_ids._decide("refused", self.env.user, words)
        else:
            self._post_question(words)
        return {"type": "ir.actions.act_window_close"}

    def _post_question(self, words):
        """The answer comes back into the same conversation."""
        for approval in self.approval_ids:
            approval.message_post(
                body=words,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=approval.sudo().requested_by_id.partner_id.ids,
            )

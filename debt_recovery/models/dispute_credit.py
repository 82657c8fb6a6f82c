from odoo import fields, models
from odoo.exceptions import UserError

INVOICING = "account.group_account_invoice"


class DebtRecoveryDisputeCredit(models.AbstractModel):
    """The credit note for what was accepted: a draft by Odoo's own reversal for those
    who may invoice, a task for accounts receivable from those who may not."""

    _name = "debt.recovery.dispute.credit.mixin"
    _description = "Credit Note of a Dispute"
    _inherit = "debt.recovery.credit.note.mixin"

    credit_move_ids = fields.Many2many(
        "account.move",
        "debt_recovery_dispute_credit_rel",
        "dispute_id",
        "move_id",
        "Credit Notes",
        copy=False,
        domain="[('move_type', '=', 'out_refund'),"
        " ('commercial_partner_id', '=', partner_id)]",
    )
    needs_credit = fields.Boolean(compute="_compute_needs_credit")

    def _compute_needs_credit(self):
        for dispute in self:
            dispute.needs_credit = (
                dispute.remedy == "credit"
                and dispute.state in ("accepted", "partly")
                and not dispute.credit_move_ids
            )

    def action_credit_note(self):
        """Draft the credit notes of the accepted amounts, or ask who may."""
        self.ensure_one()
        self._check_office()
        if not self.needs_credit:
            raise UserError(
                self.env._("Nothing accepted here waits for a credit note.")
            )
        if not self.env.user.has_group(INVOICING):
            return self._ask_credit()
        reason = self.env._("Dispute: %(subject)s", subject=self.name)
        notes = self.env["account.move"]
        for line in self.line_ids.filtered("amount_accepted"):
            move = line.move_line_id.move_id
            notes |= self._draft_credit_note(move, line.amount_accepted, reason)
        self.credit_move_ids = notes
        return notes._get_records_action(name=self.env._("Draft Credit Notes"))

    def action_open_credit_notes(self):
        self.ensure_one()
        return self.credit_move_ids._get_records_action(name=self.env._("Credit Notes"))

    def _ask_credit(self):
        """A task on the invoice for accounts receivable."""
        owner = self.company_id._recovery_ar_user()
        for move in self.move_ids:
            line = self.line_ids.filtered(lambda x, m=move: x.move_id == m)
            move.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=owner.id,
                summary=self.env._(
                    "Credit note of %(amount)s needed",
                    amount=move.currency_id.format(sum(line.mapped("amount_accepted"))),
                ),
                note=self.env._(
                    "The dispute “%(subject)s” was accepted: %(reason)s",
                    subject=self.name,
                    reason=self.resolution or "",
                ),
            )
        text = self.env._("%(user)s was asked for the credit note.", user=owner.name)
        self.message_post(body=text, subtype_xmlid="mail.mt_note")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": text, "type": "success"},
        }

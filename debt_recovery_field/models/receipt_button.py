from odoo import models
from odoo.exceptions import UserError


class DebtRecoveryReceiptButton(models.AbstractModel):
    """Making a receipt void, printing and mailing it."""

    _name = "debt.recovery.receipt.button.mixin"
    _description = "Buttons of a Receipt"

    # BUTTONS

    def action_void(self):
        """Ask why; the number stays."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make Void"),
            "res_model": "debt.recovery.receipt.void",
            "view_mode": "form",
            "target": "new",
            "context": {"default_receipt_id": self.id},
        }

    def _void(self, reason):
        """It was a mistake, or the money went back."""
        self.check_access("write")
        for receipt in self.sudo():
            if receipt.is_booked:
                raise UserError(
                    self.env._(
                        "Receipt %(receipt)s is booked: cancel its payment first.",
                        receipt=receipt.name,
                    )
                )
            receipt.write({"state": "void", "void_reason": reason})
            receipt.instrument_id._give_back(reason)
            text = self.env._(
                "Receipt %(receipt)s was made void: %(reason)s",
                receipt=receipt.name,
                reason=reason,
            )
            receipt.case_id.message_post(body=text)

    def action_mail(self):
        """Open the message with the receipt, ready to go."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self._mail_template().id,
                "default_composition_mode": "comment",
            },
        }

    def _mail_template(self):
        return self.env.ref("debt_recovery_field.mail_template_receipt")

    def _send_mail(self):
        """Mail the receipt to the customer; who has no address gets none."""
        for receipt in self.sudo().filtered("partner_id.email"):
            receipt.message_mail_with_source(
                receipt._mail_template(), message_type="auto_comment"
            )

    def action_print(self):
        report = self.env.ref("debt_recovery_field.report_receipt")
        return report.report_action(self)

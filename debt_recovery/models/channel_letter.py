from odoo import api, models


class DebtRecoveryChannelLetter(models.AbstractModel):
    """Letters wait in the print queue. Printing makes the PDF; the letter is done, and
    the step taken, when somebody says that it was posted."""

    _name = "debt.recovery.channel.letter"
    _description = "Recovery channel: letter"

    @api.model
    def _send(self, actions):
        """Put the letters into the print queue, each with its text and address."""
        for action in actions:
            recipient = action.recipient_ids[:1] or action.partner_id
            if not self._has_address(recipient):
                action._set_failed(
                    self.env._(
                        "%(name)s has no postal address: enter street and city.",
                        name=recipient.display_name,
                    )
                )
                continue
            action._set_queued(**self._prepare_queued_vals(action))

    @api.model
    def _has_address(self, partner):
        return self.env["debt.recovery.case"]._is_reachable(partner, "letter")

    @api.model
    def _prepare_queued_vals(self, action):
        """Text and address as they will be printed."""
        vals = {"address": ", ".join(action._letter_address_lines())}
        if not action.custom_text:
            letter = action._letter_text()
            vals |= {"subject": letter["subject"], "body": letter["body"]}
        return vals

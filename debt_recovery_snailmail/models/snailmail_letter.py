from odoo import fields, models
from odoo.tools import html2plaintext
from odoo.tools.pdf import merge_pdf


class SnailmailLetter(models.Model):
    """A letter of recovery in the hands of Snailmail; what the service answers is read
    back where it is asked, not from a state that anybody may write."""

    _inherit = "snailmail.letter"

    recovery_action_id = fields.Many2one(
        "debt.recovery.action",
        "Recovery Letter",
        index="btree_not_null",
        ondelete="cascade",
    )

    def _recovery_attach(self):
        """The documents of the log, those an envelope filled by hand would hold, behind
        a page that shows nothing but the address."""
        for letter in self:
            action = letter.recovery_action_id
            document = merge_pdf(action._letter_documents())
            letter.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": action._letter_filename(),
                    "raw": letter._append_cover_page(document),
                    "res_model": letter._name,
                    "res_id": letter.id,
                    "mimetype": "application/pdf",
                }
            )

    def _recovery_forget(self):
        """What was posted is kept by the log alone."""
        copies = self.attachment_id
        self.attachment_id = False
        copies.unlink()

    def _snailmail_print_valid_address(self):
        result = super()._snailmail_print_valid_address()
        self._recovery_read_back()
        return result

    def _snailmail_print_invalid_address(self):
        result = super()._snailmail_print_invalid_address()
        self._recovery_read_back()
        return result

    def _recovery_read_back(self):
        """Tell the log what the service said."""
        for letter in self.sudo().filtered("recovery_action_id"):
            action = letter.recovery_action_id
            said = html2plaintext(letter.info_msg or "").strip()
            if letter.state == "sent":
                letter._recovery_forget()
                action._snailmail_sent(said)
            elif letter.state == "error":
                action._snailmail_failed(said)

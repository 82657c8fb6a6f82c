from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class DebtRecoveryAction(models.Model):
    _inherit = "debt.recovery.action"

    snailmail_ids = fields.One2many(
        "snailmail.letter", "recovery_action_id", "Snailmail Letters", readonly=True
    )
    snailmail_text = fields.Char(
        "Snailmail",
        compute="_compute_snailmail_text",
        compute_sudo=True,
        help="Where the letter is with Snailmail, or why it could not be posted.",
    )

    @api.depends("snailmail_ids.state", "snailmail_ids.info_msg")
    def _compute_snailmail_text(self):
        labels = dict(
            self.snailmail_ids._fields["state"]._description_selection(self.env)
        )
        for action in self:
            letter = action.snailmail_ids.sorted("id")[-1:]
            text = labels.get(letter.state, False)
            if letter.state == "error":
                text = html2plaintext(letter.info_msg or "").strip() or text
            action.snailmail_text = text

    def _snailmail_waiting(self):
        """Letters that Snailmail may still post."""
        return self.sudo().snailmail_ids.filtered(
            lambda letter: letter.state in ("pending", "error")
        )

    def _snailmail_call_back(self):
        """Snailmail posts nothing of these any more, so nothing of it has failed."""
        self._snailmail_waiting().cancel()
        told = self.filtered(lambda action: action.state == "queued" and action.failure)
        told._guarded().write({"failure": False})

    def _snailmail_hand_over(self):
        """Give the letters to Snailmail, which posts them with its next round."""
        self.check_access("write")
        self._snailmail_call_back()
        letters = self.env["snailmail.letter"].sudo()
        letters = letters.create([action._prepare_snailmail_vals() for action in self])
        letters._recovery_attach()
        self.env.ref("snailmail.snailmail_print").sudo()._trigger()

    def _prepare_snailmail_vals(self):
        return {
            "recovery_action_id": self.id,
            "model": "debt.recovery.case",
            "res_id": self.case_id.id,
            "partner_id": self._letter_recipient().id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "color": self.company_id.sudo().snailmail_color,
            "duplex": self.company_id.sudo().snailmail_duplex,
            "cover": True,
        }

    def _snailmail_sent(self, said):
        """It is in the post: the letter is done. One that was called back too late
        stays what it is, with the proof that it left."""
        self.filtered(lambda action: action.state == "queued")._set_done()
        self._log_delivery("sent", said)
        self.batch_id._snailmail_finish()

    def _snailmail_failed(self, said):
        """Still waiting, among what failed in Outgoing; Snailmail tries some errors
        again, each is told once."""
        for action in self.filtered(lambda action: action.state == "queued"):
            action._guarded().write({"failure": said})
            last = action.delivery_ids.sorted("id")[-1:]
            if (last.kind, last.detail) != ("failed", said):
                action._log_delivery("failed", said)

    def action_mark_done(self):
        """By hand only what Snailmail has not in its hands."""
        pending = self._snailmail_waiting().filtered(lambda x: x.state == "pending")
        if pending:
            raise UserError(
                self.env._(
                    "%(count)s letters are with Snailmail and must not be posted "
                    "twice: wait for its answer, or take them out of their batch.",
                    count=len(pending),
                )
            )
        result = super().action_mark_done()
        self._snailmail_call_back()
        return result

    def _cancel(self, reason):
        self._snailmail_call_back()
        return super()._cancel(reason)

    def action_take_out(self):
        result = super().action_take_out()
        self._snailmail_call_back()
        return result

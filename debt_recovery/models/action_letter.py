import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

_logger = logging.getLogger(__name__)

REPORT = "debt_recovery.action_report_letter"


class DebtRecoveryActionLetter(models.AbstractModel):
    """Letters: text by tone, print queue, posting.

    Printing stores the PDF on the action, and every reprint is that same document:
    what lies in the envelope is what lies in the log.
    """

    _name = "debt.recovery.action.letter.mixin"
    _description = "Letters of recovery actions"

    # ------------------------------------------------------------------
    # Text
    # ------------------------------------------------------------------

    def _in_letter_lang(self):
        """The action in the debtor's language, so are dates, amounts and texts."""
        self.ensure_one()
        return self.with_context(lang=self.lang or self.env.lang)

    def _letter_text(self):
        """Subject and text of the letter in its tone."""
        action = self._in_letter_lang()
        if action.custom_text:
            return {"subject": action.subject, "body": action.body}
        body = self.env["ir.qweb"]._render(
            "debt_recovery.letter_text",
            {
                "case": action._claim_case(),
                "tone": action.tone or action.step_id.tone or "neutral",
            },
            minimal_qcontext=True,
            lang=action.env.lang,
        )
        return {"subject": action._letter_subject(), "body": body}

    def _letter_subject(self):
        env = self.env
        subjects = {
            "friendly": env._("Payment reminder"),
            "firm": env._("Overdue invoices: please pay now"),
            "formal": env._("Formal demand for payment"),
            "neutral": env._("Overdue invoices"),
        }
        return subjects[self.tone or self.step_id.tone or "neutral"]

    def _letter_recipient(self):
        """Whose address stands in the window."""
        self.ensure_one()
        return self.recipient_ids[:1] or self.partner_id

    def _letter_date(self):
        day = self.date_done or self.date_queued
        day = day.date() if day else self.company_id._recovery_today()
        return format_date(self.env, day)

    def _letter_qr_codes(self):
        """Payment QR codes, one per currency, where a standard fits the account.

        A code is a comfort: whatever goes wrong with it must not stop the letter.
        """
        self.ensure_one()
        groups = self.case_id._claim_groups(self, [])
        values = self.case_id._claim_payment_values(self, groups)
        codes = []
        for group in groups:
            try:
                image = values["bank"].build_qr_code_base64(
                    group["total"],
                    values["reference"],
                    "",
                    group["currency"],
                    self.partner_id,
                    silent_errors=True,
                )
            except Exception:
                _logger.info("No payment QR code for action %s", self.id, exc_info=True)
                image = None
            if image:
                codes.append({"currency": group["currency"].name, "image": image})
        return codes

    # ------------------------------------------------------------------
    # Print queue
    # ------------------------------------------------------------------

    def action_print(self):
        """One PDF of the selected letters, in the order of the selection."""
        self._check_printable()
        waiting = self.filtered(lambda a: a.state == "queued")
        self._store_letters(waiting)
        waiting._log_delivery("printed")
        return self.env.ref(REPORT).report_action(self, config=False)

    def _check_printable(self):
        """Only letters, and only those that were handed over to printing."""
        wrong = self.filtered(
            lambda a: a.channel != "letter" or a.state not in ("queued", "done")
        )
        if wrong:
            raise UserError(
                self.env._(
                    "“%(action)s” is not a letter in the print queue.",
                    action=wrong[0].display_name,
                )
            )
        unprinted = self.filtered(
            lambda a: a.state == "queued" and not a.delivery_ids.ids
        )
        paid = unprinted._claim_uncovered()
        if paid:
            raise UserError(
                self.env._(
                    "The claim of “%(action)s” has changed since it was queued. Cancel "
                    "it; the next run plans it anew with the right amounts.",
                    action=paid[0].display_name,
                )
            )

    def _store_letters(self, actions):
        """Render what has no PDF yet; the report saves it on the action."""
        missing = actions.filtered(lambda a: not a._letter_attachment())
        if missing:
            report = self.env["ir.actions.report"].sudo()
            report = report.with_context(**missing._guarded().env.context)
            report._render_qweb_pdf(REPORT, missing.ids)
            missing.invalidate_recordset(["attachment_ids"])

    def _letter_filename(self):
        """Name of the stored letter; the report finds it again by this name."""
        self.ensure_one()
        return f"{self.case_id.name}-{self.id}.pdf".replace("/", "_")

    def _letter_attachment(self):
        name = self._letter_filename()
        return self.sudo().attachment_ids.filtered(lambda a: a.name == name)[:1]

    def action_mark_done(self):
        """The letters are in the post: seal them with their documents."""
        self._check_printable()
        letters = self.filtered(lambda a: a.state == "queued")
        self._store_letters(letters)
        letters._set_done()
        letters._log_delivery("sent")
        return True

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

REPORT = "debt_recovery.action_report_letter"


class DebtRecoveryActionLetter(models.AbstractModel):
    """Letters: text by tone, print queue, posting.

    Printing stores the PDF on the action, and every reprint is that same document:
    what lies in the envelope is what lies in the log.
    """

    _name = "debt.recovery.action.letter.mixin"
    _description = "Letters of recovery actions"

    batch_id = fields.Many2one(
        "debt.recovery.letter.batch",
        "Printed With",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

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
        step = action.step_id
        if step.event == "notice" and step.template_id:  # the law wants these words
            return action._template_text(step.template_id, recovery_letter=True)
        body = self.env["ir.qweb"]._render(
            "debt_recovery.letter_text",
            {
                "case": action._claim_case().with_context(recovery_letter=True),
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

    def _letter_address_lines(self):
        """Address for the window: company, person, street, town, country."""
        recipient = self._in_letter_lang()._letter_recipient()
        company = recipient.commercial_company_name or ""
        person = "" if recipient.is_company else recipient.name or ""
        address = recipient._display_address(without_company=True)
        lines = [company, person, *address.splitlines()]
        lines = [line.strip() for line in lines if line and line.strip()]
        return list(dict.fromkeys(lines))

    def _letter_sender_line(self):
        """Small return address above the window, as postal services want it."""
        company = self.company_id.sudo().partner_id
        town = " ".join(filter(None, (company.zip, company.city)))
        return " · ".join(filter(None, (company.name, company.street, town)))

    def _letter_date(self):
        day = self.date_done or self.date_queued
        day = day.date() if day else self.company_id._recovery_today()
        return format_date(self.env, day)

    # ------------------------------------------------------------------
    # Print queue
    # ------------------------------------------------------------------

    def action_print(self):
        """One PDF of the selected letters, in the order of the selection."""
        self._check_printable()
        waiting = self.filtered(lambda a: a.state == "queued")
        if any(not a.batch_id and a._enclosures() for a in waiting):
            return waiting.action_print_batch()
        self._store_letters(waiting)
        waiting._log_delivery("printed")
        return self.env.ref(REPORT).report_action(self, config=False)

    def action_print_batch(self):
        """Print the selected letters, or all that wait, as one document."""
        letters = self or self.search(self._waiting_letters_domain())
        batches = self.env["debt.recovery.letter.batch"]._print(letters)
        return batches._get_records_action(name=self.env._("Printed Letters"))

    @api.model
    def _waiting_letters_domain(self):
        return [
            ("channel_id.code", "=", "letter"),
            ("state", "=", "queued"),
            ("batch_id", "=", False),
        ]

    def action_take_out(self):
        """This letter was not posted with its batch (spoiled, stopped): it waits
        again."""
        self._check_button_state("queued")
        self._guarded().write({"batch_id": False})
        return True

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
        """Render what has no PDF yet; the report saves it on the action.

        One by one: the wkhtmltopdf of the distributions cannot convert several
        documents at once, and one broken letter then names itself.
        """
        report = self.env["ir.actions.report"].sudo()
        report = report.with_context(**self._guarded().env.context)
        for action in actions.filtered(lambda a: not a._letter_attachment()):
            report._render_qweb_pdf(REPORT, action.ids)
            action.invalidate_recordset(["attachment_ids"])

    def _letter_filename(self):
        """Name of the stored letter; the report finds it again by this name."""
        self.ensure_one()
        return f"{self.case_id.name}-{self.id}.pdf".replace("/", "_")

    def _enclosures(self):
        """Documents that go into the envelope: the agreement the letter is about."""
        letter = self._letter_attachment()
        return self.agreement_id and self.sudo().attachment_ids - letter

    def _letter_documents(self):
        """The sheets of the envelope, as PDF files."""
        documents = [self._letter_attachment(), *(self._enclosures() or ())]
        return [bytes(document.raw) for document in documents]

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

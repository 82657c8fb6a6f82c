from markupsafe import Markup

from odoo import models
from odoo.tools import plaintext2html


class DebtRecoveryActionPreview(models.AbstractModel):
    """The message as the debtor gets it, for actions that are not sent yet; works for
    actions in memory as well."""

    _name = "debt.recovery.action.preview.mixin"
    _description = "Preview of a recovery action"

    def _preview_text(self, template=None):
        """Subject and text, without the frame of the message.

        :param template: instead of the step's
        """
        self.ensure_one()
        if self.channel == "letter":
            return self._letter_text()
        if self._is_texted():
            text = self.env["debt.recovery.channel.sms"]._text(self)
            return {"subject": False, "body": plaintext2html(text)}
        template = template or self.env["debt.recovery.channel.email"]._template(self)
        if not template:
            return {"subject": False, "body": False}
        return self._template_text(template)

    def _template_text(self, template, **context):
        """Subject and text of a template, about what this action claims."""
        case = self._claim_case()
        template = template.sudo().with_context(**case.env.context, **context)
        return {
            "subject": template._render_field("subject", case.ids, compute_lang=True)[
                case.id
            ],
            "body": template._render_field("body_html", case.ids, compute_lang=True)[
                case.id
            ],
        }

    def _preview_layout(self, body):
        """The text within the frame of the message; a letter has its own paper."""
        self.ensure_one()
        if not body:
            return body
        if self.channel == "letter":
            return self._preview_paper(body)
        if self._is_texted():
            return Markup('<div style="max-width: 320px; %s">%s</div>') % (
                "font-family: sans-serif; padding: 12px 16px; border-radius: 12px; "
                "background-color: #e5e7eb; margin: 12px;",
                Markup(body),
            )
        template = self.env["debt.recovery.channel.email"]._template(self)
        return self.env["ir.qweb"]._render(
            template.email_layout_xmlid or "debt_recovery.mail_layout",
            self._preview_layout_values(body),
            minimal_qcontext=True,
            lang=self.lang or self.env.lang,
        )

    def _is_texted(self):
        """A text message that can go as one; otherwise it goes by e-mail."""
        if self.channel != "sms":
            return False
        return not self.env["debt.recovery.channel.sms"]._find_number(self)[2]

    def _preview_paper(self, body):
        """A letter as it lies on the desk: address, subject, text."""
        style = "font-family: sans-serif; font-size: 13px; padding: 24px;"
        return Markup('<div style="%s"><p>%s</p><h2>%s</h2>%s</div>') % (
            style,
            Markup("<br/>").join(self._letter_address_lines()),
            self._letter_text()["subject"],
            Markup(body),  # our own block, or text that the field has sanitized
        )

    def _preview_layout_values(self, body):
        """The few values our frame needs of those the composer hands over."""
        company = self.company_id.sudo()
        return {
            "message": self.env["mail.message"].new({"body": body}),
            "company": company,
            "lang": self.lang or self.env.lang,
            "website_url": company.website,
            "record": self.case_id,
        }

    def _preview_document_names(self):
        """Names of the documents that would go along, without rendering any."""
        self.ensure_one()
        if self.attachment_ids:
            return self.attachment_ids.mapped("name")
        if not self._wants_documents():
            return []
        names = []
        if self.step_id.attach_statement or self.statement_options:
            names.append(self.case_id._statement_filename(self.lang))
        if self.step_id.attach_invoices:
            names += self._preview_invoice_names()
        if self._wants_item_list():
            names.append(self._item_list_filename())
        return names

    def _preview_invoice_names(self):
        moves, links = self._attachable_moves(), self._document_links()
        if links:
            return [self.env._("links to %(count)s invoices", count=len(links))]
        return [
            move.invoice_pdf_report_id.name or move._get_invoice_report_filename()
            for move in moves.sudo()
        ]

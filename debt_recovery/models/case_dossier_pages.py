from base64 import b64decode

from odoo import models
from odoo.tools import html2plaintext

PAGES = "debt_recovery.report_dossier_pages"


class DebtRecoveryCaseDossierPages(models.AbstractModel):
    """Pages of a dossier that are written for it: agreements with their verdicts,
    disputes with their answers, what was written to and fro."""

    _name = "debt.recovery.case.dossier.pages.mixin"
    _description = "Written Pages of a Dossier"

    def _dossier_page(self, title, articles):
        """One document of articles: ``{"title", "facts": [(label, text)], "text",
        "head": [...], "rows": [[...]]}``."""
        page = {"title": title, "articles": articles}
        return self._dossier_render(PAGES, recovery_dossier=page)

    # AGREEMENTS

    def _dossier_agreements(self):
        agreements = self.agreement_ids.sorted("id")
        yield from self._dossier_agreement_page(agreements)
        yield from self._dossier_attachments(agreements)

    def _dossier_agreement_page(self, agreements, hidden=()):
        """One page of them all, without the facts of these fields."""
        if not agreements:
            return
        title = self.env._("Agreements and what became of them")
        articles = [self._dossier_agreement(item, hidden) for item in agreements]
        yield title, "agreements.pdf", lambda: self._dossier_page(title, articles)

    def _dossier_agreement(self, agreement, hidden=()):
        env = self.env
        states = dict(env["debt.recovery.instalment"]._fields["state"].selection)
        return {
            "title": agreement.name,
            "facts": self._dossier_facts(
                (env._("Agreed on"), agreement.date_signed),
                (env._("Accepted on"), agreement.date_accepted),
                (env._("Covers"), agreement.amount_text),
                (env._("Items"), ", ".join(agreement.line_ids.move_id.mapped("name"))),
                (env._("Verdict"), self._dossier_label(agreement, "state")),
                (env._("Note"), "note" not in hidden and agreement.note),
            ),
            "head": [
                env._("No."),
                env._("Due"),
                env._("Amount"),
                env._("Paid"),
                env._("Paid on"),
                env._("Verdict"),
            ],
            "rows": [
                [
                    row.number,
                    self._format_day(row.date_due),
                    row.currency_id.format(row.amount),
                    row.currency_id.format(row.amount_paid),
                    self._format_day(row.date_paid) if row.date_paid else "",
                    states.get(row.state) and self._dossier_label(row, "state"),
                ]
                for row in agreement.instalment_ids
            ],
        }

    # DISPUTES

    def _dossier_disputes(self):
        disputes = self.dispute_ids.sorted("id")
        yield from self._dossier_dispute_page(disputes)
        yield from self._dossier_attachments(disputes)

    def _dossier_dispute_page(self, disputes, hidden=()):
        """One page of them all, without these fields."""
        if not disputes:
            return
        title = self.env._("Disputes, enquiries and their answers")
        articles = [self._dossier_dispute(item, hidden) for item in disputes]
        yield title, "disputes.pdf", lambda: self._dossier_page(title, articles)

    def _dossier_dispute(self, dispute, hidden=()):
        env = self.env
        return {
            "title": f"{self._dossier_label(dispute, 'kind')}: {dispute.name}",
            "facts": self._dossier_facts(
                (env._("Opened"), dispute.date_opened),
                (env._("Reason"), dispute.category_id.name),
                (env._("Disputed"), dispute.amount_text),
                (env._("Items"), ", ".join(dispute.line_ids.move_id.mapped("name"))),
                (env._("Outcome"), self._dossier_label(dispute, "state")),
            ),
            "text": "note" not in hidden and dispute.note,
            "head": [],
            "rows": [],
            "messages": "messages" not in hidden and self._dossier_messages(dispute),
        }

    # CORRESPONDENCE

    def _dossier_correspondence(self):
        replies = self.env["debt.recovery.reply"].search(
            [("case_id", "=", self.id)], order="date, id"
        )
        messages = self._dossier_messages(self)
        articles = [
            {
                "title": self.env._(
                    "%(day)s, from %(sender)s",
                    day=self._format_day(reply.date.date()),
                    sender=reply.email_from or reply.contact_id.name,
                ),
                "facts": [(self.env._("Subject"), reply.subject or "")],
                "text": reply.text,
            }
            for reply in replies
        ]
        if messages:
            articles.append(
                {"title": self.env._("Messages on the case"), "messages": messages}
            )
        if articles:
            title = self.env._("What was written")
            yield title, "messages.pdf", lambda: self._dossier_page(title, articles)
        yield from self._dossier_files(replies.message_id.attachment_ids)

    def _dossier_court(self):
        """Papers of the legal cases, every version."""
        for document in self.legal_case_ids.document_ids.sorted("date"):
            name = f"{document.date}, {document.name} ({document.version})"
            filename = document.filename or f"{document.name}.pdf"
            yield name, filename, lambda document=document: b64decode(document.file)

    def _dossier_messages(self, record):
        """What people wrote on a record, internal notes left out: ``[(when, who,
        text)]``."""
        messages = record.message_ids.filtered(
            lambda message: (
                message.message_type in ("comment", "email") and not message.is_internal
            )
        ).filtered(lambda message: not message.subtype_id.internal)
        return [
            (
                self._format_day(message.date.date()),
                message.author_id.name or message.email_from or "",
                html2plaintext(message.body or "").strip(),
            )
            for message in messages.sorted("id")
        ]

    # WORDS

    def _dossier_facts(self, *facts):
        """Labels with texts; dates as people read them, what is empty left out."""
        return [
            (label, self._format_day(value) if hasattr(value, "year") else value)
            for label, value in facts
            if value
        ]

    def _dossier_label(self, record, name):
        choices = record._fields[name]._description_selection(self.env)
        return dict(choices).get(record[name], "")

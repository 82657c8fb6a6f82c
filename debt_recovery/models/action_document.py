import hashlib

from odoo import models

from .action_guard import OPEN_STATES

MEGABYTE = 1024 * 1024


class DebtRecoveryActionDocument(models.AbstractModel):
    """Documents of an action: copies of the claimed invoices' PDFs that belong to the
    action itself, so that what was sent stays even when the invoice changes."""

    _name = "debt.recovery.action.document.mixin"
    _description = "Documents of a recovery action"

    def _document_facts(self):
        """Name, size and sha256 of each document now attached, in a fixed order."""
        self.ensure_one()
        return [
            {
                "name": attachment.name,
                "size": attachment.file_size,
                "sha256": hashlib.sha256(attachment.raw or b"").hexdigest(),
            }
            for attachment in self.sudo().attachment_ids.sorted("id")
        ]

    def _prepare_documents(self):
        """Attach what the step asks for: the statement, and the legal PDF of each
        claimed invoice within the company's limits. Beyond the limits no invoice is
        attached: the text carries links instead. Many items go along as a list.
        """
        for action in self.filtered(lambda a: a._wants_documents()):
            documents = []
            if action.step_id.attach_statement or action.statement_options:
                documents.append(action._statement_attachment())
            if action.step_id.attach_invoices:
                documents += action._invoice_documents() or []
            if action._wants_item_list():
                documents.append(action._item_list())
            action._attach_documents(documents)

    def _renew_documents(self):
        """The claim has changed since the documents were attached: what is no longer
        claimed must not go along."""
        stale = self.filtered(
            lambda a: a.state in OPEN_STATES and a._is_message() and a.attachment_ids
        )
        stale.sudo().attachment_ids.unlink()
        stale.invalidate_recordset(["attachment_ids"])
        stale._prepare_documents()

    def _wants_documents(self):
        return (
            self.state in OPEN_STATES
            and self.channel in ("email", "sms")
            and (
                self.step_id.attach_invoices
                or self.step_id.attach_statement
                or self.statement_options
            )
            and not self.attachment_ids
        )

    def _document_moves(self):
        """Claimed invoices, oldest first; entries have no document."""
        moves = self.line_ids.sorted("date_due").move_id
        return moves.filtered(lambda move: move.is_sale_document(include_receipts=True))

    def _invoice_documents(self):
        """PDFs of the claimed invoices, or None when there are too many."""
        self.ensure_one()
        company = self.company_id
        documents, size = [], 0
        for move in self._attachable_moves():
            document = self._invoice_document(move)
            if not document:
                continue
            size += len(document["content"])
            if size > company.recovery_max_attachment_mb * MEGABYTE:
                return None
            documents.append(document)
        return documents

    def _attachable_moves(self):
        """Claimed invoices whose copies go along: all of them, or none where they are
        too many or, as far as they are printed already, too large."""
        company = self.company_id
        moves = self._document_moves()
        size = sum(moves.sudo().invoice_pdf_report_id.mapped("file_size"))
        fits = size <= company.recovery_max_attachment_mb * MEGABYTE
        many = len(moves) > company.recovery_max_attachments
        return moves if fits and not many else moves.browse()

    def _invoice_document(self, move):
        """Legal PDF of one invoice; it is rendered only when none exists yet."""
        return move.sudo()._get_invoice_legal_documents("pdf", allow_fallback=True)

    def _attach_documents(self, documents):
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": document["filename"],
                        "raw": document["content"],
                        "mimetype": document.get("mimetype", "application/pdf"),
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                    for document in documents
                ]
            )
        )

    def _document_links(self):
        """Invoices the reader can open in the portal, when no file is attached."""
        self.ensure_one()
        if not self.step_id.attach_invoices or self._carries_invoices():
            return []
        return [
            {"name": move.name, "url": f"{move.get_base_url()}{move.get_portal_url()}"}
            for move in self._document_moves().sudo()
        ]

    def _carries_invoices(self):
        """Are copies attached? Of a message in memory: will they be?"""
        if not self.id:
            return bool(self._attachable_moves())
        statement = self.case_id._statement_filename(self.lang).removesuffix(".pdf")
        others = (statement, self._item_list_filename())
        names = self.attachment_ids.mapped("name")
        return any(not name.startswith(others) for name in names)

import hashlib
import logging
import tempfile

from odoo import fields, models
from odoo.tools import split_every

from .action_guard import GUARD, GUARD_KEY
from .dossier_book import NO_PDF, Book

_logger = logging.getLogger(__name__)

COVER = "debt_recovery.report_dossier_cover"
LOG = "debt_recovery.report_log_extract"
#: Entries of the log in one go of the page printer.
LOG_BATCH = 300
MIMETYPES = {"pdf": "application/pdf", "zip": "application/zip"}


class DebtRecoveryCaseDossier(models.AbstractModel):
    """Everything about a case in one file, for a court, a lawyer or an agency: the
    chronology of the log, statement, invoices, letters as sent, agreements, disputes,
    correspondence. What is missing or damaged is named on the cover; the rest is
    made."""

    _name = "debt.recovery.case.dossier.mixin"
    _description = "Dossier of a Case"
    _inherit = [
        "debt.recovery.case.dossier.agency.mixin",
        "debt.recovery.case.dossier.pages.mixin",
    ]

    def _dossier(self, kind="pdf", sections=None, placement=None, tick=None):
        """Make the dossier, with the rights of the case: who may read it gets all; an
        agency only what its contract names.

        :param kind: ``pdf`` for one document, ``zip`` for it with its sources and the
            list of their checksums (SHA-256)
        :param sections: codes of the sections wanted; all by default
        :param placement: make it for the agency of this placement
        :param tick: callable(number of documents made, of all), while it is made
        :return: ``{"filename", "content", "mimetype", "missing": [names]}``
        """
        self.ensure_one()
        self.check_access("read")
        chapters = self._dossier_chapters(sections, placement)
        with tempfile.TemporaryDirectory() as folder:
            book = Book(folder)
            self._dossier_fill(book, chapters, tick)
            content = book.bind(
                lambda total: self._dossier_cover(book, total, placement)
            )
            if kind == "zip":
                if not placement:
                    self._dossier_sources(book)
                content = book.archive()
            missing = [document.name for _section, document in book.missing()]
        self._note_dossier(kind, content, placement)
        parts = (self.env._("Dossier"), (placement or self).name)
        name = " ".join(parts).replace("/", "_")
        return {
            "filename": f"{name}.{kind}",
            "content": content,
            "mimetype": MIMETYPES[kind],
            "missing": missing,
        }

    def _dossier_sections(self):
        """Seam: ``(code, title, method that yields documents)`` in order. A document is
        ``(name, file name, callable → bytes)``."""
        env = self.env
        return [
            ("chronology", env._("Chronology"), self._dossier_chronology),
            ("statement", env._("Statement of account"), self._dossier_statement),
            ("invoices", env._("Invoices"), self._dossier_invoices),
            ("letters", env._("Letters as sent"), self._dossier_letters),
            ("agreements", env._("Agreements"), self._dossier_agreements),
            ("disputes", env._("Disputes and answers"), self._dossier_disputes),
            ("correspondence", env._("Correspondence"), self._dossier_correspondence),
            ("court", env._("Court documents"), self._dossier_court),
        ]

    def _dossier_chapters(self, sections=None, placement=None):
        """``[(title, [documents])]`` of the sections wanted; a document is made only
        when it is its turn. Sections without documents are left out."""
        case = self.sudo()
        found = (
            case._agency_sections(placement.sudo())
            if placement
            else case._dossier_sections()
        )
        chapters = [
            (title, list(collect()))
            for code, title, collect in found
            if sections is None or code in sections
        ]
        return [chapter for chapter in chapters if chapter[1]]

    def _dossier_fill(self, book, chapters, tick=None):
        total = sum(len(documents) for _title, documents in chapters)
        made = 0
        for title, documents in chapters:
            book.open(title)
            for name, filename, produce in documents:
                try:
                    with self.env.cr.savepoint():
                        book.add(name, filename, produce())
                except Exception:
                    _logger.warning(
                        "Dossier of %s: no %s", self.name, name, exc_info=True
                    )
                    book.miss(name)
                made += 1
                if tick:
                    tick(made, total)

    def _dossier_sources(self, book):
        """The log as rows, beside the pages."""
        actions = self.sudo()._dossier_log()
        if actions:
            path = book.folder / "contact-log.xlsx"
            path.write_bytes(actions._extract_xlsx())

    # COVER

    def _dossier_cover(self, book, total, placement=None):
        cover = self._cover(book, total, placement)
        return self._dossier_render(COVER, recovery_dossier=cover)

    def _cover(self, book, total, placement=None):
        """What the cover says; see the template."""
        reasons = {
            NO_PDF: self.env._("no PDF: it is in the ZIP file only"),
        }
        damaged = self.env._("missing or damaged")
        return {
            "facts": self._cover_facts(placement),
            "sections": [
                {
                    "title": section.title,
                    "page": section.page,
                    "documents": [
                        {"name": document.name, "page": document.page}
                        for document in section.documents
                        if document.pages
                    ],
                }
                for section in book.sections
            ],
            "missing": [
                {
                    "name": document.name,
                    "section": section.title,
                    "reason": reasons.get(document.problem, damaged),
                }
                for section, document in book.missing()
            ],
            "total": total,
            "user": self.env.user.name,
            "now": fields.Datetime.context_timestamp(self, fields.Datetime.now()),
        }

    def _cover_facts(self, placement=None):
        """``[(label, text)]``: what it is about; an agency reads of its claim only."""
        money = self.company_id.currency_id
        if placement:
            return [
                (self.env._("For"), placement.agency_id.display_name),
                (self.env._("Our reference"), placement.name),
                (self.env._("Claim"), money.format(placement.amount)),
            ]
        return [
            (self.env._("Case"), self.name),
            (self.env._("Overdue"), money.format(self.amount_overdue)),
        ]

    def _dossier_render(self, report, ids=None, **context):
        """A report as PDF, in the language of whoever asks."""
        reports = self.env["ir.actions.report"].sudo().with_context(**context)
        return reports._render_qweb_pdf(report, ids or self.ids)[0]

    # DOCUMENTS

    def _dossier_log(self):
        """What happened, in its order."""
        return self.action_ids.filtered(lambda x: x.state == "done")._in_time_order()

    def _dossier_chronology(self):
        actions = self._dossier_log()
        parts = list(split_every(LOG_BATCH, actions.ids))
        page = {"scope": self.display_name, "user": self.env.user.name}
        for number, ids in enumerate(parts, 1):
            name = self.env._("Contact log")
            if len(parts) > 1:
                name = self.env._("Contact log, part %(number)s", number=number)
            yield (
                name,
                f"log-{number}.pdf",
                lambda ids=ids: self._dossier_render(LOG, ids, recovery_extract=page),
            )

    def _dossier_statement(self):
        yield (
            self.env._("Open items on %(day)s", day=self._statement_date()),
            "statement.pdf",
            lambda: self._statement_document(lang=self.env.lang)["content"],
        )

    def _dossier_invoices(self):
        """The documents of what is open, and of what letters claimed."""
        claimed = self.action_ids.filtered(lambda x: x.state == "done").line_ids
        return self._dossier_moves(self.receivable_ids.move_id | claimed.move_id)

    def _dossier_moves(self, moves):
        for move in moves.sorted(lambda move: (move.date, move.id)):
            if move.is_sale_document(include_receipts=True):
                yield (
                    move.name,
                    f"{move.name}.pdf".replace("/", "_"),
                    lambda move=move: self._dossier_invoice(move),
                )

    def _dossier_invoice(self, move):
        found = move._get_invoice_legal_documents("pdf", allow_fallback=True)
        return found and found["content"]

    def _dossier_letters(self):
        """Messages that left, with the documents that went along."""
        return self._dossier_messages_sent(self._dossier_log())

    def _dossier_messages_sent(self, actions):
        for action in actions:
            if action.direction != "out" or not action._is_message():
                continue
            day = self._format_day(action.date_done.date())
            label = action.subject or action.step_id.name or action.channel_id.name
            yield from self._dossier_files(action.attachment_ids, f"{day}, {label}")

    def _dossier_files(self, attachments, label=""):
        for file in attachments:
            name = f"{label}: {file.name}" if label else file.name
            yield name, file.name or str(file.id), lambda file=file: file.raw

    def _dossier_attachments(self, records):
        """Files put on these records."""
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("res_field", "=", False),
            ],
            order="id",
        )
        yield from self._dossier_files(files)

    # NOTE

    def _note_dossier(self, kind, content, placement=None):
        """Who took it, in the list of extracts and on the case."""
        notes = self.env["debt.recovery.log.extract"].sudo()
        notes.with_context(**{GUARD_KEY: GUARD}).create(
            {
                "user_id": self.env.uid,
                "company_id": self.company_id.id,
                "scope": self.env._("Dossier %(case)s", case=self.display_name),
                "kind": kind,
                "entry_count": len(self.sudo()._dossier_log()),
                "checksum": hashlib.sha256(content).hexdigest(),
                "case_ids": [(6, 0, self.ids)],
            }
        )
        values = {"user": self.env.user.name, "kind": kind.upper()}
        text = self.env._("%(user)s made a dossier (%(kind)s).", **values)
        if placement:
            text = self.env._(
                "%(user)s made a dossier (%(kind)s) for %(agency)s.",
                agency=placement.sudo().agency_id.display_name,
                **values,
            )
        self._message_log(body=text)

    def action_dossier(self):
        """Choose what goes into the dossier, then take it as PDF or ZIP."""
        self.ensure_one()
        return self._screen_wizard(
            "debt.recovery.dossier.make", self.env._("Dossier"), case_id=self.id
        )

import io
from contextlib import contextmanager
from unittest.mock import patch

from reportlab.pdfgen import canvas

from odoo.tools.pdf import PdfFileReader


def pdf(pages, words="Page"):
    """A PDF with that many pages."""
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(400, 300))
    for number in range(pages):
        sheet.drawString(50, 200, f"{words} {number + 1}")
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def texts(content):
    return [page.extract_text() for page in PdfFileReader(io.BytesIO(content)).pages]


class DossierCase:
    """Pages without the page printer, files on records. For tests with a database."""

    def _file(self, record, name, content):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    @contextmanager
    def _printer(self):
        """Yields what each page was told, the last one of each kind and all titles."""
        told = {"titles": []}

        def render(case, report, ids=None, **context):
            page = context.get("recovery_dossier") or {}
            told[report] = page
            told["titles"].append(page.get("title"))
            told[page.get("title")] = page.get("articles")
            return pdf(1, report)

        cases = self.env.registry["debt.recovery.case"]
        statement = {"filename": "statement.pdf", "content": pdf(1, "Statement")}
        with (
            patch.object(cases, "_dossier_render", render),
            patch.object(cases, "_statement_document", lambda case, lang: statement),
        ):
            yield told

"""The pages of a dossier on their way into one file: read, checked, counted, bound and
numbered. Everything lies on disk until it is bound, so that size does not matter."""

import hashlib
import io
import logging
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfgen import canvas

from odoo.tools.pdf import PdfFileReader, PdfFileWriter

_logger = logging.getLogger(__name__)
PDF_MARK = b"%PDF"
#: Why a document has no pages in the book.
UNREADABLE, NO_PDF = "unreadable", "no_pdf"


@dataclass
class Document:
    """One document: where it lies and how many pages it has; ``problem`` says why it
    has none."""

    name: str
    path: str = ""
    pages: int = 0
    problem: str = ""
    page: int = 0


@dataclass
class Section:
    """A chapter of the book."""

    title: str
    documents: list[Document] = field(default_factory=list)
    page: int = 0


class Book:
    """Collects documents into ``folder`` and binds them."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.sections = []

    def open(self, title):
        """Begin a section."""
        self.sections.append(Section(title))

    def add(self, name, filename, content):
        """Take a document in; what is no readable PDF has no pages, but is kept."""
        section = self.sections[-1]
        if not content:
            section.documents.append(Document(name, problem=UNREADABLE))
            return
        number = f"{len(self.sections):02d}"
        path = f"{number}-{section.title}/{len(section.documents) + 1:03d}-{filename}"
        path = "/".join(part.replace("/", "_") for part in path.split("/", 1))
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        document = Document(name, path)
        if content.lstrip()[:4] == PDF_MARK:
            document.pages = self._count(target)
        document.problem = "" if document.pages else self._problem(content, filename)
        section.documents.append(document)

    def miss(self, name):
        """A document that could not be had."""
        self.sections[-1].documents.append(Document(name, problem=UNREADABLE))

    def missing(self):
        """Documents without pages, as ``(section, document)``."""
        return [
            (section, document)
            for section in self.sections
            for document in section.documents
            if document.problem
        ]

    @staticmethod
    def _problem(content, filename):
        damaged = content.lstrip()[:4] == PDF_MARK or filename.lower().endswith(".pdf")
        return UNREADABLE if damaged else NO_PDF

    @staticmethod
    def _count(path):
        """Pages that can really be read; none of a damaged file."""
        try:
            with path.open("rb") as file:
                reader = PdfFileReader(file, strict=False)
                return sum(bool(page.mediabox) for page in reader.pages)
        except Exception:
            _logger.info("No readable PDF: %s", path, exc_info=True)
            return 0

    # BINDING

    def place(self, cover_pages):
        """Give every section and document its first page.

        :return: number of pages of the whole book
        """
        page = cover_pages + 1
        for section in self.sections:
            section.page = page
            for document in section.documents:
                document.page = page if document.pages else 0
                page += document.pages
        return page - 1

    def bind(self, render_cover):
        """The book as one PDF. The cover is rendered again when its own length moves
        the pages it names.

        :param render_cover: callable(number of all pages) → PDF
        """
        pages = 1
        for _attempt in range(3):
            cover = render_cover(self.place(pages))
            found = len(PdfFileReader(io.BytesIO(cover), strict=False).pages)
            if found == pages:
                break
            pages = found
        writer = PdfFileWriter()
        self._append(writer, io.BytesIO(cover))
        files = []
        try:
            for section in self.sections:
                for document in section.documents:
                    if document.pages:
                        files.append((self.folder / document.path).open("rb"))
                        self._append(writer, files[-1])
            self._number(writer)
            target = self.folder / "dossier.pdf"
            with target.open("wb") as output:
                writer.write(output)
        finally:
            for file in files:
                file.close()
        return target.read_bytes()

    @staticmethod
    def _append(writer, stream):
        for page in PdfFileReader(stream, strict=False).pages:
            writer.addPage(page)

    @staticmethod
    def _number(writer):
        """“7 / 42” below every page, whatever its size."""
        total = len(writer.pages)
        for number, page in enumerate(writer.pages, 1):
            box = page.mediabox
            width, height = float(box.width), float(box.height)
            buffer = io.BytesIO()
            sheet = canvas.Canvas(buffer, pagesize=(width, height))
            sheet.setFont("Helvetica", 8)
            sheet.drawRightString(width - 24, 14, f"{number} / {total}")
            sheet.save()
            page.merge_page(PdfFileReader(buffer).pages[0])

    def archive(self):
        """The bound book with its sources and their checksums, as a ZIP file."""
        target = self.folder / "dossier.zip"
        sums = []
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.folder.rglob("*")):
                if path.is_file() and path != target:
                    name = path.relative_to(self.folder).as_posix()
                    archive.write(path, name)
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                    sums.append(f"{digest}  {name}\n")
            archive.writestr("checksums.sha256", "".join(sums))
        return target.read_bytes()

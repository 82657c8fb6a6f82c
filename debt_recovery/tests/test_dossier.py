import hashlib
import io
import tempfile
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..models.dossier_book import NO_PDF, UNREADABLE, Book
from .common import DebtRecoveryCommon
from .dossier_common import DossierCase, pdf, texts

CASE_LOG = "odoo.addons.debt_recovery.models.case_dossier"


class TestDossierBook(BaseCase):
    """Binding, numbering and checksums need no database."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.book = Book(folder.name)

    def test_pages_are_placed_after_a_cover_of_any_length(self):
        self.book.open("Letters")
        self.book.add("one", "one.pdf", pdf(2))
        self.book.add("two", "two.pdf", pdf(3))
        totals = []

        def cover(total):
            totals.append(total)
            return pdf(2, "Cover")

        bound = texts(self.book.bind(cover))
        self.assertEqual(len(bound), 7)
        self.assertEqual(totals, [6, 7])
        pages = [document.page for document in self.book.sections[0].documents]
        self.assertEqual(pages, [3, 5])
        self.assertIn("Page 1", bound[4])
        self.assertIn("5 / 7", bound[4])

    def test_damaged_and_foreign_files_are_named_and_the_rest_is_bound(self):
        self.book.open("Letters")
        self.book.add("good", "good.pdf", pdf(1))
        self.book.add("torn", "torn.pdf", pdf(1)[:200])
        self.book.add("empty", "empty.pdf", b"")
        self.book.add("photo", "photo.jpg", b"\xff\xd8\xff")
        self.book.miss("gone")
        problems = {doc.name: doc.problem for _section, doc in self.book.missing()}
        self.assertEqual(
            problems,
            {
                "torn": UNREADABLE,
                "empty": UNREADABLE,
                "photo": NO_PDF,
                "gone": UNREADABLE,
            },
        )
        self.assertEqual(len(texts(self.book.bind(lambda total: pdf(1)))), 2)

    def test_checksums_of_the_archive_hold(self):
        self.book.open("A/B")
        self.book.add("one", "x/y.pdf", pdf(1))
        self.book.add("same", "x/y.pdf", pdf(2))
        self.book.bind(lambda total: pdf(1))
        with zipfile.ZipFile(io.BytesIO(self.book.archive())) as archive:
            sums = archive.read("checksums.sha256").decode().splitlines()
            self.assertEqual(len(sums), 3)
            for row in sums:
                digest, name = row.split("  ", 1)
                content = archive.read(name)
                self.assertEqual(hashlib.sha256(content).hexdigest(), digest)


@tagged("post_install", "-at_install", "debt_recovery")
class TestDossier(DossierCase, DebtRecoveryCommon):
    """One click gives everything about a case, with the rights of the case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 900, 40)
        cls.case = cls._case(cls.debtor, user_id=cls.officer.id)
        cls.case.with_user(cls.officer)._take_promise(cls.today)

    def _make(self, user, **kw):
        case = self.case.with_user(user).with_context(force_report_rendering=True)
        return case._dossier(**kw)

    def test_officer_takes_it_as_one_document(self):
        agreement = self.case.agreement_ids
        self._file(agreement, "signed.pdf", pdf(2, "Signed"))
        self._file(agreement, "torn.pdf", b"%PDF-1.4 torn")
        self._file(self.invoice, "invoice.pdf", pdf(1))
        with self._printer() as told:
            made = self.case.with_user(self.officer)._dossier()
        pages = texts(made["content"])
        self.assertIn("torn.pdf", made["missing"])
        cover = told["debt_recovery.report_dossier_cover"]
        self.assertEqual(cover["total"], len(pages))
        self.assertIn("torn.pdf", [missing["name"] for missing in cover["missing"]])
        for section in cover["sections"]:
            for document in section["documents"]:
                if document["name"] == "signed.pdf":
                    self.assertIn("Signed 1", pages[document["page"] - 1])
        titles = [section["title"] for section in cover["sections"]]
        self.assertEqual(titles[-1], "Agreements")
        article = told["debt_recovery.report_dossier_pages"]["articles"][0]
        self.assertIn(("Verdict", "Active"), article["facts"])
        self.assertIn(f"{len(pages)} / {len(pages)}", pages[-1])
        note = self.env["debt.recovery.log.extract"].search([], limit=1)
        self.assertEqual((note.user_id, note.case_ids), (self.officer, self.case))
        digest = hashlib.sha256(made["content"]).hexdigest()
        self.assertEqual(note.checksum, digest)
        self.assertIn("made a dossier", self.case.message_ids[0].body)

    def test_what_cannot_be_made_does_not_stop_the_rest(self):
        moves = self.env.registry["account.move"]
        broken = patch.object(
            moves, "_get_invoice_legal_documents", side_effect=ValueError("disk")
        )
        with self._printer(), broken, mute_logger(CASE_LOG):
            made = self.case.with_user(self.officer)._dossier()
        self.assertIn(self.invoice.name, made["missing"])
        self.assertGreater(len(texts(made["content"])), 1)

    def test_archive_of_some_sections(self):
        made = self._make(self.auditor, kind="zip", sections=["statement"])
        with zipfile.ZipFile(io.BytesIO(made["content"])) as archive:
            names = archive.namelist()
        self.assertIn("dossier.pdf", names)
        self.assertIn("checksums.sha256", names)
        self.assertFalse([name for name in names if "Invoices" in name])

    def test_nobody_without_the_case_takes_it(self):
        self.case.user_id = self.other_officer
        with self.assertRaises(AccessError):
            self._make(self.officer)
        self.assertFalse(
            self.env["debt.recovery.log.extract"].search(
                [("case_ids", "in", self.case.ids)]
            )
        )

    def test_dialog_wants_at_least_one_part(self):
        wizards = self.env["debt.recovery.dossier.make"].with_user(self.officer)
        wizard = wizards.create({"case_id": self.case.id})
        codes = wizard._codes()
        self.assertEqual(wizard._wanted(), list(codes))
        wizard.write({f"with_{code}": False for code in codes})
        with self._refused("tick a part"):
            wizard.action_pdf()

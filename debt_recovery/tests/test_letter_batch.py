import base64
import io

from pypdf import PdfReader, PdfWriter

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestLetterBatch(DebtRecoveryChannelCommon):
    """Printed together in postal order, in the log when posted, never twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.us")
        cls.letters = cls.env["debt.recovery.action"]
        for number, (country, code) in enumerate(
            [("base.de", "10115"), ("base.us", "90210"), ("base.us", "10001")]
        ):
            debtor = cls._debtor(
                f"Debtor {number}",
                email=f"d{number}@x.example.com",
                zip=code,
                country_id=cls.env.ref(country).id,
            )
            cls._overdue_invoice(debtor, 100.0 + number, 30)
            case = cls._case(
                partner=debtor, strategy_id=cls.strategy.id, user_id=cls.officer.id
            )
            letter = cls._plan(
                case=case, step=cls.demand, channel=cls.letter, mode="auto"
            )
            letter._release()
            cls._paper(letter, width=100 + number)
            cls.letters |= letter

    @classmethod
    def _paper(cls, letter, width):
        """The stored document of a letter, recognisable by its width."""
        writer, file = PdfWriter(), io.BytesIO()
        writer.add_blank_page(width=width, height=200)
        writer.write(file)
        attachments = cls.env["ir.attachment"].sudo()
        attachments.with_context(**letter._guarded().env.context).create(
            {
                "name": letter._letter_filename(),
                "raw": file.getvalue(),
                "mimetype": "application/pdf",
                "res_model": letter._name,
                "res_id": letter.id,
            }
        )
        letter.invalidate_recordset(["attachment_ids"])

    def _print(self, letters=None):
        letters = self.letters if letters is None else letters
        return self.env["debt.recovery.letter.batch"].browse(
            letters.with_user(self.officer).action_print_batch()["res_id"]
        )

    def _widths(self, batch):
        reader = PdfReader(io.BytesIO(base64.b64decode(batch.pdf)))
        return [int(page.mediabox.width) for page in reader.pages]

    def test_one_document_in_postal_order(self):
        batch = self._print()
        self.assertEqual(batch.letter_count, 3)
        self.assertEqual(self._widths(batch), [102, 101, 100], "home by code, abroad")
        self.assertEqual(set(self.letters.mapped("state")), {"queued"})
        self.assertEqual(self.letters[0].delivery_ids.mapped("kind"), ["printed"])

    def test_all_that_wait_when_nothing_is_selected(self):
        self.letters.company_id.ensure_one()
        batch = self._print(self.letters.browse())
        self.assertLessEqual(self.letters, batch.letter_ids)

    def test_posted_once_confirmed(self):
        batch = self._print().with_user(self.officer)
        batch.action_posted()
        self.assertEqual(set(self.letters.mapped("state")), {"done"})
        self.assertTrue(batch.date_posted)
        self.assertFalse(self.letters._verify_chain())
        with self._refused("is posted by now"):
            batch.action_posted()
        with self._refused("is posted by now"):
            batch.action_discard()

    def test_printing_twice(self):
        batch = self._print().with_user(self.officer)
        with self._refused("was printed with Letters"):
            self._print()
        batch.action_reprint()
        self.assertEqual(batch.print_count, 2)
        self.assertEqual(self.letters[0].delivery_ids.mapped("kind"), ["printed"])
        batch.action_posted()
        batch.action_reprint()
        self.assertEqual(len(self.letters[0].case_id.action_ids), 1)
        with self._refused("was printed with Letters"):
            self._print()

    def test_one_taken_out_waits_again(self):
        batch = self._print()
        spoiled = self.letters[0].with_user(self.officer)
        spoiled.action_take_out()
        batch.with_user(self.officer).action_posted()
        self.assertEqual(spoiled.state, "queued")
        self.assertEqual(self._print(spoiled).letter_ids, spoiled)

    def test_discarded_batch_frees_its_letters(self):
        batch = self._print().with_user(self.officer)
        batch.action_discard()
        self.assertFalse(self.letters.batch_id)
        self.assertEqual(self._print().letter_count, 3)

    def test_nothing_waits(self):
        self._print(self.letters)
        with self._refused("No letter waits"):
            self.env["debt.recovery.letter.batch"]._print(self.letters.browse())

    def test_rights_and_receipt_slip(self):
        batch = self._print()
        with self.assertRaises(AccessError):
            batch.with_user(self.auditor).write({"state": "posted"})
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "debt_recovery.report_hand_delivery", self.letters[0].ids
        )
        self.assertEqual(html.count(b"o_recovery_letter"), 1)
        self.assertEqual(html.count(b'class="article'), 1, "one document to convert")
        page = html.decode()
        for text in ("Receipt", "Signature", self.letters[0].case_id.name):
            self.assertIn(text, page)

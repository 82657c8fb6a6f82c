import ast
import io
from unittest.mock import patch

from lxml import etree
from pypdf import PdfReader, PdfWriter

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.channel_common import DebtRecoveryChannelCommon

SERVICE = "odoo.addons.snailmail.models.snailmail_letter.iap_tools.iap_jsonrpc"


@tagged("post_install", "-at_install", "debt_recovery")
class TestSnailmail(DebtRecoveryChannelCommon):
    """A batch of letters goes to Snailmail, and what it answers into the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paperformat_id = cls.env.ref("base.paperformat_euro")
        cls.debtor.write(
            {
                "street": "1 Main Street",
                "zip": "10001",
                "city": "New York",
                "country_id": cls.env.ref("base.us").id,
            }
        )
        cls.item = cls._plan(step=cls.demand, channel=cls.letter, mode="auto")
        cls.item._release()
        cls.paper = cls._paper(cls.item, cls.item._letter_filename())
        batch = cls.env["debt.recovery.letter.batch"]._print(cls.item)
        cls.batch = batch.with_user(cls.officer)

    @classmethod
    def _paper(cls, letter, name, width=595):
        """A stored document: no page is printed in tests."""
        writer, file = PdfWriter(), io.BytesIO()
        writer.add_blank_page(width=width, height=842)
        writer.write(file)
        attachments = cls.env["ir.attachment"].sudo()
        document = attachments.with_context(**letter._guarded().env.context).create(
            {
                "name": name,
                "raw": file.getvalue(),
                "mimetype": "application/pdf",
                "res_model": letter._name,
                "res_id": letter.id,
            }
        )
        letter.invalidate_recordset(["attachment_ids"])
        return document

    def _in_trouble(self):
        """What the tab “Failed or unclear” of Outgoing shows."""
        view = self.env.ref("debt_recovery.debt_recovery_action_view_search")
        domain = etree.fromstring(view.arch).find(".//filter[@name='trouble']")
        domain = ast.literal_eval(domain.get("domain"))
        return self.item.with_user(self.officer).search(domain)

    def _post(self, **answer):
        """The round of the service: the mail of these days is answered with this."""
        letters = self.item.snailmail_ids.filtered(lambda x: x.state != "canceled")
        self.sent = []

        def service(url, params, **kwargs):
            self.sent += params["documents"]
            documents = [{**answer, "letter_id": x.id} for x in letters]
            request = {"documents": documents}
            return {"request_code": 200, "total_cost": 1, "request": request}

        with patch(SERVICE, side_effect=service):
            for letter in letters:
                if letter._is_valid_address(letter):
                    letter._snailmail_print_valid_address()
                else:
                    letter._snailmail_print_invalid_address()
        self.env.invalidate_all()

    def test_posted_by_snailmail(self):
        self.batch.action_snailmail()
        letter = self.item.snailmail_ids
        self.assertEqual((letter.state, self.item.state), ("pending", "queued"))
        self.assertEqual(
            (self.batch.snailmail_pending, self.batch.state), (1, "printed")
        )
        pages = PdfReader(io.BytesIO(letter.attachment_id.raw)).pages
        self.assertEqual(len(pages), 2, "the address, then the letter")
        self.assertIn("New York", pages[0].extract_text())
        self._post(sent=True, send_id="S-77")
        self.assertEqual(self.sent[0]["address"]["city"], "New York")
        self.assertTrue(self.sent[0]["pdf_bin"])
        self.assertEqual((self.item.state, self.batch.state), ("done", "posted"))
        self.assertTrue(self.batch.date_posted)
        self.assertIn("S-77", self.item.delivery_ids.sorted("id")[-1:].detail)
        self.assertEqual(self.case.step_id, self.demand, "the step was taken")
        self.assertFalse(letter.attachment_id, "the log alone keeps the document")
        self.assertEqual(self.item._letter_attachment(), self.paper)
        self.assertFalse(self.item._verify_chain())

    def test_enclosures_are_posted_with_their_letter(self):
        agreement = self.env["debt.recovery.agreement"].create(
            {
                "case_id": self.case.id,
                "kind": "plan",
                "date_agreed": self.today,
                "amount_total": 1000,
            }
        )
        self.item._guarded().write({"agreement_id": agreement.id})
        self._paper(self.item, "Plan 7.pdf", width=420)
        self.batch.action_snailmail()
        pages = PdfReader(io.BytesIO(self.item.snailmail_ids.attachment_id.raw)).pages
        self.assertEqual([page.mediabox.width for page in pages[1:]], [595, 420])

    def test_never_posted_twice(self):
        self.batch.action_snailmail()
        with self._refused("are with Snailmail"):
            self.batch.action_snailmail()
        for way in (self.batch.action_posted, self.item.action_mark_done):
            with self._refused("must not be posted twice"):
                way()
        self.item.with_user(self.officer).action_take_out()
        self.assertEqual(self.item.snailmail_ids.state, "canceled")
        self.assertFalse(self.batch.snailmail_pending)

    def test_refused_by_snailmail(self):
        self.batch.action_snailmail()
        self._post(sent=False, error="NO_PRICE_AVAILABLE")
        self._post(sent=False, error="NO_PRICE_AVAILABLE")
        self.assertEqual(self.item.state, "queued")
        self.assertEqual(self.batch.snailmail_failed, 1)
        self.assertIn("not covered by Snailmail", self.item.snailmail_text)
        kinds = self.item.delivery_ids.mapped("kind")
        self.assertEqual(kinds.count("failed"), 1, "told once")
        self.assertEqual(self._in_trouble(), self.item, "shows in Outgoing")
        self.assertIn("not covered by Snailmail", self.item.watch_out)
        self.batch.action_snailmail()
        self.assertFalse(self._in_trouble())
        self._post(sent=True, send_id="S-78")
        self.assertEqual(self.item.state, "done")

    def test_posted_by_hand_after_a_failure(self):
        self.batch.action_snailmail()
        self._post(sent=False, error="CREDIT_ERROR")
        self.batch.action_posted()
        self.assertEqual(self.item.state, "done")
        self.assertEqual(self.item.snailmail_ids.state, "canceled", "not tried again")

    def test_called_back_with_the_batch_or_the_claim(self):
        self.batch.action_snailmail()
        self.batch.action_discard()
        self.assertEqual(self.item.snailmail_ids.state, "canceled")
        again = self.env["debt.recovery.letter.batch"]._print(self.item)
        again.with_user(self.officer).action_snailmail()
        self.item._cancel("Paid")
        self.assertEqual(set(self.item.snailmail_ids.mapped("state")), {"canceled"})
        self.assertEqual(self.item.state, "cancelled")

    def test_what_snailmail_cannot_post_is_said_before(self):
        self.debtor.write({"zip": False, "country_id": False})
        with self._refused("missing: Zip, Country"):
            self.batch.action_snailmail()
        self.debtor.write({"zip": "10001", "country_id": self.env.ref("base.us").id})
        self.company.paperformat_id = self.env.ref("base.paperformat_us")
        with self._refused("choose A4"):
            self.batch.action_snailmail()
        self.assertFalse(self.item.snailmail_ids)

    def test_nobody_else_hands_letters_over(self):
        with self.assertRaises(AccessError):
            self.batch.with_user(self.auditor).action_snailmail()
        letter = self.env["snailmail.letter"]
        self.batch.action_snailmail()
        letter = letter.with_user(self.officer).browse(self.item.snailmail_ids.id)
        letter.write({"state": "sent"})
        self.assertEqual(self.item.state, "queued", "only the service says so")

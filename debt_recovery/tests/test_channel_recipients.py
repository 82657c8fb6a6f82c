from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelRecipients(DebtRecoveryChannelCommon):
    """Who gets it, and with which documents."""

    # ------------------------------------------------------------------
    # Recipients
    # ------------------------------------------------------------------

    def test_order_of_recipients(self):
        case = self.case
        self.assertEqual(case._get_recipients("ap", "email"), self.debtor)
        invoice = self._contact(self.debtor, "Invoice", type="invoice")
        self.assertEqual(case._get_recipients("ap", "email"), invoice)
        payable = self._contact(self.debtor, "Payable", role="ap")
        self.assertEqual(case._get_recipients("ap", "email"), payable)
        self.assertEqual(case._get_recipients("cfo", "email"), payable)
        head = self._contact(self.debtor, "Head", role="ap_head")
        self.assertEqual(case._get_recipients("cfo", "email"), head)
        owner = self._contact(self.debtor, "Owner", role="owner")
        self.assertEqual(case._get_recipients("cfo", "email"), owner)
        self.assertEqual(case._get_recipients("ap", "email"), payable)
        lawyer = self._contact(self.debtor, "Somebody")
        case.contact_ids = lawyer
        self.assertEqual(case._get_recipients("ap", "email"), lawyer)
        case.contact_ids = lawyer + head
        self.assertEqual(case._get_recipients("ap_head", "email"), head)

    def test_unreachable_contacts_are_passed_over(self):
        self._contact(self.debtor, "Payable", role="ap", email="not an address")
        self.assertEqual(self.case._get_recipients("ap", "email"), self.debtor)
        archived = self._contact(self.debtor, "Gone", role="ap")
        archived.active = False
        self.assertEqual(self.case._get_recipients("ap", "email"), self.debtor)

    def test_internal_roles(self):
        self.assertEqual(
            self.case._get_recipients("officer", "activity"), self.officer.partner_id
        )
        self.debtor.user_id = self.other_officer
        self.assertEqual(
            self.case._get_internal_user("salesperson"), self.other_officer
        )

    # ------------------------------------------------------------------
    # Attachments
    # ------------------------------------------------------------------

    def _with_documents(self, count=10, size=8.0):
        self.rem1.attach_invoices = True
        self.company.recovery_max_attachments = count
        self.company.recovery_max_attachment_mb = size
        return patch.object(
            self.registry["debt.recovery.action"],
            "_invoice_document",
            lambda action, move: {
                "filename": f"{move.name.replace('/', '_')}.pdf",
                "content": b"%PDF " + b"x" * 1000,
            },
        )

    def test_invoices_are_attached(self):
        with self._with_documents(), self.mock_mail_gateway():
            action = self._release(self._plan())
        names = [name for name, _content, _type in self._sent()["attachments"]]
        self.assertEqual(len(names), 2)
        self.assertEqual(len(action.document_facts), 2)
        self.assertEqual(len(action.document_facts[0]["sha256"]), 64)
        self.assertFalse(action._verify_chain())

    def test_too_many_invoices_become_links(self):
        with self._with_documents(count=1), self.mock_mail_gateway():
            self._release(self._plan())
        mail = self._sent()
        self.assertFalse(mail["attachments"])
        self.assertIn("Your invoices", html2plaintext(mail["body"]))
        self.assertIn("/my/invoices/", mail["body"])

    def test_too_big_invoices_become_links(self):
        with self._with_documents(size=0.0015), self.mock_mail_gateway():
            self._release(self._plan())
        self.assertFalse(self._sent()["attachments"])

    def test_existing_pdf_is_never_rendered_again(self):
        self.rem1.attach_invoices = True
        for move in (self.invoice, self.invoice_2):
            self.env["ir.attachment"].create(
                {
                    "name": "legal.pdf",
                    "raw": b"%PDF legal",
                    "res_model": "account.move",
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
            )
        (self.invoice + self.invoice_2).invalidate_recordset()
        moves = self.registry["account.move"]
        with (
            patch.object(
                moves, "_get_invoice_pdf_proforma", side_effect=AssertionError
            ),
            self.mock_mail_gateway(),
        ):
            self._release(self._plan())
        self.assertEqual(len(self._sent()["attachments"]), 2)

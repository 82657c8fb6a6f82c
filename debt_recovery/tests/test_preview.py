import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPreview(DebtRecoveryChannelCommon):
    """The preview is what the debtor gets: text, language and files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rem1.attach_invoices = True
        cls.startClassPatcher(
            patch.object(
                cls.registry["debt.recovery.action"],
                "_invoice_document",
                lambda action, move: {
                    "filename": move._get_invoice_report_filename(),
                    "content": b"%PDF",
                },
            )
        )

    def _preview(self, **vals):
        model = self.env["debt.recovery.send.preview"].with_user(self.officer)
        return model.with_context(default_case_id=self.case.id).create(vals)

    def _send(self, wizard):
        """What leaves for this preview: subject, words, names of the files."""
        with self.mock_mail_gateway():
            wizard.action_send()
            self._run_mail_queue(self.case.action_ids)
        mail = self._sent()
        files = [name for name, _content, _type in mail["attachments"]]
        return mail["subject"], html2plaintext(mail["body"]), sorted(files)

    def _shown(self, wizard):
        names = wizard.document_ids.mapped("name")
        names = names or wizard.document_names.split(", ")
        return wizard.subject, html2plaintext(wizard.preview), sorted(names)

    def test_copies_of_the_invoices(self):
        wizard = self._preview()
        shown = self._shown(wizard)
        self.assertEqual(len(shown[2]), 2)
        self.assertNotIn("Your invoices", shown[1])
        self.assertEqual(self._send(wizard), shown)

    def test_links_instead_of_too_many_copies(self):
        self.company.recovery_max_attachments = 1
        wizard = self._preview()
        shown = self._shown(wizard)
        self.assertEqual(wizard.document_names, "links to 2 invoices")
        subject, text, files = self._send(wizard)
        self.assertEqual((subject, text), shown[:2])
        self.assertFalse(files)

    def test_list_of_many_items(self):
        """Six items and more: the debtor's program gets them as a sheet, in words the
        debtor reads and with the amounts that the message claims."""
        for number in range(4):
            self._overdue_invoice(self.debtor, 100 + number, 20)
        wizard = self._preview()
        shown = self._shown(wizard)
        name = f"Open items {self.case.name}.xlsx"
        self.assertIn(name, shown[2])
        self.assertEqual(self._send(wizard), shown)
        files = {name: content for name, content, _type in self._sent()["attachments"]}
        sheet = load_workbook(io.BytesIO(files[name])).active
        head, *rows = sheet.iter_rows(values_only=True)
        self.assertEqual(head[:2], ("Number", "Your reference"))
        claimed = self.case.action_ids.line_ids
        self.assertEqual(len(rows), 6)
        self.assertEqual(sum(row[7] for row in rows), sum(claimed.mapped("amount")))
        self.assertEqual({row[0] for row in rows}, set(claimed.mapped("name")))

    def test_statement_in_the_language_of_the_debtor(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.debtor.lang = "fr_FR"
        step = self.env.ref("debt_recovery.step_rem2")
        step.template_id.with_context(lang="fr_FR").subject = "Deuxième rappel"
        wizard = self._preview(step_id=step.id)
        shown = self._shown(wizard)
        self.assertEqual(shown[0], "Deuxième rappel")
        self.assertEqual(shown[2], [self.case._statement_filename("fr_FR")])
        self.assertEqual(self._send(wizard), shown)

    def test_a_waiting_message_shows_its_very_files(self):
        action = self._plan(mode="review")
        action._prepare_messages()
        wizard = self._preview(
            action_id=action.id, step_id=self.rem1.id, channel_id=self.email.id
        )
        self.assertEqual(wizard.document_ids, action.attachment_ids)
        self.assertFalse(wizard.document_names)
        self.assertEqual(wizard.document_ids.mapped("raw"), [b"%PDF"] * 2)
        shown = self._shown(wizard)
        self.assertEqual(self._send(wizard), shown)

    def test_files_of_another_claim_are_not_shown(self):
        action = self._plan(mode="review")
        action._prepare_messages()
        self._pay(self.invoice)
        wizard = self._preview(
            action_id=action.id, step_id=self.rem1.id, channel_id=self.email.id
        )
        self.assertFalse(wizard.document_ids)
        self.assertEqual(
            wizard.document_names, self.invoice_2._get_invoice_report_filename()
        )
        shown = self._shown(wizard)
        self.assertEqual(self._send(wizard), shown)

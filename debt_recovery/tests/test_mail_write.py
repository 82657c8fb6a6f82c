from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .reply_common import DebtRecoveryReplyCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestMailWrite(DebtRecoveryReplyCommon):
    """An e-mail written by hand leaves like every other: gate, log, documents."""

    def _form(self, action):
        model = self.env[action["res_model"]].with_user(self.officer)
        return Form(model.with_context(**action["context"]))

    def _send(self, wizard):
        before = self.case.action_ids
        with self.mock_mail_gateway():
            result = wizard.action_send()
            self.case.invalidate_recordset(["action_ids"])
            action = self.case.action_ids - before
            self._run_mail_queue(action)
        return action, result

    def _write(self, **vals):
        form = self._form(self.case.with_user(self.officer).action_write_email())
        for name, value in vals.items():
            form[name] = value
        return self._send(form.save())

    def test_free_text_leaves_and_is_in_the_log(self):
        action, _result = self._write(subject="About Friday", body="<p>See you.</p>")
        self.assertRecordValues(
            action,
            [
                {
                    "state": "done",
                    "origin": "manual",
                    "subject": "About Friday",
                    "amount_claimed": 0.0,
                    "user_id": self.officer.id,
                }
            ],
        )
        self.assertFalse(action.line_ids)
        mail = self._sent()
        self.assertIn("See you.", mail["body"])
        self.assertEqual(mail["email_to"], [self.payable.email_formatted])
        self.assertTrue(action._is_sealed())
        self.assertFalse(self.case.step_id, "no step is taken")

    def test_template_claims_what_it_lists(self):
        template = self.env.ref("debt_recovery.mail_template_reminder_2")
        action, _result = self._write(template_id=template)
        self.assertEqual(action.amount_claimed, 1250.0)
        text = html2plaintext(self._sent()["body"])
        self.assertEqual(text.count(self.invoice.name), 1)
        self.assertIn("second reminder", action.subject)

    def test_table_is_added_to_free_text(self):
        form = self._form(self.case.with_user(self.officer).action_write_email())
        form.with_claim = True
        action, _result = self._send(form.save())
        self.assertEqual(action.amount_claimed, 1250.0)
        self.assertIn(self.invoice.name, action.body)

    def test_documents_chosen_go_along(self):
        upload = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "contract.txt", "raw": b"terms"})
        )
        form = self._form(self.case.with_user(self.officer).action_write_email())
        wizard = form.save()
        self.assertEqual(wizard.open_invoice_ids, self.invoice | self.invoice_2)
        wizard.write(
            {
                "attach_statement": True,
                "invoice_ids": [Command.link(self.invoice.id)],
                "attachment_ids": [Command.link(upload.id)],
            }
        )
        action, _result = self._send(wizard)
        names = [fact["name"] for fact in action.document_facts]
        self.assertEqual(len(names), 3)
        self.assertIn("contract.txt", names)
        self.assertEqual(len(self._sent()["attachments"]), 3)
        self.assertFalse(action._verify_chain())

    def test_statement_button(self):
        form = self._form(self.case.with_user(self.officer).action_send_statement())
        self.assertIn("statement of account", form.subject)
        action, _result = self._send(form.save())
        self.assertIn("Statement", action.document_facts[0]["name"])

    def test_answering_a_reply_handles_it(self):
        reply = self._reply("Which invoice?").with_user(self.officer)
        form = self._form(reply.action_answer())
        self.assertEqual(form.reply_text, "Which invoice?")
        self.assertEqual(form.subject, "Re: Reminder")
        action, _result = self._send(form.save())
        self.assertEqual((reply.state, reply.answer_id), ("handled", action))
        self.assertFalse(self.case.has_open_reply)

    def test_the_gate_refuses_and_the_reply_stays_open(self):
        reply = self._reply("I have a lawyer").with_user(self.officer)
        self.case._place_hold("lawyer", "Lawyer named")
        form = self._form(reply.action_answer())
        self.assertTrue(form.warning)
        action, result = self._send(form.save())
        self.assertEqual(action.state, "refused")
        self.assertEqual(result["res_id"], action.id)
        self.assertEqual(reply.state, "open")
        self.assertFalse(self._mails)

    def test_bad_input(self):
        wizard = self._form(
            self.case.with_user(self.officer).action_write_email()
        ).save()
        wizard.body = "<p><br/></p>"
        with self._refused("write something first"):
            wizard.action_send()
        wizard.body = "<p>Hello</p>"
        wizard.recipient_ids = False
        with self._refused("at least one recipient"):
            wizard.action_send()
        self.payable.email = False
        wizard.recipient_ids = self.payable
        with self._refused("has no e-mail address"):
            wizard.action_send()
        wizard.recipient_ids = self.debtor
        self.company.recovery_max_attachment_mb = 0.00001
        wizard.attach_statement = True
        with self._refused("larger than"):
            wizard.action_send()
        self.assertFalse(self.case.action_ids)

    def test_preview_is_what_the_debtor_gets(self):
        form = self._form(self.case.with_user(self.officer).action_write_email())
        form.body = "<p>See you.</p>"
        self.assertIn("See you.", form.preview)
        self.assertIn(self.company.name, form.preview)

    def test_copied_table(self):
        params = self.case.with_user(self.officer).action_copy_table()["params"]
        self.assertEqual(params["rows"][0][:2], [self.invoice.name, "PO 4711"])
        self.assertEqual(params["rows"][0][3:], ["1000.00", "USD"])
        self.case._place_hold("goodwill", "Pause")
        with self._refused("Nothing is collectable"):
            self.case.with_user(self.officer).action_copy_table()

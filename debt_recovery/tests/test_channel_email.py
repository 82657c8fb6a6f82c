from odoo.tests import tagged
from odoo.tools import html2plaintext

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelEmail(DebtRecoveryChannelCommon):
    """One message a customer, with everything it claims."""

    # ------------------------------------------------------------------
    # The message
    # ------------------------------------------------------------------

    def test_one_message_lists_every_line_and_the_total(self):
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        mail = self._sent()
        text = html2plaintext(mail["body"])
        for piece in (
            self.invoice.name,
            "PO 4711",
            self.invoice_2.name,
            "1,000.00",
            "250.00",
            "1,250.00",
        ):
            self.assertIn(piece, text)
        self.assertEqual(mail["email_to"], ['"Debtor Ltd" <ap@debtor.example.com>'])
        self.assertRecordValues(
            action,
            [
                {
                    "state": "done",
                    "amount_claimed": 1250.0,
                    "address": '"Debtor Ltd" <ap@debtor.example.com>',
                    "subject": mail["subject"],
                    "failure": False,
                }
            ],
        )
        self.assertIn(self.invoice.name, action.body)
        self.assertEqual(len(action.line_ids), 2)
        self.assertEqual(action.delivery_ids.mapped("kind"), ["sent"])
        self.assertEqual(action.mail_message_id.res_id, self.case.id)

    def test_step_moves_when_the_message_left(self):
        with self.mock_mail_gateway():
            action = self._plan()
            action._release()
            self.assertEqual(action.state, "queued")
            self.assertFalse(self.case.step_id)
            self._run_mail_queue(action)
        self.assertEqual(self.case.step_id, self.rem1)
        self.assertEqual(self.case.last_message_date, self.today)

    def test_totals_per_currency(self):
        euro = self._setup_currency("EUR", 2.0)
        self._overdue_invoice(self.debtor, 80.0, 15, currency=euro)
        self._overdue_invoice(self.debtor, 20.0, 16, currency=euro)
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        text = html2plaintext(self._sent()["body"])
        self.assertIn("Total USD", text)
        self.assertIn("Total EUR", text)
        self.assertIn("100.00", text)
        self.assertIn("1,250.00", text)
        self.assertEqual(action.amount_claimed, 1300.0)
        self.assertIn("100.00", action.claimed_text)

    def test_language_of_the_debtor(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.debtor.lang = "fr_FR"
        self.rem1.template_id.with_context(lang="fr_FR").subject = "Rappel"
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        mail = self._sent()
        self.assertEqual(mail["subject"], "Rappel")
        self.assertEqual(action.lang, "fr_FR")
        self.assertIn(
            "1 250,00",
            html2plaintext(mail["body"]).replace("\xa0", " ").replace("\u202f", " "),
        )

    def test_partner_without_language(self):
        self.debtor.lang = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self.assertEqual(action.state, "done")

    def test_editing_the_text_keeps_the_table(self):
        self.rem1.template_id.body_html = (
            '<p>Hello</p><t t-out="object.claim_table"/><p>Bye</p>'
        )
        with self.mock_mail_gateway():
            self._release(self._plan())
        text = html2plaintext(self._sent()["body"])
        self.assertIn("Hello", text)
        self.assertIn("1,250.00", text)

    def test_only_lines_of_the_plan_are_claimed(self):
        with self.mock_mail_gateway():
            action = self._release(
                self._plan(line_ids=self._receivable_line(self.invoice_2).ids)
            )
        self.assertEqual(action.amount_claimed, 250.0)
        self.assertNotIn(self.invoice.name, self._sent()["body"])

    # ------------------------------------------------------------------
    # Who, from whom, and where answers go
    # ------------------------------------------------------------------

    def test_sender_is_the_officer_never_odoobot(self):
        with self.mock_mail_gateway():
            action = self._release(
                self._plan().with_user(self.env.ref("base.user_root"))
            )
        mail = self._sent()
        self.assertIn("recovery@us.example.com", mail["email_from"])
        self.assertIn(self.officer.name, mail["email_from"])
        self.assertEqual(action.mail_message_id.author_id, self.officer.partner_id)
        self.assertIn(self.officer.name, mail["body"])

    def test_archived_officer_is_replaced_by_the_company(self):
        self.officer.sudo().active = False
        self.company.recovery_user_id = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self.assertEqual(action.mail_message_id.author_id, self.company.partner_id)

    def test_reply_to_is_the_catchall_and_threads_to_the_case(self):
        self.company.alias_domain_id = self.mail_alias_domain
        with self.mock_mail_gateway():
            self._release(self._plan())
        mail = self._sent()
        self.assertIn("catchall.test@test.mycompany.com", mail["reply_to"])
        self.assertIn("recovery@us.example.com", mail["email_from"])
        reply = (
            f"From: ap@debtor.example.com\nTo: {mail['reply_to']}\n"
            f"Subject: Re: {mail['subject']}\nMessage-Id: <answer@debtor>\n"
            f"In-Reply-To: {mail['message_id']}\n"
            "Content-Type: text/plain; charset=utf-8\n\nWill pay on Friday\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, reply)
        answers = self.case.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertIn("Friday", answers.body)

    def test_no_alias_domain_answers_go_to_the_sender_mailbox(self):
        self.company.alias_domain_id = False
        with self.mock_mail_gateway():
            self._release(self._plan())
        self.assertIn("recovery@us.example.com", self._sent()["reply_to"])
        channel = self.env["debt.recovery.channel.email"]
        self.assertFalse(channel._has_reply_alias(self.company))

    def test_no_sender_address_at_all(self):
        self.company.recovery_sender_email = False
        self.company.email = False
        self.officer.sudo().partner_id.email = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self.assertEqual(action.state, "failed")
        self.assertIn("sender address", action.failure)
        self.assertFalse(self._mails)

    def test_copy_is_a_real_copy(self):
        head = self._contact(self.debtor, "Head", role="ap_head")
        self.rem1.cc_role = "ap_head"
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        mail = self._sent()
        self.assertEqual(action.cc_ids, head)
        self.assertEqual(mail["email_to"], ['"Debtor Ltd" <ap@debtor.example.com>'])
        self.assertEqual(mail["email_cc"], ['"Head" <head@debtor.example.com>'])

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server, MailDeliveryException

from .channel_common import DebtRecoveryChannelCommon

MAIL_LOGGERS = ("odoo.addons.mail.models.mail_mail",)


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelEmail(DebtRecoveryChannelCommon):
    """One message a customer, and the truth about what became of it."""

    def _sent(self):
        """The one message that left."""
        self.assertEqual(len(self._mails), 1)
        return self._mails[0]

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
        self.assertIn("1 250,00", html2plaintext(mail["body"]).replace("\xa0", " ").replace("\u202f", " "))

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
        count = len(self.case.message_ids)
        reply = (
            f"From: ap@debtor.example.com\nTo: {mail['reply_to']}\n"
            f"Subject: Re: {mail['subject']}\nMessage-Id: <answer@debtor>\n"
            f"In-Reply-To: {mail['message_id']}\n"
            "Content-Type: text/plain; charset=utf-8\n\nWill pay on Friday\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, reply)
        self.assertEqual(len(self.case.message_ids), count + 1)
        self.assertIn("Friday", self.case.message_ids[0].body)

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
            patch.object(moves, "_get_invoice_pdf_proforma", side_effect=AssertionError),
            self.mock_mail_gateway(),
        ):
            self._release(self._plan())
        self.assertEqual(len(self._sent()["attachments"]), 2)

    # ------------------------------------------------------------------
    # It does not leave
    # ------------------------------------------------------------------

    def _assert_failed(self, action, text):
        self.assertEqual(action.state, "failed")
        self.assertIn(text, action.failure)
        self.assertFalse(self.case.step_id, "a failure never advances the step")
        self.assertFalse(self.case.last_message_date)

    def test_no_address(self):
        self.debtor.email = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self._assert_failed(action, "Missing email")
        self.assertFalse(self._mails)
        self.assertTrue(self._plan(), "the next run may plan it again")

    def test_blacklisted(self):
        self.env["mail.blacklist"]._add("ap@debtor.example.com")
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self.assertIn(action.state, ("failed", "refused"))
        self.assertFalse(self._mails)
        self.assertFalse(self.case.step_id)

    def test_blacklisted_contact_is_passed_over(self):
        payable = self._contact(self.debtor, "Payable", role="ap")
        self.env["mail.blacklist"]._add(payable.email)
        self.assertEqual(self.case._get_recipients("ap", "email"), self.debtor)

    def _no_mail_server(self):
        return patch.object(
            self.registry["ir.mail_server"],
            "_connect__",
            side_effect=OSError("no route"),
        )

    @mute_logger(*MAIL_LOGGERS)
    def test_no_mail_server_is_a_failure(self):
        action = self._plan()
        with (
            self.mock_mail_gateway(),
            self._no_mail_server(),
        ):
            self._release(action)
        self._assert_failed(action, "no route")
        self.assertIn("failed", action.delivery_ids.mapped("kind"))

    @mute_logger(*MAIL_LOGGERS)
    def test_unknown_error_is_unclear(self):
        action = self._plan()
        with (
            self.mock_mail_gateway(),
            patch.object(
                IrMail_Server, "send_email", side_effect=MailDeliveryException("lost")
            ),
        ):
            self._release(action)
        self.assertEqual(action.state, "unclear")
        self.assertFalse(self.case.step_id)
        self.assertFalse(self._plan(), "unclear is never repeated by itself")
        with self.assertRaises(UserError):
            action.action_retry()
        action.action_was_sent()
        self.assertEqual(action.state, "done")
        self.assertEqual(self.case.step_id, self.rem1)

    @mute_logger(*MAIL_LOGGERS)
    def test_unclear_and_not_sent(self):
        action = self._plan()
        with (
            self.mock_mail_gateway(),
            patch.object(
                IrMail_Server, "send_email", side_effect=MailDeliveryException("lost")
            ),
        ):
            self._release(action)
        action.action_was_not_sent()
        self._assert_failed(action, "Decided by")
        self.assertTrue(self._plan())

    def test_retry_plans_anew(self):
        self.debtor.email = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
            self.assertEqual(action.state, "failed")
            self.debtor.email = "new@debtor.example.com"
            result = action.action_retry()
            again = action.browse(result["res_id"])
            self._run_mail_queue(again)
        self.assertEqual(again.state, "done")
        self.assertEqual(action.state, "failed", "the first attempt stays as it was")
        self.assertIn("new@debtor.example.com", again.address)
        self.assertFalse((action + again)._verify_chain())

    def test_failed_mail_sent_from_the_mail_queue_counts(self):
        """Somebody presses Retry in the mail queue: the debtor has the message."""
        action = self._plan()
        with (
            self.mock_mail_gateway(),
            mute_logger(*MAIL_LOGGERS),
            self._no_mail_server(),
        ):
            self._release(action)
        self.assertEqual(action.state, "failed")
        mail = action._action_mails()
        with self.mock_mail_gateway():
            mail.mark_outgoing()
            mail.send()
        self.assertEqual(action.state, "done")
        self.assertEqual(self.case.step_id, self.rem1)

    def test_template_that_raises_fails_alone(self):
        debtors = [self._debtor(f"Debtor {n}", email=f"d{n}@x.com") for n in range(3)]
        cases = self.case
        for debtor in debtors:
            self._overdue_invoice(debtor, 300.0, 20)
            cases |= self._case(debtor, strategy_id=self.strategy.id)
        self.rem1.template_id.body_html = (
            '<t t-out="1 / (0 if object.partner_id.name == \'Debtor 1\' else 1)"/>'
            '<t t-out="object.claim_table"/>'
        )
        actions = self.env["debt.recovery.action"]
        for case in cases:
            actions |= self._plan(case)
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models"):
            self._release(actions)
        states = {action.partner_id.name: action.state for action in actions}
        self.assertEqual(
            states,
            {
                "Debtor Ltd": "done",
                "Debtor 0": "done",
                "Debtor 1": "failed",
                "Debtor 2": "done",
            },
        )
        broken = actions.filtered(lambda a: a.state == "failed")
        self.assertIn("could not be written", broken.failure)
        self.assertEqual(len(self._mails), 3)

    def test_step_without_template(self):
        self.rem1.template_id = False
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        self._assert_failed(action, "no mail template")

    def test_our_fault_never_breaks_the_mail_queue(self):
        action = self._plan()
        with (
            self.mock_mail_gateway(),
            patch.object(
                self.registry["debt.recovery.action"],
                "_mail_left",
                side_effect=ValueError("bug"),
            ),
            mute_logger("odoo.addons.debt_recovery.models.mail_mail"),
        ):
            self._release(action)
            mail = action._action_mails()
            self.assertEqual(mail.state, "sent")
        self.assertEqual(action.state, "queued")
        self.env["debt.recovery.action"]._sync_queue()
        self.assertEqual(action.state, "done")

    # ------------------------------------------------------------------
    # Afterwards
    # ------------------------------------------------------------------

    def test_bounce(self):
        with self.mock_mail_gateway():
            action = self._release(self._plan())
        message = action.mail_message_id
        self.env["mail.thread"]._routing_handle_bounce(
            None,
            {
                "bounced_email": "ap@debtor.example.com",
                "bounced_partner": self.debtor,
                "bounced_msg_ids": [message.message_id],
                "bounced_message": message,
                "body": "550 no such user",
                "email_from": "mailer-daemon@x",
                "to": "bounce@x",
                "message_id": "<b@x>",
            },
        )
        self.assertEqual(
            sorted(action.delivery_ids.mapped("kind")), ["bounced", "sent"]
        )
        self.assertEqual(action.state, "done", "it was sent; the log keeps that")
        self.assertFalse(action._verify_chain())
        repair = self.case.action_ids.filtered(lambda a: a.step_id.event == "bounce")
        self.assertEqual(len(repair), 1)
        self.assertEqual(self.case.step_id, self.rem1)

    def test_mail_deleted_after_sending_keeps_the_message(self):
        with self.mock_mail_gateway(mail_unlink_sent=True):
            action = self._release(self._plan())
        self.assertFalse(action._action_mails())
        self.assertTrue(action.mail_message_id)
        self.assertEqual(action.state, "done")

    def test_mail_cancelled_in_the_queue(self):
        action = self._plan()
        with self.mock_mail_gateway():
            action._release()
            action._action_mails().cancel()
            action._sync_queue()
        self.assertEqual(action.state, "cancelled")

    # ------------------------------------------------------------------
    # Money arrives
    # ------------------------------------------------------------------

    def test_money_before_release(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertEqual(action.state, "cancelled")
        self.assertFalse(self._mails)

    def test_part_of_the_claim_is_paid_before_release(self):
        lines = self._receivable_line(self.invoice) + self._receivable_line(
            self.invoice_2
        )
        action = self._plan(line_ids=lines.ids)
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertEqual(action.amount_claimed, 250.0)
        self.assertNotIn(self.invoice.name, self._sent()["body"])

    def test_money_while_queued_cancels_the_mail(self):
        action = self._plan()
        with self.mock_mail_gateway():
            action._release()
            self.assertEqual(action._action_mails().state, "outgoing")
            self._pay(self.invoice)
            self.env.cr.flush()
            self.assertEqual(action._action_mails().state, "cancel")
            self._run_mail_queue(action)
        self.assertEqual(action.state, "cancelled")
        self.assertIn("Money arrived", action.reason)
        self.assertFalse(self._mails)
        self.assertFalse(self.case.step_id)

    def test_other_money_does_not_cancel(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        with self.mock_mail_gateway():
            action._release()
            self._pay(self.invoice_2)
            self.env.cr.flush()
            self._run_mail_queue(action)
        self.assertEqual(action.state, "done")

    # ------------------------------------------------------------------
    # Review, preview, text by hand
    # ------------------------------------------------------------------

    def test_review_waits_for_approval(self):
        action = self._plan(mode="review")
        with self.mock_mail_gateway():
            self._release(action)
            self.assertEqual(action.state, "planned")
            action.with_user(self.officer).action_approve()
            self.assertEqual(action.state, "queued")
            self.assertEqual(action.approved_by_id, self.officer)

    def _preview(self, **vals):
        model = self.env["debt.recovery.send.preview"].with_user(self.officer)
        return model.with_context(default_case_id=self.case.id).create(vals)

    def test_preview_shows_and_plans_nothing(self):
        wizard = self._preview()
        self.assertEqual(wizard.step_id, self.rem1)
        self.assertEqual(wizard.recipient_ids, self.debtor)
        self.assertIn(self.invoice.name, wizard.preview)
        self.assertIn("1,250.00", html2plaintext(wizard.preview))
        self.assertEqual(wizard.amount_claimed, 1250.0)
        self.assertFalse(self.case.action_ids)

    def test_preview_is_what_is_sent(self):
        wizard = self._preview()
        shown = html2plaintext(wizard.preview)
        with self.mock_mail_gateway():
            wizard.action_send()
            self._run_mail_queue(self.case.action_ids)
        self.assertEqual(html2plaintext(self._sent()["body"]), shown)
        self.assertEqual(self._sent()["subject"], wizard.subject)

    def test_text_by_hand(self):
        wizard = self._preview()
        wizard.write({"custom_text": True, "subject": "Hello", "body": "<p>By hand</p>"})
        with self.mock_mail_gateway():
            wizard.action_send()
            self._run_mail_queue(self.case.action_ids)
        mail = self._sent()
        self.assertEqual(mail["subject"], "Hello")
        self.assertIn("By hand", mail["body"])
        self.assertNotIn("1,250.00", mail["body"])

    def test_text_by_hand_is_read_again_when_amounts_changed(self):
        action = self._plan(
            custom_text=True,
            subject="Hello",
            body="<p>You owe 1,250</p>",
            line_ids=(
                self._receivable_line(self.invoice)
                + self._receivable_line(self.invoice_2)
            ).ids,
        )
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertRecordValues(action, [{"state": "planned", "mode": "review"}])
        self.assertFalse(self._mails)

    def test_nothing_collectable_is_one_sentence(self):
        self._pay(self.invoice + self.invoice_2)
        with self.assertRaisesRegex(UserError, "Nothing is collectable from Debtor"):
            self._preview().action_send()

    def test_held_customer_is_refused_and_logged(self):
        action = self._plan()
        self._hold("cease", self.case)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertIn(action.state, ("refused", "cancelled"))
        self.assertFalse(self._mails)

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .reply_common import DebtRecoveryReplyCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReply(DebtRecoveryReplyCommon):
    """An answer lands on the case, is logged, pauses, and is handled once."""

    def _open_cases(self):
        return self.env["debt.recovery.case"].search([("has_open_reply", "=", True)])

    def test_answer_is_logged_flagged_and_pauses(self):
        reply = self._reply(
            "We paid yesterday.\n\nOn 3 May 2026 Us <a@us.eu> wrote:\n> x"
        )
        action = reply.action_id
        self.assertRecordValues(
            action,
            [
                {
                    "state": "done",
                    "direction": "in",
                    "channel": "email",
                    "person": "Ann Payable",
                    "subject": "Re: Reminder",
                    "address": self.payable.email_formatted,
                }
            ],
        )
        self.assertTrue(action._is_sealed())
        self.assertFalse(action._verify_chain())
        self.assertEqual(reply.text, "We paid yesterday.")
        self.assertEqual((reply.state, reply.kind), ("open", "person"))
        self.assertEqual(reply.contact_id, self.payable)
        self.assertIn(self.case, self._open_cases())
        self.assertTrue(self.case.has_open_reply)
        self.assertEqual(reply.hold_id.type_id.code, "reply_open")
        verdict = self.case._contact_verdict("email")
        self.assertEqual(verdict.status, "refused")
        by_hand = self.case._contact_verdict("phone", automatic=False)
        self.assertEqual(by_hand.status, "allowed")

    def test_pause_is_three_working_days_at_most(self):
        reply = self._reply()
        calendar = self.company._recovery_calendar(
            self.today, self.today + timedelta(days=30)
        )
        last = calendar.add_working_days(self.today, 3)
        self.assertEqual(reply.hold_id.date_to, last)
        with freeze_time(f"{last + timedelta(days=1)} 10:00:00"):
            self.case.invalidate_recordset()
            self.assertEqual(self.case._contact_verdict("email").status, "allowed")
            self.assertTrue(self.case.has_open_reply, "it still waits for a reader")

    def test_second_answer_does_not_prolong_the_pause(self):
        first = self._reply()
        self._arrive("And one more thing", answered=first.message_id)
        second = self.case.open_reply_ids - first
        self.assertEqual(second.hold_id, first.hold_id)
        first.with_user(self.officer).action_done()
        self.assertTrue(first.hold_id.active_today, "one is still to be read")
        second.with_user(self.officer).action_done()
        self.assertFalse(first.hold_id.active_today)
        self.assertFalse(self.case.has_open_reply)
        self.assertFalse(self._open_cases())

    def test_handled_once(self):
        reply = self._reply().with_user(self.officer)
        reply.action_done()
        self.assertEqual(reply.handled_by_id, self.officer)
        with self._refused("has already handled the reply"):
            reply.action_done()

    def test_contact_recorded_about_the_mail_handles_it(self):
        """The contact panel writes the mail it was about into the log entry."""
        reply = self._reply()
        entry = self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "channel_id": self.email.id,
                "mode": "task",
                "direction": "in",
                "date_planned": self.today,
            }
        )
        entry._set_done(user_id=self.officer.id, mail_message_id=reply.message_id.id)
        self.assertEqual((reply.state, reply.answer_id), ("handled", entry))
        self.assertFalse(reply.hold_id.active_today)

    def test_documents_are_kept_with_the_entry(self):
        reply = self._reply(files={"proof.pdf": b"%PDF-1 proof"})
        self.assertEqual(reply.action_id.document_facts[0]["name"], "proof.pdf")
        self.assertTrue(reply.message_id.attachment_ids)
        with self.assertRaises(UserError):
            reply.action_id.attachment_ids.unlink()

    def test_debtor_never_follows_the_case(self):
        self._reply()
        self.assertFalse(
            self.case.message_partner_ids & (self.debtor | self.payable),
        )
        with self.mock_mail_gateway():
            self.case.message_post(body="Internal", subtype_xmlid="mail.mt_note")
        self.assertFalse(
            self._new_mails.filtered(lambda m: m.recipient_ids & self.payable)
        )

    def test_colleague_writing_into_the_thread_is_no_reply(self):
        message = self._remind()
        self._arrive("FYI", answered=message, sender=self.officer.email_formatted)
        self.assertFalse(self.case.reply_ids)

    # MACHINES

    def test_automatic_replies_never_pause(self):
        for headers, subject in (
            ({"Auto-Submitted": "auto-replied"}, "Re: Reminder"),
            ({"X-Autoreply": "yes"}, "Re: Reminder"),
            ({"Precedence": "bulk"}, "Re: Reminder"),
            ({"X-Auto-Response-Suppress": "All"}, "Re: Reminder"),
            ({}, "Abwesenheitsnotiz: Erinnerung"),
        ):
            with self.subTest(headers=headers, subject=subject):
                case = self._case_of_new_debtor()
                reply = self._reply(
                    "I am away",
                    case=case,
                    sender=case.partner_id.email_formatted,
                    headers=headers,
                    subject=subject,
                )
                self.assertEqual(reply.kind, "machine")
                self.assertFalse(reply.hold_id)
                self.assertEqual(case._contact_verdict("email").status, "allowed")
                self.assertEqual(reply.action_id.reason, "Automatic reply")
                sure = "Auto" in str(list(headers)[:1]) and "Suppress" not in str(
                    headers
                )
                if sure or not headers:
                    self.assertEqual(reply.state, "handled")
                else:
                    self.assertIn("Perhaps written by a machine", reply.notice)

    def _case_of_new_debtor(self):
        number = self.env["res.partner"].search_count([])
        debtor = self._debtor(f"D{number}", email=f"d{number}@other.example.com")
        self._overdue_invoice(debtor, 500.0, 30)
        return self._case(
            partner=debtor, strategy_id=self.strategy.id, user_id=self.officer.id
        )

    def test_leaver_becomes_a_proposal(self):
        self.case.contact_ids = self.payable
        reply = self._reply(
            "Ann no longer works here. Write to bob@debtor.example.com.",
            headers={"Auto-Submitted": "auto-replied"},
        )
        self.assertEqual((reply.kind, reply.state), ("machine", "open"))
        self.assertFalse(reply.hold_id)
        self.assertEqual(reply.new_email, "bob@debtor.example.com")
        reply = reply.with_user(self.officer)
        reply.new_name = "Bob"
        reply.action_accept_contact()
        self.assertEqual(self.case.contact_ids.name, "Bob")
        self.assertEqual(self.case.contact_ids.recovery_contact_role, "ap")
        self.assertFalse(self.payable.recovery_contact_role)
        self.assertTrue(self.payable.active, "the proposal deletes nobody")
        self.assertEqual(self.case._get_recipients("ap", "email").name, "Bob")

    def test_proposal_without_address_asks_for_one(self):
        reply = self._reply("Ann has left the company.").with_user(self.officer)
        with self._refused("enter an e-mail address"):
            reply.action_accept_contact()
        reply.action_decline_contact()
        self.assertEqual(reply.change_state, "declined")

    def test_bounced_address_is_passed_over_until_repaired(self):
        self.assertEqual(self.case._get_recipients("ap", "email"), self.payable)
        self.payable.sudo()._message_receive_bounce(self.payable.email, self.payable)
        self.assertEqual(self.case._get_recipients("ap", "email"), self.debtor)
        self.payable.email = "ann.new@debtor.example.com"
        self.assertEqual(self.case._get_recipients("ap", "email"), self.payable)

    # RIGHTS

    def test_rights(self):
        reply = self._reply()
        self.assertTrue(reply.with_user(self.auditor).text)
        for user in (self.other_officer, self.field_officer):
            with self.assertRaises(AccessError):
                reply.with_user(user).read(["text"])
        with self.assertRaises(AccessError):
            reply.with_user(self.auditor).action_done()
        with self._refused("handle it instead"), mute_logger("odoo.sql_db"):
            reply.sudo().unlink()


@tagged("post_install", "-at_install", "debt_recovery")
class TestReplyRouting(DebtRecoveryReplyCommon):
    """Which case takes a mail."""

    def _second_case(self, **kw):
        other = self._debtor(
            "Other Ltd", **{"email": "ann.payable@debtor.example.com", **kw}
        )
        self._overdue_invoice(other, 700.0, 30)
        return self._case(
            partner=other, strategy_id=self.strategy.id, user_id=self.officer.id
        )

    def test_address_of_two_customers_goes_by_the_thread(self):
        other = self._second_case()
        mine = self._reply("About ours")
        theirs = self._reply("About theirs", case=other)
        self.assertEqual(mine.contact_id, self.payable)
        self.assertEqual(mine.message_id.author_id, self.payable)
        self.assertEqual(theirs.contact_id, other.partner_id)
        self.assertEqual(theirs.message_id.author_id, other.partner_id)
        self.assertIn("also belongs to Other Ltd", mine.notice)
        self.assertIn("also belongs to Debtor Ltd", theirs.notice)

    def test_unknown_sender_on_the_thread_is_a_proposal(self):
        reply = self._reply("I answer for Ann", sender="Bob New <bob@home.example.net>")
        self.assertEqual(reply.state, "open")
        self.assertFalse(reply.contact_id)
        self.assertIn("not known at this customer", reply.notice)
        self.assertEqual(
            (reply.new_name, reply.new_email), ("Bob New", "bob@home.example.net")
        )

    def test_merged_case_hands_the_answer_on(self):
        other = self._second_case(email="x@other.example.com")
        message = self._remind(other)
        other._merge_into(self.case)
        self._arrive("Hello", answered=message)
        self.assertEqual(len(self.case.open_reply_ids), 1)
        self.assertFalse(other.open_reply_ids)

    def _alias(self):
        domain = self.env["mail.alias.domain"].search([], limit=1)
        domain = domain or self.env["mail.alias.domain"].create(
            {"name": "us.example.com"}
        )
        alias = self.env["mail.alias"].create(
            {
                "alias_name": "recovery-desk",
                "alias_domain_id": domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("debt.recovery.case"),
                "alias_contact": "everyone",
            }
        )
        return alias.alias_full_name

    def test_alias_finds_the_case_of_the_sender(self):
        self._arrive("Question", to=self._alias(), subject="Hello")
        self.assertEqual(self.case.open_reply_ids.text, "Question")

    def test_alias_prefers_what_the_subject_names(self):
        other = self._second_case(email="x@other.example.com")
        self._arrive("Question", to=self._alias(), subject=f"Your letter {other.name}")
        self.assertEqual(other.open_reply_ids.text, "Question")

    def test_of_two_cases_the_one_written_to_last(self):
        other = self._second_case()
        other.last_message_date = self.today
        self._arrive("Question", to=self._alias(), subject="Hello")
        self.assertEqual(other.open_reply_ids.text, "Question")

    def test_stranger_gets_an_answer_and_no_case(self):
        to = self._alias()
        before = self.env["debt.recovery.case"].search_count([])
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self._arrive("Hello", to=to, sender="who@nowhere.example", subject="Hi")
        self.assertEqual(self.env["debt.recovery.case"].search_count([]), before)
        answer = self._new_mails.filtered(lambda m: m.email_to == "who@nowhere.example")
        self.assertIn("could not find out which account", answer.body_html)

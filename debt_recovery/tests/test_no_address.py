from datetime import timedelta

from odoo.tests import tagged

from .reply_common import DebtRecoveryReplyCommon
from .test_tools_bounces import REPORT


@tagged("post_install", "-at_install", "debt_recovery")
class TestNoAddress(DebtRecoveryReplyCommon):
    """Mail that comes back: what is passed over, and what waits for a contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alone = cls._debtor("Alone Ltd", email="ap@alone.example.com", street=False)
        cls._overdue_invoice(cls.alone, 900, 20)
        cls.lonely = cls._case(cls.alone)

    def _bounce(self, status, case=None, day=0):
        """A delivery report about the reminder of the case arrives."""
        case = case or self.lonely
        message = self._sent = self._remind_once(case)
        self.mail_no += 1
        report = REPORT.format(status=f"Status: {status}", action="failed", text="No.")
        address = case.action_ids.recipient_ids[:1].email
        report = report.replace("ap@debtor.example.com", address).replace(
            "Subject: Reminder 5.1.1", f"Message-Id: {message.message_id}"
        )
        report = (
            f"Message-Id: <b{self.mail_no}@mx.example.com>\n"
            f"To: catchall@us.example.com\nSubject: Failure\n{report}"
        )
        today = self.today + timedelta(days=day)
        thread = self.env["mail.thread"].with_context(recovery_today=today)
        with self.mock_mail_gateway():
            thread.message_process(None, report)

    def _remind_once(self, case):
        done = case.action_ids.filtered(lambda a: a.mail_message_id)[:1]
        return done.mail_message_id or self._remind(case)

    def _waiting(self, case=None):
        return (case or self.lonely)._no_address_holds()

    def test_hard_bounce_of_the_only_contact_places_the_hold(self):
        self._bounce("5.1.1")
        self.assertEqual(self._waiting().type_id.code, "no_address")
        self.assertTrue(self.alone._recovery_is_wrong("email"))
        self._bounce("5.1.1")
        self.assertEqual(len(self._waiting()), 1)

    def test_nobody_waits_while_somebody_can_be_reached(self):
        self._bounce("5.1.1", self.case)
        self.assertTrue(self.payable._recovery_is_wrong("email"))
        self.assertFalse(self._waiting(self.case))
        self.assertNotIn(self.payable, self.case._get_recipients("ap", "email"))

    def test_one_soft_bounce_passes_nobody_over(self):
        self._bounce("4.2.2")
        self.assertFalse(self._waiting())
        self.assertFalse(self.alone._recovery_is_wrong("email"))
        self.assertIn("bounced", self.lonely.action_ids.delivery_ids.mapped("kind"))

    def test_two_soft_bounces_within_a_fortnight_do(self):
        self._bounce("4.2.2")
        self._bounce("4.2.2", day=20)
        self.assertFalse(self._waiting())
        self._bounce("4.2.2", day=34)
        self.assertTrue(self.lonely.hold_ids)

    def test_new_address_ends_the_hold(self):
        self._bounce("5.1.1")
        hold = self._waiting()
        self.alone.email = "new@alone.example.com"
        self.assertFalse(self._waiting())
        self.assertIn("valid contact again", hold.release_reason)

    def test_another_contact_ends_it_with_the_next_run(self):
        self._bounce("5.1.1")
        self._contact(self.alone, "New Person")
        self.assertTrue(self._waiting())
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .create({"company_id": self.company.id, "date": self.today})
        )
        run._in_company()._follow_found_contacts()
        self.assertFalse(self._waiting())

    def test_whoever_writes_can_be_reached(self):
        self._bounce("5.1.1")
        self._arrive("Here I am", self._sent, sender="Alone <ap@alone.example.com>")
        self.assertFalse(self.alone._recovery_is_wrong("email"))
        self.assertFalse(self._waiting())


@tagged("post_install", "-at_install", "debt_recovery")
class TestEmailOptOut(DebtRecoveryReplyCommon):
    """“Unsubscribe” is a wish, not a sentence that gets lost."""

    def _wishes(self):
        return self.payable.sudo().recovery_preference_ids

    def test_opt_out_is_recorded_once_and_shown(self):
        reply = self._reply("Unsubscribe please\n\nBest regards\nAnn")
        self.assertEqual(self._wishes().kind, "optout")
        self.assertEqual(self._wishes().address, self.payable.email_normalized)
        self.assertEqual(self._wishes().channel_ids.code, "email")
        self.assertIn("unsubscribe", self._wishes().source)
        self.assertIn("no more e-mails", reply.notice)
        self.assertEqual(reply.state, "open")
        self._arrive("STOP", reply.message_id)
        self.assertEqual(len(self._wishes()), 1)

    def test_other_words_are_no_wish(self):
        reply = self._reply("We will stop by tomorrow to pay.")
        self._arrive(
            "stop", reply.message_id, headers={"Auto-Submitted": "auto-replied"}
        )
        self.assertFalse(self._wishes())

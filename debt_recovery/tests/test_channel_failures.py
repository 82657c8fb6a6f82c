from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server, MailDeliveryException

from .channel_common import DebtRecoveryChannelCommon

MAIL_LOGGERS = ("odoo.addons.mail.models.mail_mail",)


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelFailures(DebtRecoveryChannelCommon):
    """The truth about what became of a message."""

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
    def test_killed_between_mail_server_and_commit_is_not_sent_twice(self):
        """What another process would see must be *unclear* before the mail leaves."""
        action = self._plan()
        action._release()
        mail = action._action_mails()
        order = []

        def commit(mails):
            order.append(("commit", mails.state, mails.failure_type))

        def leave(_servers, message, *_args, **_kwargs):
            order.append(("leaves", mail.state))
            return message["Message-Id"]

        with (
            self.mock_mail_gateway(),
            patch.object(
                self.registry["mail.mail"], "_recovery_commit_unclear", commit
            ),
            patch.object(IrMail_Server, "send_email", leave),
            patch.object(self.env.cr, "commit"),
        ):
            mail.send(auto_commit=True)
        expected = [("commit", "exception", "unknown"), ("leaves", "exception")]
        self.assertEqual(order, expected)
        self.assertEqual(action.state, "done")

    @mute_logger(*MAIL_LOGGERS)
    def test_money_the_release_could_not_see_stops_the_mail(self):
        """A payment that committed beside the release: the hook saw no message."""
        action = self._plan()
        action._release()
        mail = action._action_mails()
        actions = self.registry["debt.recovery.action"]
        with patch.object(actions, "_cancel_if_paid", lambda *_args: None):
            self._pay(action.line_ids.move_id, amount=1)
            self.env.cr.flush()
        self.assertEqual(action.state, "queued")
        with self.mock_mail_gateway():
            mail.send()
            self.assertFalse(self._mails)
        self.assertEqual(action.state, "cancelled")
        self.assertIn("Money arrived", action.reason)
        statuses = action.mail_message_id.notification_ids.mapped("notification_status")
        self.assertNotIn("sent", statuses)

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
            "<t t-out=\"1 / (0 if object.partner_id.name == 'Debtor 1' else 1)\"/>"
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

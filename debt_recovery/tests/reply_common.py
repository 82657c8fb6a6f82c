"""Mail that arrives, as the gateway gets it."""

from email.message import EmailMessage

from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class DebtRecoveryReplyCommon(DebtRecoveryChannelCommon):
    """A debtor who got a reminder and can answer it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payable = cls._contact(cls.debtor, "Ann Payable", role="ap")
        cls.mail_no = 0

    def _remind(self, case=None):
        """The first reminder has left; the message that will be answered."""
        action = self._plan(case=case)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertEqual(action.state, "done")
        return action.mail_message_id

    def _arrive(self, body, answered=None, sender=None, subject="Re: Reminder", **kw):
        """One mail comes in; ``headers`` and ``to`` may be given.

        :return: the id of the thread that took it
        """
        type(self).mail_no += 1
        mail = EmailMessage()
        mail["Message-Id"] = f"<answer-{self.mail_no}@debtor.example.com>"
        mail["From"] = sender or self.payable.email_formatted
        mail["To"] = kw.get("to", "recovery@us.example.com")
        mail["Subject"] = subject
        mail["Date"] = "Mon, 04 May 2026 09:00:00 +0000"
        if answered:
            mail["In-Reply-To"] = mail["References"] = answered.message_id
        for name, value in kw.get("headers", {}).items():
            mail[name] = value
        mail.set_content(body)
        for name, content in kw.get("files", {}).items():
            mail.add_attachment(
                content, maintype="application", subtype="pdf", filename=name
            )
        with self.mock_mail_gateway():
            return self.env["mail.thread"].message_process(None, mail.as_bytes())

    def _reply(self, body="We paid yesterday.", case=None, **kw):
        """An answer to a reminder; its reply record."""
        case = case or self.case
        self._arrive(body, **{"answered": self._remind(case), **kw})
        return case.reply_ids.sorted("id")[-1:]

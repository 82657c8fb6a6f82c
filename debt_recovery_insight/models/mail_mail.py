import logging

from odoo import fields, models

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    """Reports that fail in the mail queue are shown where they were ordered."""

    _inherit = "mail.mail"

    recovery_subscription_id = fields.Many2one(
        "debt.recovery.subscription",
        "Report Subscription",
        index="btree_not_null",
        ondelete="set null",
    )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Tell, then go on: nothing here may ever hold up the mail queue."""
        for mail in self.filtered("recovery_subscription_id"):
            try:
                with self.env.cr.savepoint():
                    mail._recovery_tell_subscription(failure_reason, failure_type)
            except Exception:
                _logger.exception("Subscription of mail %s not told", mail.id)
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _recovery_tell_subscription(self, failure_reason, failure_type):
        """What failed stays on the subscription until it left, or until the next
        sending."""
        row = self.recovery_subscription_id.sudo()
        if self.state == "exception":
            reason = failure_reason or self.failure_reason
            words = self.env["debt.recovery.action"]._failure_text(failure_type, reason)
            row._note_failed_mail(self, words)
        elif row.failed_mail_id == self:
            rest = self.search(
                [
                    ("recovery_subscription_id", "=", row.id),
                    ("state", "=", "exception"),
                    ("id", "!=", self.id),
                ],
                limit=1,
            )
            if rest:
                row._note_failed_mail(rest, rest.failure_reason)
            else:
                row._note_problem(False)

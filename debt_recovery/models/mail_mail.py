import logging

from odoo import api, models
from odoo.tools import email_normalize_all

from ..tools.harmless_html import harmless_html
from .bulk import update_rows

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    """The mail queue tells recovery actions what became of their message."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        """Texts that need no cleaning are written past it: it costs as much as the
        rest of the mail."""
        vals_list = [dict(vals) for vals in vals_list]
        plain = [self._recovery_take_plain(vals) for vals in vals_list]
        mails = super().create(vals_list)
        bodies = {
            mail.mail_message_id.id: {"body": body}
            for mail, body in zip(mails, plain, strict=True)
            if body
        }
        update_rows(self.env["mail.message"].sudo(), bodies)
        return mails

    def _recovery_take_plain(self, vals):
        """Take the text out of the values of a message of the engine, if nothing in
        it can act."""
        if not self.env.context.get("recovery_action_ids"):
            return None
        plain = harmless_html(vals.get("body") or "")
        if plain:
            vals["body"] = ""
        return plain

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Report, then go on: nothing here may ever hold up the mail queue."""
        mine = self._recovery_mails()
        if mine:
            mine._recovery_report(
                success_pids, success_emails, failure_reason, failure_type
            )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _recovery_mails(self):
        """Mails of recovery cases; other mails cost nothing."""
        return self.filtered(lambda mail: mail.model == "debt.recovery.case")

    def _recovery_actions(self):
        return (
            self.env["debt.recovery.action"]
            .sudo()
            .search([("mail_mail_ref", "in", self.ids)])
        )

    def _recovery_report(
        self, success_pids, success_emails, failure_reason, failure_type
    ):
        """Move the actions on. A fault of ours is logged and rolled back; the daily
        run settles such actions later (``_sync_queue``)."""
        try:
            with self.env.cr.savepoint():
                left = bool(success_pids or success_emails)
                for mail in self:
                    actions = mail._recovery_actions()
                    if left or mail.state == "sent":
                        failed = mail._recovery_failed_recipients(
                            success_pids, failure_type, failure_reason
                        )
                        actions._mail_left(failed)
                    else:
                        reason = failure_reason or mail.failure_reason
                        actions._mail_stuck(failure_type, reason)
        except Exception:
            _logger.exception("Recovery actions of mails %s not updated", self.ids)

    def _recovery_failed_recipients(self, success_pids, failure_type, failure_reason):
        """One line for each recipient that was left out of a mail that did leave."""
        if not failure_type:
            return []
        reached = {partner.id for partner in success_pids}
        text = self.env["debt.recovery.action"]._failure_text(failure_type)
        return [
            f"{partner.email_formatted or partner.name}: {text}"
            for partner in self.recipient_ids
            if partner.id not in reached
        ]

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        """Whoever lets the queue commit also lets us commit before a mail leaves."""
        if auto_commit:
            self = self.with_context(recovery_auto_commit=True)
        return super()._send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            smtp_session=smtp_session,
            alias_domain_id=alias_domain_id,
            mail_server=mail_server,
            post_send_callback=post_send_callback,
        )

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """The last step before the mail server: the ledger is asked once more. Copies
        of recovery messages are real copies: the debtor sees who else was written to,
        in one message."""
        results = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        if not self._recovery_mails():
            return results
        if self.env.context.get("recovery_auto_commit"):
            self._recovery_commit_unclear()
        action = self._recovery_actions()[:1]
        if action and self._recovery_stop_uncovered(action):
            return []
        if action and len(results) > 1:
            return self._recovery_merge_copies(results, action)
        return results

    def _recovery_stop_uncovered(self, action):
        """A payment may commit while the release reads an older picture of the ledger:
        neither sees the other. Here the picture is fresh.

        :return: whether the mail must not leave
        """
        try:
            with self.env.cr.savepoint():
                stopped = action._stop_uncovered()
        except Exception:
            _logger.exception("Claim of action %s not asked again", action.id)
            return False
        if stopped:
            notifications = self.mail_message_id.sudo().notification_ids
            notifications.write({"notification_status": "canceled"})
        return bool(stopped)

    def _recovery_commit_unclear(self):
        """By now the mail is marked as failed for an unknown reason, but nobody else
        sees that yet: a process killed between the mail server and its commit would
        leave it outgoing and send it twice. Committed, it is *unclear* instead."""
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _recovery_merge_copies(self, results, action):
        """One outgoing message with To and Cc instead of one per recipient."""
        copies = action.cc_ids - action.recipient_ids
        merged = dict(results[0], email_to=[], email_cc=[], email_to_normalized=[])
        for email in results:
            target = "email_cc" if email["partner_id"] in copies else "email_to"
            merged[target] = merged[target] + email["email_to"] + email["email_cc"]
            merged["email_to_normalized"] = (
                merged["email_to_normalized"] + email["email_to_normalized"]
            )
        merged["email_to_raw"] = ", ".join(merged["email_to"])
        valid = [a for a in merged["email_to"] if email_normalize_all(a)]
        return [merged] if valid else results

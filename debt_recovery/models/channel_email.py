from collections import defaultdict

import psycopg2

from odoo import api, models
from odoo.tools import email_normalize, formataddr

from ..tools.harmless_html import harmless_html

LAYOUT = "debt_recovery.mail_layout"


class DebtRecoveryChannelEmail(models.AbstractModel):
    """E-mail through Odoo's mass composer, so that replies, notifications, bounces
    and blacklists work as everywhere else.

    Mails are created as *outgoing*; the mail queue sends them and reports back
    (``mail_mail``). Nothing is marked as sent here.
    """

    _name = "debt.recovery.channel.email"
    _description = "Recovery channel: e-mail"

    @api.model
    def _send(self, actions):
        """Hand over a batch: one composer run per template and sender."""
        actions = self._refuse_incomplete(actions)
        for batch in self._batches(actions):
            self._send_batch(batch)
        self._wake_mail_queue()

    @api.model
    def _refuse_incomplete(self, actions):
        """Fail at once what has no text or no sender, each with its reason."""
        without_text = actions.filtered(
            lambda a: not a.custom_text and not self._template(a)
        )
        without_text._set_failed(
            self.env._("The step has no mail template; choose one and retry.")
        )
        actions -= without_text
        without_sender = actions.filtered(lambda a: not self._email_from(a))
        without_sender._set_failed(
            self.env._(
                "There is no sender address: enter one in the settings, or on the "
                "officer or the company."
            )
        )
        return actions - without_sender

    @api.model
    def _template(self, action):
        """Template of the step; outside the strategy, and around a text written by
        hand, it is the first reminder."""
        template = action.step_id._template_for(action.case_id)
        if not template and (action.custom_text or not action.step_id):
            template = self.env.ref(
                "debt_recovery.mail_template_reminder_1", raise_if_not_found=False
            )
        return template.sudo()

    @api.model
    def _batches(self, actions):
        """Actions that one composer can send together; one per case, because the
        composer knows records, not actions."""
        batches = defaultdict(self.env["debt.recovery.action"].browse)
        for action in actions:
            key = (
                self._template(action),
                action.company_id,
                self._author(action),
                self._email_from(action),
            )
            turn = 0
            while action.case_id in batches[key, turn].case_id:
                turn += 1
            batches[key, turn] += action
        return batches.values()

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    @api.model
    def _send_batch(self, actions):
        """All together; if one of them raises, one by one, so that it alone fails.

        Database errors are the run's business: a lost serialization cannot be cured
        inside the transaction.
        """
        try:
            with self.env.cr.savepoint():
                mails = self._compose(actions)
                self._link(actions, mails)
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            if len(actions) > 1:
                for action in actions:
                    self._send_batch(action)
            else:
                actions._set_failed(self._error_text(error))

    @api.model
    def _error_text(self, error):
        text = " ".join(str(error).split())
        return self.env._(
            "The message could not be written: %(error)s", error=text[:500]
        )

    @api.model
    def _compose(self, actions):
        """Create the outgoing mails of one batch."""
        first = actions[0]
        cases = actions.case_id.with_company(first.company_id)
        return cases.with_context(
            recovery_action_ids=tuple(actions.ids)
        ).message_mail_with_source(
            self._template(first), **self._composer_values(first)
        )

    @api.model
    def _composer_values(self, action):
        """Who writes, from where, and where answers go.

        With an alias domain Odoo sets the reply-to to the catchall and threads
        answers to the case by message id; without one it takes ``email_from``, which
        therefore must be a mailbox somebody reads.
        """
        return {
            "author_id": self._author(action).id,
            "email_from": self._email_from(action),
            "email_layout_xmlid": self._template(action).email_layout_xmlid or LAYOUT,
            "auto_delete_keep_log": True,
            "force_send": False,
        }

    @api.model
    def _author(self, action):
        """Never OdooBot: the officer who signs, else the company."""
        sender = action.case_id._claim_sender()
        return sender.partner_id or action.company_id.sudo().partner_id

    @api.model
    def _email_from(self, action):
        """Mailbox the message comes from."""
        company = action.company_id.sudo()
        author = self._author(action)
        if company.recovery_sender_email:
            return formataddr((author.name, company.recovery_sender_email))
        if author.email_normalized:
            return author.email_formatted
        return company.email_formatted if email_normalize(company.email) else ""

    @api.model
    def _has_reply_alias(self, company):
        """Can answers reach the case by themselves? Shown in the run's notes."""
        return bool(company.sudo().catchall_email)

    @api.model
    def _no_alias_sentence(self):
        return self.env._(
            "No alias domain is configured: answers go to the sender's mailbox and do "
            "not appear on the case."
        )

    # ------------------------------------------------------------------
    # Reading back
    # ------------------------------------------------------------------

    @api.model
    def _link(self, actions, mails):
        """Tie each mail to its action and believe its state before anything else."""
        by_case = {mail.res_id: mail for mail in mails}
        without = actions.filtered(lambda action: action.case_id.id not in by_case)
        without._set_failed(self.env._("No mail was created."))
        mailed = {action: by_case[action.case_id.id] for action in actions - without}
        actions._set_queued_each(
            {
                action: self._prepare_queued_vals(action, mail)
                for action, mail in mailed.items()
            }
        )
        for action, mail in mailed.items():
            if mail.state in ("cancel", "exception"):
                action._mail_stuck(mail.failure_type, mail.failure_reason)

    @api.model
    def _prepare_queued_vals(self, action, mail):
        """The text as it will leave, without the frame of the page."""
        partners = action.recipient_ids | action.cc_ids
        text = mail.body_html or ""
        field = action._fields["body"]
        return {
            "subject": mail.subject or None,
            "body": harmless_html(text) or field.convert_to_column(text, action),
            "address": ", ".join(p.email_formatted for p in partners if p.email),
            "mail_mail_ref": mail.id,
            "mail_message_id": mail.mail_message_id.id,
        }

    @api.model
    def _wake_mail_queue(self):
        """Send soon, not within the hour."""
        cron = self.env.ref(
            "mail.ir_cron_mail_scheduler_action", raise_if_not_found=False
        )
        if cron:
            cron.sudo()._trigger()

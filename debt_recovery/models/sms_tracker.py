import logging

from odoo import models

_logger = logging.getLogger(__name__)


class SmsTracker(models.Model):
    """Reports of the gateway reach the recovery action behind a text message."""

    _inherit = "sms.tracker"

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        result = super()._update_sms_notifications(
            notification_status,
            failure_type=failure_type,
            failure_reason=failure_reason,
        )
        try:
            with self.env.cr.savepoint():
                self._recovery_actions()._sms_reported(
                    notification_status, failure_type, failure_reason
                )
        except Exception:
            _logger.exception("Recovery actions of texts %s not updated", self.ids)
        return result

    def _recovery_actions(self):
        messages = self.mail_notification_id.mail_message_id.filtered(
            lambda message: message.model == "debt.recovery.case"
        )
        actions = self.env["debt.recovery.action"].sudo()
        if not messages:
            return actions
        return actions.search([("mail_message_id", "in", messages.ids)])


class SmsSms(models.Model):
    """The ledger is asked once more before a text leaves, as for mails."""

    _inherit = "sms.sms"

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        stopped = self._recovery_stop_uncovered()
        return super(SmsSms, self - stopped)._send(
            unlink_failed=unlink_failed,
            unlink_sent=unlink_sent,
            raise_exception=raise_exception,
        )

    def _recovery_stop_uncovered(self):
        """Texts whose claim no longer stands; they are cancelled."""
        mine = self.filtered(
            lambda sms: sms.mail_message_id.model == "debt.recovery.case"
        )
        if not mine:
            return mine
        actions = self.env["debt.recovery.action"].sudo()
        actions = actions.search([("mail_message_id", "in", mine.mail_message_id.ids)])
        gone = actions._stop_uncovered().mail_message_id
        return mine.filtered(lambda sms: sms.mail_message_id in gone)

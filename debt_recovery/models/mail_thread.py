import logging

from odoo import models

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    """Bounced recovery messages become work: the delivery is noted on the action and
    the case is told, so that somebody repairs the contact."""

    _inherit = "mail.thread"

    def _routing_handle_bounce(self, email_message, message_dict):
        result = super()._routing_handle_bounce(email_message, message_dict)
        message = message_dict.get("bounced_message")
        if message and message.model == "debt.recovery.case":
            self._recovery_bounced(message, message_dict.get("bounced_email"))
        return result

    def _recovery_bounced(self, message, email):
        """Note the bounce. Like the queue, the gateway must never suffer from us."""
        try:
            with self.env.cr.savepoint():
                actions = (
                    self.env["debt.recovery.action"]
                    .sudo()
                    .search([("mail_message_id", "in", message.ids)])
                )
                actions._mail_bounced(email)
        except Exception:
            _logger.exception("Bounce of message %s not recorded", message.ids)

import logging

from odoo import api, models

from ..tools.bounces import bounce_kind

_logger = logging.getLogger(__name__)


CASE = "debt.recovery.case"


class MailThread(models.AbstractModel):
    """Answers find their case, with the headers that tell a machine's answer from a
    person's. Bounced recovery messages become work: the delivery is noted on the action
    and the case is told, so that somebody repairs the contact."""

    _inherit = "mail.thread"

    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """The case that is worked on takes the mail; one that belongs to no case is
        answered with a sentence instead of getting lost."""
        if route and route[0] == CASE:
            case = self.env[CASE].sudo()._reply_case(message_dict, route[1])
            if not case:
                self._recovery_answer_unknown(message, message_dict)
                return False
            route = (CASE, case.id, *route[2:])
            author = case._reply_author(message_dict.get("email_from"))
            if author:
                message_dict["author_id"] = author.id
        return super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )

    def _recovery_answer_unknown(self, message, message_dict):
        body = self.env["ir.qweb"]._render("debt_recovery.mail_unknown_sender", {})
        self._routing_create_bounce_email(
            message_dict["email_from"],
            body,
            message,
            reply_to=self.env.company.email or False,
        )

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        if any(route[0] == CASE for route in routes or ()):
            self = self.with_context(recovery_mail_headers=dict(message.items()))
        return super()._message_route_process(message, message_dict, routes)

    def _routing_handle_bounce(self, email_message, message_dict):
        if email_message is not None:
            self = self.with_context(recovery_bounce=bounce_kind(email_message))
        result = super()._routing_handle_bounce(email_message, message_dict)
        message = message_dict.get("bounced_message")
        if message and message.model == CASE:
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

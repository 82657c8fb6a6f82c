import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import (
    email_normalize,
    email_split,
    html2plaintext,
    plaintext2html,
)

from ..tools.replies import LIKELY, SURE, machine_written, named_contact, own_words

_logger = logging.getLogger(__name__)

TEXT_LENGTH = 4000


class DebtRecoveryCaseReply(models.AbstractModel):
    """Answers that arrive by e-mail: what they are, and the pause until somebody has
    read them. An entry of the log keeps each as it came."""

    _name = "debt.recovery.case.reply.mixin"
    _description = "Replies on a Recovery Case"
    _inherit = ["mail.thread", "debt.recovery.case.mailbox.mixin"]

    reply_ids = fields.One2many("debt.recovery.reply", "case_id", "Replies")
    open_reply_ids = fields.One2many(
        "debt.recovery.reply",
        "case_id",
        "Open Replies",
        domain=[("state", "=", "open")],
    )
    has_open_reply = fields.Boolean(
        "Reply to Read",
        compute="_compute_has_open_reply",
        search="_search_has_open_reply",
        help="The debtor answered and nobody has handled it yet.",
    )

    open_replies = fields.Json(
        "Replies in the Banner",
        compute="_compute_open_replies",
        help="What the banner of the case shows.",
    )

    @api.depends("reply_ids.state")
    def _compute_has_open_reply(self):
        groups = self.env["debt.recovery.reply"]._read_group(
            [("case_id", "in", self.ids), ("state", "=", "open")], ["case_id"]
        )
        waiting = {case.id for (case,) in groups}
        for case in self:
            case.has_open_reply = case._origin.id in waiting

    def _search_has_open_reply(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("open_reply_ids", "!=", False)

    @api.depends("reply_ids.state", "reply_ids.change_state")
    @api.depends_context("lang", "tz")
    def _compute_open_replies(self):
        for case in self:
            replies = case.open_reply_ids
            case.open_replies = replies and {
                "replies": [reply._prepare_banner_vals() for reply in replies],
                "outcomes": self._reply_outcomes(),
            }

    @api.model
    def _reply_outcomes(self):
        """The first outcomes of the contact panel that a written answer can have."""
        outcomes = self.env["debt.recovery.outcome"].search(
            [("is_main", "=", True), ("is_visit", "=", False), ("group", "=", "spoke")]
        )
        return [
            {"code": outcome.code, "name": outcome.name}
            for outcome in outcomes
            if outcome.code != "callback"
        ]

    # TAKING IT

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        headers = self.env.context.get("recovery_mail_headers")
        if headers is not None and message.message_type == "email":
            self._take_mail(message, headers)
        return result

    def _take_mail(self, message, headers):
        """Never lose a mail: if our part of it fails, the message itself stays."""
        try:
            with self.env.cr.savepoint():
                lang = self.user_id.lang or self.company_id.partner_id.lang
                self.sudo().with_context(lang=lang)._take_reply(message, headers)
        except Exception:
            _logger.exception("Reply %s not taken up by its case", message.id)

    def _take_reply(self, message, headers):
        """Log the mail, and flag it unless a machine wrote it or a colleague did."""
        self.ensure_one()
        users = message.sudo().author_id.user_ids
        if users.filtered(lambda user: not user.share):
            return self.env["debt.recovery.reply"]
        machine = machine_written(headers, message.subject)
        action = self._log_reply(message, machine)
        reply = self.env["debt.recovery.reply"].create(
            self._prepare_reply_vals(message, action, machine)
        )
        if not machine:
            reply.hold_id = self._pause_for_reply()
        self._refresh_next_action()
        return reply

    def _log_reply(self, message, machine):
        """The mail as it arrived, with its documents, sealed at once."""
        action = self.env["debt.recovery.action"].create(
            self._prepare_reply_action_vals(message, machine)
        )
        for attachment in message.attachment_ids:
            attachment.copy({"res_model": action._name, "res_id": action.id})
        action.invalidate_recordset(["attachment_ids"])
        action._set_done(mail_message_id=message.id, address=message.email_from)
        return action

    def _prepare_reply_action_vals(self, message, machine):
        sender = self._reply_author(message.email_from)
        return self._prepare_inbound_vals("email") | {
            "subject": message.subject or self.env._("(no subject)"),
            "body": message.body,
            "person": sender.name or message.email_from,
            "reason": machine and self.env._("Automatic reply"),
        }

    def _prepare_inbound_vals(self, channel):
        """What came in by itself: nobody planned it, nobody may mend it."""
        return {
            "case_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "strategy_id": self.strategy_id.id,
            "cycle": self.cycle,
            "channel_id": self.env["debt.recovery.channel"]._by_code(channel).id,
            "origin": "event",
            "mode": "auto",
            "direction": "in",
            "date_planned": self.company_id._recovery_today(),
        }

    def _prepare_reply_vals(self, message, action, machine):
        sender = self._reply_author(message.email_from)
        text = own_words(html2plaintext(message.body or ""))
        vals = {
            "case_id": self.id,
            "action_id": action.id,
            "message_id": message.id,
            "date": action.date_done,
            "email_from": message.email_from,
            "contact_id": sender.id,
            "subject": action.subject,
            "text": text[:TEXT_LENGTH],
            "kind": "machine" if machine else "person",
            "notice": self._reply_notice(message, sender, machine, text),
            **self._prepare_change_vals(message, sender, text),
        }
        # what surely is a machine's waits for nobody, unless it names somebody else
        if machine == SURE and not vals.get("change_state"):
            vals |= {"state": "handled", "date_handled": action.date_done}
        return vals

    def _prepare_change_vals(self, message, sender, text):
        """Somebody left, somebody else answers: a proposal, decided by a person."""
        address = email_normalize(message.email_from or "")
        people = sender.commercial_partner_id.child_ids | self.partner_id.child_ids
        known = [address, self.partner_id.email_normalized]
        known += people.mapped("email_normalized")
        known += email_split(self.company_id.email or "")
        found = named_contact(text, known=filter(None, known))
        if found:
            return {
                "change_state": "open",
                "new_email": found.email,
                "new_phone": found.phone,
            }
        if address and not sender and not self._find_partners_of_email(address):
            name = (message.email_from or "").split("<")[0].strip().strip('"')
            return {
                "change_state": "open",
                "new_name": name if "@" not in name else False,
                "new_email": address,
            }
        return {}

    def _reply_notice(self, message, sender, machine, text):
        """What is unusual about the sender or his wish, in words."""
        notices = [self._take_optout(message, text)] if not machine else []
        if machine == LIKELY:
            notices.append(self.env._("Perhaps written by a machine: nothing pauses."))
        others = self._find_partners_of_email(message.email_from).commercial_partner_id
        others -= self.partner_id
        if not sender and not others:
            notices.append(
                self.env._(
                    "The address is not known at this customer: check who wrote."
                )
            )
        elif others:
            notices.append(
                self.env._(
                    "The address also belongs to %(customers)s: check whom it is "
                    "about.",
                    customers=", ".join(others[:3].mapped("display_name")),
                )
            )
        return " ".join(filter(None, notices)) or False

    def _take_text(self, number, text, opted_out=False):
        """A text message that came in (see the channel's ``_take_text``)."""
        self.ensure_one()
        sender = self.env["res.partner"].search(
            [
                ("phone_sanitized", "=", number),
                ("commercial_partner_id", "=", self.partner_id.id),
            ],
            limit=1,
        )
        action = self.env["debt.recovery.action"].create(
            self._prepare_inbound_vals("sms")
            | {
                "subject": self.env._("Text message"),
                "body": plaintext2html(text),
                "person": sender.name or number,
                "reason": opted_out
                and self.env._("No more text messages to %(number)s.", number=number),
            }
        )
        action._set_done(address=number)
        vals = {
            "case_id": self.id,
            "action_id": action.id,
            "date": action.date_done,
            "email_from": number,
            "contact_id": sender.id,
            "subject": action.subject,
            "text": text,
        }
        if opted_out:
            vals |= {"state": "handled", "date_handled": action.date_done}
        reply = self.env["debt.recovery.reply"].create(vals)
        if not opted_out:
            reply.hold_id = self._pause_for_reply()
        self._refresh_next_action()

    # THE PAUSE

    def _pause_for_reply(self):
        """One pause for all open replies: another mail does not prolong it."""
        self.ensure_one()
        running = self._reply_holds()
        if running:
            return running[:1]
        return self._place_hold("reply_open", self.env._("The debtor answered."))

    def _reply_holds(self):
        day = self.company_id[:1]._recovery_today()
        holds = self.env["debt.recovery.hold"]
        return holds.search(
            [
                ("case_id", "in", self.ids),
                ("type_id.code", "=", "reply_open"),
                *holds._valid_domain(day),
            ]
        )

    def _end_reply_pause(self):
        """The last open reply was handled: the strategy goes on."""
        self.invalidate_recordset(["has_open_reply", "open_reply_ids"])
        read = self.filtered(lambda case: not case.has_open_reply)
        holds = read.sudo()._reply_holds()
        if holds:
            holds._release(self.env._("The reply was handled."))
        read._refresh_next_action()

    def _reply_handled(self, message=None, action=None):
        """A contact that a person recorded answers the reply it was about.

        :param message: ``mail.message`` triaged; without one every open reply
        :param action: the entry of the log that was recorded
        """
        replies = self.open_reply_ids
        if message:
            replies = replies.filtered(lambda reply: reply.message_id == message)
        replies._handle(action)

import textwrap

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

CHANGE = [
    ("open", "Proposed"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
]


class DebtRecoveryReply(models.Model):
    """An answer of the debtor that somebody has to read. It points to the entry of the
    contact log that keeps the words; what came of it is an entry of its own. While it
    is open the strategy pauses, three working days at most (hold ``reply_open``)."""

    _name = "debt.recovery.reply"
    _description = "Reply of a Debtor"
    _order = "state desc, date desc, id desc"
    _rec_name = "subject"

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="case_id.partner_id", string="Customer")
    company_id = fields.Many2one(related="case_id.company_id")
    company_currency_id = fields.Many2one(related="case_id.company_currency_id")
    user_id = fields.Many2one(related="case_id.user_id", string="Officer")
    amount_overdue = fields.Monetary(
        related="case_id.amount_overdue", currency_field="company_currency_id"
    )
    action_id = fields.Many2one(
        "debt.recovery.action",
        "Log Entry",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )
    date = fields.Datetime("Received", required=True, readonly=True)
    email_from = fields.Char("From", readonly=True)
    contact_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who of the customer wrote; empty when the address is not known there.",
    )
    subject = fields.Char(readonly=True)
    text = fields.Text(readonly=True, help="Their own words, without what they quote.")
    excerpt = fields.Char("Their Words", compute="_compute_excerpt")
    kind = fields.Selection(
        [("person", "Reply"), ("machine", "Automatic")],
        required=True,
        readonly=True,
        default="person",
        help="Automatic replies pause nothing.",
    )
    notice = fields.Char(
        "Look Out", readonly=True, help="What is unusual about the sender."
    )
    state = fields.Selection(
        [("open", "Open"), ("handled", "Handled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    hold_id = fields.Many2one("debt.recovery.hold", readonly=True, ondelete="set null")
    paused_until = fields.Date(related="hold_id.date_to", string="Paused Until")
    handled_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_handled = fields.Datetime("Handled", readonly=True)
    answer_id = fields.Many2one(
        "debt.recovery.action",
        "What Came of It",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    # somebody else to write to
    change_state = fields.Selection(CHANGE, "Other Contact", readonly=True)
    new_name = fields.Char("Name")
    new_email = fields.Char("E-mail")
    new_phone = fields.Char("Phone")

    _message_unique = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL",
        "This message has already been taken as a reply.",
    )
    _open_idx = models.Index("(case_id) WHERE state = 'open'")

    @api.depends("text")
    def _compute_excerpt(self):
        for reply in self:
            reply.excerpt = textwrap.shorten(reply.text or "", 140, placeholder=" …")

    # HANDLING

    def action_triage(self):
        """Say what the reply ended in, with the same outcomes as a call."""
        self.ensure_one()
        self._check_open()
        return {
            "type": "ir.actions.client",
            "tag": "recovery_reply_triage",
            "params": self._triage_params(),
        }

    def _triage_params(self):
        """What the contact panel needs to know."""
        return {
            "replyId": self.id,
            "caseId": self.case_id.id,
            "messageId": self.message_id.id or False,
        }

    def _prepare_banner_vals(self):
        """This reply as the banner of the case shows it."""
        self.ensure_one()
        until = self.paused_until
        return {
            **self._triage_params(),
            "from": self.contact_id.name or self.email_from or "",
            "address": self.email_from or "",
            "date": format_datetime(self.env, self.date, dt_format="EEE d MMM, HH:mm"),
            "subject": self.subject or "",
            "text": self.text or "",
            "machine": self.kind == "machine",
            "notice": self.notice or "",
            "until": until and format_date(self.env, until, date_format="EEE d MMM"),
            "change": self.change_state == "open"
            and {"email": self.new_email or "", "phone": self.new_phone or ""},
        }

    def action_answer(self):
        """Write back; sending the answer handles the reply."""
        self.ensure_one()
        return self.case_id.with_context(default_reply_id=self.id).action_write_email()

    def action_done(self):
        """Nothing to do, or done elsewhere: the pause ends."""
        self._check_open()
        self._handle()
        return True

    def action_open_case(self):
        self.ensure_one()
        return self.case_id._get_records_action()

    def _check_open(self):
        done = self.filtered(lambda reply: reply.state != "open")
        if done:
            raise UserError(
                self.env._(
                    "%(user)s has already handled the reply “%(reply)s”.",
                    user=done[0].handled_by_id.name,
                    reply=done[0].subject or done[0].email_from,
                )
            )

    def _handle(self, action=None):
        """Close these replies; the last of a case ends its pause.

        :param action: the entry of the log that says what came of it
        """
        replies = self.filtered(lambda reply: reply.state == "open")
        replies.write(
            {
                "state": "handled",
                "handled_by_id": self.env.uid,
                "date_handled": fields.Datetime.now(),
                "answer_id": action.id if action else False,
            }
        )
        replies.case_id._end_reply_pause()

    # SOMEBODY ELSE TO WRITE TO

    def action_accept_contact(self):
        """The person named becomes a contact of the customer, with the role of the one
        who is replaced."""
        for reply in self:
            reply._accept_contact()
        return True

    def _accept_contact(self):
        self.ensure_one()
        if self.change_state != "open":
            return
        if not (self.new_email or self.new_phone):
            raise UserError(
                self.env._(
                    "Nobody is named to write to: enter an e-mail address or a phone "
                    "number, or leave the contacts as they are."
                )
            )
        contact = self.env["res.partner"].sudo().create(self._prepare_contact_vals())
        former = self.contact_id
        if former in self.case_id.contact_ids:
            self.case_id.contact_ids = self.case_id.contact_ids - former + contact
        if former != self.partner_id:
            former.sudo().recovery_contact_role = False
        self.change_state = "accepted"
        self.case_id._message_log(
            body=self.env._(
                "New contact %(name)s, named in a reply of %(sender)s.",
                name=contact.name,
                sender=self.email_from,
            )
        )

    def _prepare_contact_vals(self):
        former = self.contact_id
        role = former != self.partner_id and former.recovery_contact_role
        return {
            "name": self.new_name or self.new_email or self.new_phone,
            "email": self.new_email,
            "phone": self.new_phone,
            "parent_id": self.partner_id.id,
            "type": "contact",
            "lang": former.lang or self.partner_id.lang,
            "recovery_contact_role": role or "ap",
        }

    def action_decline_contact(self):
        """Leave the contacts as they are."""
        self.filtered(lambda reply: reply.change_state == "open").write(
            {"change_state": "declined"}
        )
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._("A reply belongs to the history of its case: handle it instead.")
        )

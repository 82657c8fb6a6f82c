from datetime import timedelta

from markupsafe import Markup

from odoo import models

#: Working days until a reminder, and until the final approver is asked.
REMIND_AFTER = 2
ESCALATE_AFTER = 4


class DebtRecoveryApprovalNotify(models.AbstractModel):
    """Mails around a request. Each has Odoo's own button that opens the request, where
    it is approved or refused after logging in."""

    _name = "debt.recovery.approval.notify.mixin"
    _description = "Mails around Approvals"

    def _notify_asked(self, users, what=None):
        self.ensure_one()
        self._notify_users(users, what or self.env._("Please decide"), self._summary())

    def _notify_asker(self, what):
        self.ensure_one()
        rows = [(self.env._("Reason"), self.refusal_reason), *self._summary()]
        self._notify_users(self.requested_by_id, what, rows)

    def _notify_users(self, users, what, rows):
        """One mail each, in the reader's language as far as Odoo does it."""
        users = users.filtered("active")
        if not users:
            return
        self.message_notify(
            partner_ids=users.partner_id.ids,
            subject=self.env._("%(what)s: %(request)s", what=what, request=self.name),
            body=self._notice_body(what, rows),
            model_description=self.env._("request"),
            email_layout_xmlid="mail.mail_notification_layout",
        )

    def _summary(self):
        """What somebody needs to know before opening it."""
        amount = self.currency_id.format(self.amount) if self.amount else False
        return [
            (self.env._("Customer"), self.partner_id.display_name),
            (self.env._("Amount"), amount),
            (self.env._("What a yes does"), self.effect),
            (self.env._("Why"), self.reason),
            (self.env._("Asked by"), self.requested_by_id.name),
        ]

    def _notice_body(self, what, rows):
        lines = Markup("").join(
            Markup("<li><b>%s</b>: %s</li>") % (label, value)
            for label, value in rows
            if value
        )
        return Markup("<p>%s</p><ul>%s</ul>") % (what, lines)

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button says what is wanted."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        for name, _condition, options in groups:
            if name == "user":
                options["has_button_access"] = True
                button = options.setdefault("button_access", {})
                button["title"] = self.env._("Open the request")
        return groups

    # THE DAILY RUN

    def _follow_up(self, day):
        """Close what is overtaken, then ask deputies, remind and escalate, each once.
        Working days are the company's."""
        for company, approvals in self.grouped("company_id").items():
            calendar = company._recovery_calendar(
                day - timedelta(days=60), day + timedelta(days=30)
            )
            for approval in approvals:
                if problem := approval._problem():
                    approval._expire(problem)
                    continue
                approval._ask_new_deputies()
                asked = approval.date_asked
                if day >= calendar.add_working_days(asked, ESCALATE_AFTER):
                    approval._escalate(day)
                elif day >= calendar.add_working_days(asked, REMIND_AFTER):
                    approval._remind(day)

    def _ask_new_deputies(self):
        """Somebody who was asked is away by now."""
        stand_ins = self._stand_ins()
        deputies = self.env["res.users"].sudo()
        for absent, deputy in stand_ins.items():
            if absent in self.asked_ids:
                deputies |= deputy
        self._ask_more(deputies, self.env._("Please decide for somebody who is away"))

    def _ask_more(self, users, what):
        new = users - self.asked_ids
        if new:
            self.asked_ids |= new
            self._notify_asked(new, what)

    def _remind(self, day):
        if self.date_reminded or self.date_escalated:
            return
        self.date_reminded = day
        people = self.asked_ids & self._decider_users()
        self._notify_asked(people, self.env._("Reminder, please decide"))

    def _escalate(self, day):
        """Nobody answered: it goes to the final approver as well, or to every manager
        where none is named. Who was asked first may still decide."""
        if self.date_escalated:
            return
        self.date_escalated = day
        stand_ins = self._stand_ins()
        people = self._final_approver(self.company_id) - self.requested_by_id
        people = people or self._approvers()
        reached = self.env["res.users"].sudo()
        for person in people:
            reached |= stand_ins.get(person, person)
        self.asked_ids |= reached
        self._notify_asked(
            reached | (self.asked_ids & self._decider_users()),
            self.env._("Nobody has decided yet"),
        )

    def _decider_users(self):
        return self.env["res.users"].sudo().union(*self._deciders())

"""The people of the demo story. They work through the dialogs of the application, so
that what they leave behind is what a user would leave behind."""

from datetime import timedelta
from textwrap import wrap

from odoo.tools import html2plaintext

from .clock import MAIL_HOUR
from .talk import Talk

#: What a mail server answers when nobody can tell whether the mail has left.
HUNG_UP = "Connection closed after the text was handed over."


def _letter_lines(letter):
    """The letter as plain lines: the installation has no server for the styles."""
    yield from letter._letter_address_lines()
    yield ""
    for line in html2plaintext(letter._letter_text()["body"]).splitlines():
        yield from wrap(line, 80) or [""]


class Desk(Talk):
    """Does what the story tells on the day of the clock."""

    def __init__(self, clock, books, users):
        self.clock = clock
        self.books = books
        self.users = users

    def env(self, debtor):
        """The day seen by the user at the desk; the manager does the office work of
        colleagues who are out."""
        login = "officer" if debtor.officer == "officer" else "manager"
        return self.clock.env()(user=self.users[login].id, su=False)

    def case(self, debtor, env=None):
        env = env or self.env(debtor)
        return env["debt.recovery.case"].search(
            [
                ("partner_id", "=", self.books.partners[debtor.key].id),
                ("company_id", "=", self.clock.company.id),
            ],
            order="id desc",
            limit=1,
        )

    def do(self, debtor, event):
        """Carry out one event of the story."""
        handler = getattr(self, f"_do_{type(event).__name__.lower()}")
        handler(debtor, event)

    # MONEY

    def _do_pay(self, debtor, event):
        self.books.pay(debtor.key, event.bill, event.share, self.clock.day)

    def _do_money(self, debtor, event):
        self.books.receive(debtor.key, event.amount, event.memo, self.clock.day)

    # HOLDS

    def _do_hold(self, debtor, event):
        env = self.env(debtor)
        kind = env["debt.recovery.hold.type"].search([("code", "=", event.kind)])
        wizard = (
            env["debt.recovery.hold.place"]
            .with_context(
                active_model="debt.recovery.case", active_ids=self.case(debtor, env).ids
            )
            .create({"type_id": kind.id, "reason": event.reason})
        )
        if event.days:
            wizard.date_to = self.clock.day + timedelta(days=event.days)
        wizard.action_place()
        if event.agreed:
            self._agree(debtor)

    def _agree(self, debtor):
        """The manager says yes to what the officer had to ask for."""
        env = self.clock.env()(user=self.users["manager"].id, su=False)
        asked = env["debt.recovery.approval"].search(
            [("case_id", "=", self.case(debtor).id), ("state", "=", "waiting")]
        )
        asked.action_approve()

    # REVIEWS AND TASKS

    def _do_approve(self, debtor, _event):
        actions = self._actions(debtor, ("state", "=", "planned"))
        actions.filtered(lambda action: action.mode == "review").action_approve()

    def _do_print(self, debtor, _event):
        letters = self._actions(debtor, ("state", "=", "queued")).filtered(
            lambda action: action.channel == "letter"
        )
        for letter in letters:
            content = self.books.draw(letter._letter_subject(), _letter_lines(letter))
            document = {"filename": letter._letter_filename(), "content": content}
            letter._guarded()._attach_documents([document])
        if letters:
            letters.action_print_batch()

    def _do_post(self, debtor, _event):
        letters = self._actions(debtor, ("state", "=", "queued")).filtered(
            lambda action: action.channel == "letter"
        )
        letters._log_delivery("printed")
        letters._set_done(date_done=self.clock.moment())
        letters._log_delivery("sent")

    def _do_done(self, debtor, event):
        tasks = self._actions(debtor, ("state", "=", "queued")).filtered(
            lambda action: action.mode == "task" and action.channel != "phone"
        )
        for task in tasks:
            user = task.user_id.id
            task._set_done(date_done=self.clock.moment(), user_id=user, note=event.note)
            task._finish_activity(event.note)

    def _actions(self, debtor, *domain):
        case = self.case(debtor)
        return case.env["debt.recovery.action"].search(
            [("case_id", "=", case.id), *domain], order="id"
        )

    # THE POST ROOM: no mail of the story leaves this machine

    def let_leave(self, debtors):
        """What is queued has left, except what the story lost on the way."""
        env = self.clock.env()
        actions = env["debt.recovery.action"].search(
            [
                ("company_id", "=", self.clock.company.id),
                ("state", "=", "queued"),
                ("mail_mail_ref", "!=", 0),
            ]
        )
        lost = self._of_steps(actions, {d.key: d.lost for d in debtors if d.lost})
        bounced = self._of_steps(
            actions, {d.key: d.bounces for d in debtors if d.bounces}
        )
        self._lose(lost)
        self._leave(actions - lost)
        for action in bounced:
            action._mail_bounced(action.recipient_ids[:1].email)

    def _of_steps(self, actions, steps):
        """Actions of these debtors at these steps."""
        wanted = {
            (self.books.partners[key].id, code)
            for key, code in steps.items()
            if key in self.books.partners
        }
        return actions.filtered(
            lambda action: (action.partner_id.id, action.step_id.code) in wanted
        )

    def _leave(self, actions):
        if not actions:
            return
        mails = actions._action_mails()
        actions._set_done(date_done=self.clock.moment(MAIL_HOUR))
        actions._log_delivery("sent")
        notifications = mails.mail_message_id.notification_ids
        notifications.write({"notification_status": "sent"})
        mails.write({"state": "sent"})
        mails.filtered("auto_delete").unlink()

    def _lose(self, actions):
        """The server took the text and hung up: nobody knows whether it left."""
        for mail in actions._action_mails():
            mail.write(
                {
                    "state": "exception",
                    "failure_type": "unknown",
                    "failure_reason": HUNG_UP,
                }
            )
        for action in actions:
            action._mail_stuck("unknown", HUNG_UP)

"""The people of the demo story. They work through the dialogs of the application, so
that what they leave behind is what a user would leave behind."""

from datetime import timedelta

from .clock import MAIL_HOUR

#: What a mail server answers when nobody can tell whether the mail has left.
HUNG_UP = "Connection closed after the text was handed over."


class Desk:
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

    # CONVERSATIONS

    def _do_call(self, debtor, event):
        """A call, as the answer to the task of the strategy if there is one."""
        env = self.env(debtor)
        case = self.case(debtor, env)
        outcome = env["debt.recovery.outcome"].search([("code", "=", event.outcome)])
        vals = {"direction": "in" if event.incoming else "out"}
        action = case._find_contact_action(vals)
        person = self._person(debtor, event)
        action._set_done(
            date_done=self.clock.moment(),
            user_id=env.uid,
            outcome_id=outcome.id,
            person=outcome.group != "no_contact" and person.name,
            note=event.note,
        )
        action._finish_activity(event.note)

    def _person(self, debtor, event):
        people = self.books.people.get(debtor.key, self.books.partners[debtor.key])
        people -= self.books.partners[debtor.key]
        return people[event.person : event.person + 1]

    def _do_mail(self, debtor, event):
        """An answer that arrives on the case."""
        person = self._person(debtor, event) or self.books.partners[debtor.key]
        self.case(debtor, self.clock.env()).message_post(
            body=event.text,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=person.id,
            email_from=person.email_formatted,
        )

    # AGREEMENTS, DISPUTES, HOLDS

    def _do_promise(self, debtor, event):
        env = self.env(debtor)
        wizard = self._wizard(
            debtor,
            env,
            "debt.recovery.promise.take",
            date_agreed=self.clock.day + timedelta(days=event.days),
            note=event.note,
        )
        wizard.action_confirm()

    def _do_dispute(self, debtor, event):
        env = self.env(debtor)
        wizard = self._wizard(
            debtor,
            env,
            "debt.recovery.dispute.open",
            category_id=env.ref("debt_recovery.dispute_category_quality").id,
            name=event.reason,
            note=event.note,
        )
        move = self.books.moves[debtor.key][event.bill]
        line = wizard.line_ids.filtered(lambda x: x.move_line_id.move_id.id == move.id)
        amount = line.currency_id.round(line.amount_open * event.share)
        line.write({"selected": True, "amount": amount})
        wizard.action_confirm()

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

    def _wizard(self, debtor, env, model, **vals):
        case = self.case(debtor, env)
        return env[model].with_context(default_case_id=case.id).create(vals)

    # REVIEWS AND TASKS

    def _do_approve(self, debtor, _event):
        actions = self._actions(debtor, ("state", "=", "planned"))
        actions.filtered(lambda action: action.mode == "review").action_approve()

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

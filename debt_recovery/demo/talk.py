"""What the people of the demo story say, hear and agree."""

from datetime import datetime, timedelta

import pytz


class Talk:
    """The conversations at the desk, through the dialogs of the application."""

    # CONVERSATIONS

    def _do_call(self, debtor, event):
        """A call, as the answer to the task of the strategy if there is one. What the
        call panel was told has its consequences; what was only noted has none."""
        env = self.env(debtor)
        case = self.case(debtor, env)
        vals = {"direction": "in" if event.incoming else "out"}
        person = self._person(debtor, event)
        if event.told:
            told = self._prepare_told_vals(event.told)
            who = {"contact_id": person.id, "person": person.name or debtor.name}
            contact = {"outcome": event.outcome, "note": event.note}
            action = case._record_contact({**vals, **who, **contact, **told})
            action._guarded().write({"date_done": self.clock.moment()})
            return
        outcome = env["debt.recovery.outcome"].search([("code", "=", event.outcome)])
        action = case._find_contact_action(vals)
        action._set_done(
            date_done=self.clock.moment(),
            user_id=env.uid,
            outcome_id=outcome.id,
            person=outcome.group != "no_contact" and person.name,
            note=event.note,
        )
        action._finish_activity(event.note)

    def _prepare_told_vals(self, told):
        """What the panel sends: days and hours as dates, people as their ids."""
        vals = {}
        if "days" in told:
            vals["date"] = self.clock.day + timedelta(days=told["days"])
        if "hour" in told:
            moment = datetime.combine(self.clock.today, told["hour"])
            moment = self.clock.company._recovery_zone().localize(moment)
            vals["hour"] = moment.astimezone(pytz.utc).replace(tzinfo=None)
        if "owner" in told:
            vals["owner_id"] = self.users[told["owner"]].id
        return vals

    def _person(self, debtor, event):
        people = self.books.people.get(debtor.key, self.books.partners[debtor.key])
        people -= self.books.partners[debtor.key]
        return people[event.person : event.person + 1]

    def _do_mail(self, debtor, event):
        """An answer that arrives on the case."""
        person = self._person(debtor, event) or self.books.partners[debtor.key]
        env = self.clock.env()
        if event.unread:
            env = env(context={**env.context, "recovery_mail_headers": {}})
        subject = "Re: Overdue invoices"
        self.case(debtor, env).message_post(
            body=event.text,
            subject=subject,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=person.id,
            email_from=person.email_formatted,
        )

    def _do_ask(self, debtor, event):
        env = self.env(debtor)
        question = env["debt.recovery.question"].create(
            {
                "case_id": self.case(debtor, env).id,
                "topic": event.topic,
                "user_id": self.users["manager"].id,
                "question": event.question,
                "date_deadline": self.clock.day + timedelta(days=2),
            }
        )
        if event.answer:
            question.with_user(self.users["manager"])._answer(event.answer)

    # AGREEMENTS AND DISPUTES

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

    def _do_plan(self, debtor, event):
        """Agreed at once, if need be by the manager, or sent for signature."""
        wizard = self._wizard(
            debtor,
            self.env(debtor),
            "debt.recovery.plan.build",
            number=event.number,
            date_first=self.clock.day + timedelta(days=event.days),
            rhythm="fortnightly",
            note=event.note,
        )
        if not event.signed:
            wizard.action_send()
            return
        wizard.action_activate()
        self._agree(debtor)

    def _do_settlement(self, debtor, event):
        wizard = self._wizard(
            debtor,
            self.env(debtor),
            "debt.recovery.settlement.offer",
            percent=event.percent,
            date_agreed=self.clock.day + timedelta(days=event.days),
            note=event.note,
        )
        wizard.action_confirm()

    def _do_hardship(self, debtor, event):
        """Assessed with figures, and spared; if need be with the manager's yes."""
        env = self.env(debtor)
        case = self.case(debtor, env)
        case.company_id.sudo().recovery_hardship_budget = True
        figures = {"income_work": event.income, "out_home": event.home}
        figures["out_living"] = event.living
        record = env["debt.recovery.hardship"].create(
            {
                "case_id": case.id,
                "note": event.note,
                "protected_entry": event.protected,
                "is_vulnerable": event.vulnerable,
                **{name: value * self.books.scale for name, value in figures.items()},
            }
        )
        if event.relief == "pause":
            record.action_pause()
            return
        action = record.action_token()
        builder = env[action["res_model"]].with_context(**action["context"])
        builder.create({}).action_activate()
        self._agree(debtor)

    def _do_dispute(self, debtor, event):
        env = self.env(debtor)
        categories = env["debt.recovery.dispute.category"]
        wizard = self._wizard(
            debtor,
            env,
            "debt.recovery.dispute.open",
            category_id=categories.search([("code", "=", event.category)]).id,
            name=event.reason,
            note=event.note,
        )
        move = self.books.moves[debtor.key][event.bill]
        line = wizard.line_ids.filtered(lambda x: x.move_line_id.move_id.id == move.id)
        amount = line.currency_id.round(line.amount_open * event.share)
        line.write({"selected": True, "amount": amount})
        wizard.user_id = wizard.user_id or self.users["manager"]
        wizard.action_confirm()

    def _do_rejection(self, debtor, event):
        env = self.env(debtor)
        disputes = self.case(debtor, env).dispute_ids
        dispute = disputes.filtered(lambda dispute: dispute.state == "open")[:1]
        decide = env["debt.recovery.dispute.resolve"]
        decide = decide.with_context(default_dispute_id=dispute.id)
        decide.create({"decision": "rejected", "reason": event.reason}).action_confirm()

    def _wizard(self, debtor, env, model, **vals):
        case = self.case(debtor, env)
        return env[model].with_context(default_case_id=case.id).create(vals)

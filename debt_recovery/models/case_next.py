from itertools import takewhile

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..tools.day_parts import AFTERNOON, MIDDAY, is_exhausted, next_part, part_of

#: Attempts looked at; older ones tell nothing about the day to try.
HISTORY = 12
VISITS = 3
CALL = "mail.mail_activity_data_call"
MEETING = "mail.mail_activity_data_meeting"
TODO = "mail.mail_activity_data_todo"


class DebtRecoveryCaseNext(models.AbstractModel):
    """What an outcome leaves to do: the next attempt, a task for a colleague, a contact
    to call or to repair."""

    _name = "debt.recovery.case.next.mixin"
    _description = "What a Contact Leaves to Do"

    # NEXT ATTEMPT

    def _apply_next(self, action, told):
        """The hour that was agreed, else the next attempt."""
        outcome = told["outcome"]
        if told["hour"]:
            return self._plan_callback(action, told)
        if not outcome.next_days:
            return None
        day = self._working_day(outcome.next_days)
        visit = outcome.is_visit
        if not outcome.other_daypart:
            summary = self.env._("Call again: %(outcome)s", outcome=outcome.name)
            return self._leave(action, CALL, day, summary, recovery_is_next=True)
        tried = self._tried_parts("visit" if visit else "phone")
        if (len(tried) >= VISITS) if visit else is_exhausted(tried):
            return self._leave(action, TODO, day, self._give_up_text(tried, visit))
        summary = self._attempt_text(next_part(tried), visit)
        kind = MEETING if visit else CALL
        return self._leave(action, kind, day, summary, recovery_is_next=True)

    def _plan_callback(self, action, told):
        """An appointment: it stands at its hour on Today."""
        local = self._local_moment(told["hour"])
        summary = self.env._(
            "Call back at %(hour)s: %(person)s",
            hour=self._hour_text(told["hour"]),
            person=action.person or self.partner_id.display_name,
        )
        return self._leave(
            action,
            CALL,
            local.date(),
            summary,
            note=self._told_text(told),
            recovery_hour=told["hour"],
            recovery_is_next=True,
        )

    def _end_plan_calls(self):
        """There is an agreement: nobody calls any more to ask for one."""
        calls = self.sudo().activity_ids.filtered(
            lambda task: (
                task.recovery_is_next
                and not task.recovery_hour
                and task.recovery_action_id.outcome_id.opens == "plan"
            )
        )
        calls._action_done(feedback=self.env._("Agreed"))

    def _tried_parts(self, channel):
        """Parts of the day in which nobody answered since somebody last did, oldest
        first."""
        done = self.env["debt.recovery.action"].search(
            [
                ("case_id", "=", self.id),
                ("state", "=", "done"),
                ("channel_id.code", "=", channel),
                ("direction", "=", "out"),
                ("correction_of_id", "=", False),
            ],
            order="date_done desc, id desc",
            limit=HISTORY,
        )
        missed = list(takewhile(lambda a: a.outcome_id.group == "no_contact", done))
        moments = [self._local_moment(entry.date_done) for entry in reversed(missed)]
        return [part_of(moment.time()) for moment in moments]

    def _attempt_text(self, part, visit):
        """“Call again in the afternoon: nobody answered”."""
        when = {
            MIDDAY: self.env._("around midday"),
            AFTERNOON: self.env._("in the afternoon"),
        }.get(part, self.env._("in the morning"))
        if visit:
            return self.env._("Visit again %(when)s: nobody there", when=when)
        return self.env._("Call again %(when)s: nobody answered", when=when)

    def _give_up_text(self, tried, visit):
        if visit:
            return self.env._(
                "%(count)s visits and nobody there: decide how to go on",
                count=len(tried),
            )
        return self.env._(
            "%(count)s calls without an answer: write an e-mail or plan a visit",
            count=len(tried),
        )

    # TASKS

    def _apply_task(self, action, told):
        outcome = told["outcome"]
        if not outcome.task_role or (outcome.people_only and not self._is_person()):
            return None
        text = "" if outcome.protects_note else self._told_text(told)
        name = outcome.task_name or outcome.name
        summary = f"{name}: {text}"[:120] if text else name
        vals = {
            "user_id": self._task_user(told).id,
            "note": plaintext2html(action.note or ""),
        }
        day = self._working_day(outcome.task_days)
        if outcome.hold_type_id.code == "payment_trace":
            return self._leave_trace(action, told, day, vals)
        return self._leave(action, TODO, day, summary, **vals)

    def _leave_trace(self, action, told, day, vals):
        """On the oldest invoice, which the bookkeepers can open."""
        invoice = told["lines"].sorted("date_maturity")[:1].move_id
        return self._leave(
            action,
            "debt_recovery.mail_activity_type_trace",
            day,
            self._trace_summary(told),
            document=invoice,
            **vals,
        )

    def _trace_summary(self, told):
        parts = [self.env._("paid on %(day)s", day=self._format_day(told["date"]))]
        if told["amount"]:
            parts.append(self.company_currency_id.format(told["amount"]))
        parts.append(told["text"])
        return self.env._(
            "%(customer)s says: %(what)s",
            customer=self.partner_id.display_name,
            what=", ".join(filter(None, parts)),
        )

    def _task_user(self, told):
        """Who gets the task; the manager, then the officer, stand in."""
        role = told["outcome"].task_role
        groups = {
            "accountant": (
                "account.group_account_user",
                "account.group_account_invoice",
            ),
            "legal": ("debt_recovery.group_legal",),
        }.get(role, ())
        for group in groups:
            user = self._first_user(group)
            if user:
                return user
        role = "officer" if role == "officer" else "manager"
        return self._get_internal_user(role)

    def _first_user(self, group):
        """One colleague of the group in this company, always the same."""
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(group).ids),
                    ("company_ids", "in", self.company_id.ids),
                    ("share", "=", False),
                ],
                order="id",
                limit=1,
            )
        )

    def _working_day(self, number):
        today = self.company_id._recovery_today()
        horizon = fields.Date.add(today, days=3 * number + 14)
        calendar = self.company_id._recovery_calendar(today, horizon)
        return calendar.add_working_days(today, number)

    def _leave(self, action, type_xmlid, day, summary, document=None, **vals):
        """An activity on the case (or a document), known as left by this contact."""
        document = (document or self).sudo()
        user = self._caller()._recovery_present(self.company_id, day) or self._caller()
        vals = {"user_id": user.id, "recovery_action_id": action.id, **vals}
        return document.activity_schedule(
            type_xmlid, date_deadline=day, summary=summary, **vals
        )

    def _caller(self):
        """Whoever works the case goes on with it."""
        officer = self.user_id.filtered("active")
        return officer or self.env.user

    # CONTACT POINTS

    def _apply_new_contact(self, action, told):
        """A person named on the phone: written down at once; who took over the matter
        gets our messages from now on and is called today."""
        role = told["outcome"].contact_role
        named = told["new_contact"]
        if not role or not (named.get("name") or "").strip():
            return None
        contact = (
            self.env["res.partner"]
            .sudo()
            .create(self._prepare_new_contact_vals(named, role))
        )
        refs = [[contact._name, contact.id]]
        self._name_representative(told, contact)
        if not told["outcome"].is_rpc:
            self.sudo().contact_ids |= contact
            kind = CALL if contact.phone else "mail.mail_activity_data_email"
            summary = self.env._("Contact %(person)s now", person=contact.name)
            day = self.company_id._recovery_today()
            activity = self._leave(action, kind, day, summary, recovery_is_next=True)
            refs.append([activity._name, activity.id])
        return refs

    def _name_representative(self, told, contact):
        """A lawyer or administrator may be contacted instead of the debtor."""
        hold_type = told["outcome"].hold_type_id
        holds = self.sudo().hold_ids.filtered(
            lambda hold: hold.type_id == hold_type and hold.active_today
        )
        if told["outcome"].group == "stop":
            holds.filtered(
                lambda h: not h.representative_id
            ).representative_id = contact

    def _prepare_new_contact_vals(self, named, role):
        country = self.partner_id.country_id or self.company_id.country_id
        phone, email = named.get("phone"), named.get("email")
        if not phone and not email:
            raise UserError(
                self.env._(
                    "How can %(person)s be reached? Enter a phone number or an e-mail "
                    "address.",
                    person=named["name"],
                )
            )
        return {
            "name": named["name"].strip(),
            "parent_id": self.partner_id.id,
            "type": "contact",
            "phone": phone and self._checked_phone(phone, country),
            "email": email or False,
            "lang": self.partner_id.lang,
            "recovery_contact_role": role,
        }

    def _checked_phone(self, phone, country):
        """A number that can be dialled from anywhere."""
        found = self.env["res.partner"]._recovery_dialable(phone, country)
        if not found:
            raise UserError(
                self.env._(
                    "The number %(number)s cannot be dialled: enter it with its "
                    "country code, such as +32 2 123 45 67.",
                    number=phone,
                )
            )
        return found

    def _apply_wrong_point(self, action, told):
        """Whoever was dialled has another number by now."""
        if not told["outcome"].invalidates_contact:
            return None
        contact = told["contact"] or self.call_partner_id or self.partner_id
        contact.sudo()._recovery_mark_point(told["channel"])
        return [["point", contact.id]]

    def _apply_unsafe(self, action, told):
        """Everybody who goes there reads it first."""
        if told["outcome"].is_unsafe:
            profile = self.sudo()._payer_profile(create=True)
            profile.safety_note = self._told_text(told) or told["outcome"].name
        return None

    def _apply_served(self, action, told):
        """The demand is in the debtor's hands: proof for whatever waits for it."""
        if told["outcome"].is_served:
            who = action.person or self.partner_id.display_name
            action._log_delivery("sent", self.env._("Handed to %(who)s", who=who))
        return None

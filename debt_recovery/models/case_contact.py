from odoo import api, models
from odoo.exceptions import UserError

from .case_today_room import AHEAD, TODAY_ORDER


class DebtRecoveryCaseContact(models.AbstractModel):
    """A contact that a person had with the debtor: one entry in the log and all that
    follows from its outcome, in one transaction. What follows is remembered on the
    entry, so that undoing it takes everything back."""

    _name = "debt.recovery.case.contact.mixin"
    _description = "Contacts of a Recovery Case"
    _inherit = [
        "debt.recovery.case.contact.check.mixin",
        "debt.recovery.case.consequence.mixin",
        "debt.recovery.case.next.mixin",
    ]

    def _record_contact(self, vals):
        """Write a contact into the log and apply its consequences.

        :param vals: ``channel``, ``direction``, ``outcome`` (code), ``contact_id``,
            ``person``, ``note``, ``action_id`` (the task it answers), ``message_id``
            (the mail it is about), ``duration`` (seconds), and what the outcome needs:
            ``date``, ``hour`` (UTC), ``amount``, ``item_ids`` (journal items; left out
            means all that is collectable), ``category_id``, ``new_contact`` (``name``,
            ``phone``, ``email``), ``channel_ids``, ``owner_id``, ``text``, ``confirm``;
            ``more``: further outcomes of the same contact, each with what it needs
        :return: the done ``debt.recovery.action``
        :raise UserError: in one sentence; nothing is written then
        """
        self.ensure_one()
        self.env["debt.recovery.action"].check_access("create")
        told = [self._read_told(part) for part in self._contact_parts(vals)]
        for part in told:
            self._check_told(part)
        action = self._find_contact_action(vals)
        action._claim_spoken(self._spoken_items(told))
        action._set_done(**self._prepare_contact_vals(vals, told, action))
        action._finish_activity(vals.get("note"))
        refs = self._finish_answered(action, told[0]["outcome"])
        for part in told:
            refs += self._apply_outcome(action, part)
        follow = {"consequences": refs, "protected_note": self._protected_note(told)}
        action.sudo()._guarded().write(follow)
        self._refresh_next_action()
        return action

    @api.model
    def _contact_parts(self, vals):
        """Each outcome of the contact with what all share."""
        shared = {
            key: vals.get(key)
            for key in ("channel", "contact_id", "person")
            if vals.get(key)
        }
        return [vals, *({**shared, **part} for part in vals.get("more") or [])]

    def _find_contact_action(self, vals):
        """The task that is answered, else a new entry."""
        actions = self.env["debt.recovery.action"]
        channel = vals.get("channel") or "phone"
        task = actions.browse(vals.get("action_id")) or actions.search(
            self._task_domain(channel), order="date_planned, id", limit=1
        )
        if not task or vals.get("direction") == "in" and not vals.get("action_id"):
            return actions.create(self._prepare_entry_vals(vals, channel))
        if task.case_id != self:
            raise UserError(
                self.env._("That task belongs to another case: open it from there.")
            )
        task._check_button_state("queued")
        return task

    def _task_domain(self, channel):
        """Tasks of the strategy that a contact by this channel answers."""
        return [
            ("case_id", "=", self.id),
            ("state", "=", "queued"),
            ("mode", "=", "task"),
            ("channel_id.code", "=", channel),
        ]

    def _prepare_entry_vals(self, vals, channel):
        """The contact as an entry of its own."""
        found = self.env["debt.recovery.channel"].search([("code", "=", channel)])
        if not found:
            raise UserError(
                self.env._(
                    "There is no channel “%(code)s”: choose phone, e-mail, letter or "
                    "visit.",
                    code=channel,
                )
            )
        return {
            "case_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "strategy_id": self.strategy_id.id,
            "cycle": self.cycle,
            "channel_id": found.id,
            "origin": "manual",
            "mode": "task",
            "direction": vals.get("direction") or "out",
            "date_planned": self.company_id._recovery_today(),
        }

    def _spoken_items(self, told):
        """Items ticked for any outcome of the contact."""
        ticked = self.env["account.move.line"]
        return ticked.union(*(part["items"] for part in told if part["items"]))

    def _prepare_contact_vals(self, vals, told, action):
        """What was said, by whom, where, and what the contact rules thought of it."""
        channel, contact = told[0]["channel"], told[0]["contact"]
        open_parts = [part for part in told if not part["outcome"].protects_note]
        return {
            "user_id": self.env.uid,
            "outcome_id": told[0]["outcome"].id,
            "person": vals.get("person") or contact.name,
            "note": self._told_note(open_parts),
            "duration": vals.get("duration") or 0,
            "address": (contact or self.partner_id)._recovery_point(channel),
            "mail_message_id": vals.get("message_id") or False,
            **self._verdict_of_contact(vals, channel, contact, action),
        }

    def _protected_note(self, told):
        """What only managers and legal may read."""
        return self._told_note([part for part in told if part["outcome"].protects_note])

    def _told_note(self, parts):
        lines = {part["note"]: True for part in parts}
        lines |= {self._told_line(part): True for part in parts}
        return "\n".join(filter(None, lines)) or False

    def _told_line(self, part):
        """What was told for one outcome, as the reader of the log needs it."""
        texts = [part["text"]]
        if part["date"]:
            texts.append(self._format_day(part["date"]))
        if part["amount"]:
            texts.append(self.company_currency_id.format(part["amount"]))
        if part["items"]:
            texts.append(", ".join(part["items"].move_id.mapped("name")))
        if part["category"]:
            texts.append(part["category"].name)
        told = " · ".join(filter(None, texts))
        return told and f"{part['outcome'].name}: {told}"

    def _verdict_of_contact(self, vals, channel, contact, action):
        """What the rules said when we contacted; what comes in needs no permission."""
        if vals.get("direction") == "in":
            return {}
        verdict = self._contact_verdict(
            channel,
            person=contact or None,
            automatic=False,
            claimed=action.line_ids.move_line_id.ids or None,
        )
        return action._prepare_verdict_vals(verdict)

    def _finish_answered(self, action, outcome):
        """Calls that wait for us are answered by this contact: those due, and after a
        conversation also the later ones that earlier contacts left behind.

        :return: references for undoing
        """
        today = self.company_id._recovery_today()
        open_calls = self.sudo().activity_ids.filtered(
            lambda task: (
                task.recovery_action_id != action
                and (
                    task.date_deadline <= today
                    and self._is_own_call(task, action)
                    or task.recovery_is_next
                    and (outcome.group == "spoke" or task.date_deadline <= today)
                )
            )
        )
        # a task of the strategy has an entry of its own
        open_calls -= open_calls._recovery_actions().activity_id
        refs = [["finished", activity.id] for activity in open_calls]
        open_calls._action_done(feedback=outcome.name)
        return refs

    def _is_own_call(self, task, action):
        """A call somebody put down for himself, and made now."""
        is_call = task.activity_category == "phonecall"
        return is_call and action.channel == "phone" and task.user_id == self.env.user

    # BUTTONS

    def action_record_contact(self, vals):
        """Save of the call panel.

        :return: what the panel shows next: the entry, a dialog to open, a warning, the
            next case where it was asked for
        """
        self.ensure_one()
        action = self._record_contact(vals)
        outcomes = [vals, *(vals.get("more") or [])]
        opens = [self._find_outcome(part.get("outcome")) for part in outcomes]
        return {
            "action_id": action.id,
            "can_undo": action.can_mend,
            "outcome": action.outcome_id.name,
            "opens": self._dialog_after(opens),
            "next": self._offer_next() if vals.get("offer_next") else False,
        }

    def _dialog_after(self, outcomes):
        """Dialog that the outcome opens, as an action, else False."""
        for outcome in outcomes:
            if self._opens_for_person(outcome):
                return getattr(self, f"action_{outcome.opens_people}")()
            if outcome.opens and not (outcome.people_only and self._is_person()):
                opener = getattr(self, f"action_{outcome.opens}", None)
                return opener() if opener else False
        return False

    def _is_person(self):
        return not self.partner_id.is_company

    def _offer_next(self):
        """The next case of the user that may be called now."""
        cases = self.search(self._my_work_domain(), order=TODAY_ORDER, limit=AHEAD)
        ready = (cases - self).filtered(
            lambda case: case.amount_collectable > 0 and case.gate_phone == "allowed"
        )
        following = ready[:1]
        return bool(following) and {
            "id": following.id,
            "name": following.partner_id.display_name,
            "todo": following.todo or "",
            "amount": following.company_currency_id.format(
                following.amount_collectable
            ),
        }

    def action_log_call(self):
        """Open the call panel beside the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "recovery_call_panel",
            "params": {
                "caseId": self.id,
                "offerNext": bool(self.env.context.get("recovery_offer_next")),
            },
        }

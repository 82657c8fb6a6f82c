from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryApprovalDecide(models.AbstractModel):
    """Yes, no, a question, or never mind; for one request or several of a kind."""

    _name = "debt.recovery.approval.decide.mixin"
    _description = "Decisions on Approvals"

    # BUTTONS

    def action_approve(self):
        """Say yes. What changed since it was asked is shown first, what is overtaken
        is closed; both are told and nothing of the rest is lost."""
        self._check_may_decide()
        changed = self.browse()
        overtaken = self.browse()
        for approval in self.sudo():
            if problem := approval._problem():
                approval._expire(problem)
                overtaken |= approval
            elif approval._is_changed():
                approval._show_change()
                changed |= approval
            else:
                approval._decide("approved", self.env.user)
        return self._decision_notice(overtaken, changed)

    def action_refuse(self):
        """Ask for the reason, then refuse."""
        self._check_may_decide()
        return self._answer_dialog("refuse", self.env._("Refuse"))

    def action_ask(self):
        """Put a question to the person who asked."""
        self.check_access("read")
        return self._answer_dialog("ask", self.env._("Ask"))

    def action_cancel(self):
        """Withdraw own requests; a manager may withdraw everybody's."""
        self.check_access("read")
        self._lock()
        self._check_waiting()
        for approval in self.sudo():
            user = self.env.user
            managers = approval._managers(approval.company_id)
            if user != approval.requested_by_id and user not in managers:
                raise UserError(
                    self.env._(
                        "“%(request)s” was asked for by %(who)s: only %(who)s or a "
                        "manager can withdraw it.",
                        request=approval.name,
                        who=approval.requested_by_id.name,
                    )
                )
            approval._decide("cancelled", user)
        return True

    def action_open_subject(self):
        """Open what it is about."""
        self.ensure_one()
        subject = self._subject()
        if not subject:
            raise UserError(self._problem())
        return subject.with_env(self.env).get_formview_action()

    def action_open_case(self):
        self.ensure_one()
        return self.case_id.get_formview_action()

    # CHECKS

    def _check_may_decide(self):
        self.check_access("read")
        self._lock()
        self._check_waiting()
        if len(set(self.mapped("kind"))) > 1:
            raise UserError(
                self.env._(
                    "These requests are of several kinds: decide one kind at a time, "
                    "so that nothing slips through."
                )
            )
        for approval in self:
            deciders = approval.sudo()._deciders()
            if self.env.user not in deciders:
                raise UserError(approval._not_yours_sentence(deciders))

    def _check_waiting(self):
        """One clear sentence for whoever comes second."""
        for approval in self.sudo().filtered(lambda a: a.state != "waiting"):
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(request)s” is decided already: %(state)s by %(who)s on "
                    "%(day)s.",
                    request=approval.name,
                    state=states[approval.state].lower(),
                    who=approval.decided_by_id.name or self.env._("the program"),
                    day=format_date(self.env, approval.date_decided),
                )
            )

    def _not_yours_sentence(self, deciders):
        self.ensure_one()
        names = ", ".join(user.name for user in deciders)
        if self.env.user == self.sudo().requested_by_id:
            return self.env._(
                "You asked for “%(request)s” yourself: somebody else decides it "
                "(%(who)s).",
                request=self.name,
                who=names or self.env._("name a second recovery manager"),
            )
        return self.env._(
            "You may not decide “%(request)s” (any more): it is for %(who)s.",
            request=self.name,
            who=names or self.env._("a recovery manager of the company"),
        )

    # WHAT FOLLOWS

    def _is_changed(self):
        """Is it still what the approver was shown?"""
        return self.fingerprint != self._subject()._approval_fingerprint(self)

    def _show_change(self):
        """The request goes on waiting, now with what a yes would do today."""
        self.ensure_one()
        subject = self._subject()
        former = self.effect
        self.write(
            {
                "effect": subject._approval_effect(self),
                "fingerprint": subject._approval_fingerprint(self),
                "amount": subject._approval_amount(),
                "level": max(
                    (self.level, subject._approval_role()),
                    key=["officer", "manager", "final"].index,
                ),
            }
        )
        self._message_log(
            body=self.env._(
                "Changed since it was asked for: “%(former)s” is now “%(now)s”.",
                former=former,
                now=self.effect,
            )
        )

    def _decide(self, state, user, reason=False):
        """Write the decision down, carry it out, tell the asker."""
        for approval in self.sudo():
            approval.write(approval._prepare_decision_vals(state, user, reason))
            subject = approval._subject()
            if state == "approved":
                subject._on_approved(approval)
            elif subject:
                subject._on_refused(approval)
            approval._after_decision(user)

    def _prepare_decision_vals(self, state, user, reason):
        self.ensure_one()
        behalf = self._deciders().get(user) if state != "cancelled" else None
        own = user == self.requested_by_id and state == "approved"
        return {
            "state": state,
            "date_decided": self.company_id._recovery_today(),
            "decided_by_id": user.id,
            "deputised_for_id": behalf.id if behalf else False,
            "self_approved": own,
            "refusal_reason": reason,
            "note": self.env._("Self-approved: the only approver of the company.")
            if own
            else False,
        }

    def _after_decision(self, user):
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        what = self.env._(
            "%(state)s by %(who)s", state=states[self.state], who=user.name
        )
        if self.deputised_for_id:
            what = self.env._(
                "%(what)s on behalf of %(absent)s",
                what=what,
                absent=self.deputised_for_id.name,
            )
        if self.self_approved:
            what = self.env._("%(what)s (self-approved)", what=what)
        self._message_log(body=what)
        self._log_on_case(what)
        self.case_id.filtered(lambda c: c.state == "open")._refresh_next_action()
        if user != self.requested_by_id:
            self._notify_asker(what)

    def _expire(self, problem):
        """Nothing is left to decide."""
        for approval in self.sudo():
            approval.write(
                {
                    "state": "expired",
                    "note": problem,
                    "date_decided": approval.company_id._recovery_today(),
                }
            )
            subject = approval._subject()
            if subject:
                subject._on_refused(approval)
            approval._message_log(body=problem)
            approval._notify_asker(problem)

    # SCREEN

    def _answer_dialog(self, mode, title):
        return {
            "name": title,
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.approval.answer",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_approval_ids": [fields.Command.set(self.ids)],
                "default_mode": mode,
            },
        }

    def _decision_notice(self, overtaken, changed):
        """Nothing to tell when all went through."""
        sentences = [
            self.env._(
                "“%(request)s”: %(why)s", request=approval.name, why=approval.note
            )
            for approval in overtaken
        ]
        sentences += [
            self.env._(
                "“%(request)s” has changed since it was asked for: read what a yes "
                "does now, then approve it.",
                request=approval.name,
            )
            for approval in changed
        ]
        if not sentences:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(sentences),
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

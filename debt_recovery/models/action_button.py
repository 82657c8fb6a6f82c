from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DebtRecoveryActionButton(models.AbstractModel):
    """Buttons of the action, for one row or for a selection."""

    _name = "debt.recovery.action.button.mixin"
    _description = "Buttons of a recovery action"

    def action_approve(self):
        """Let reviewed messages leave; at once, or with the next release. What somebody
        else approved meanwhile needs no second yes."""
        self._check_not_merged()
        self._check_button_state("planned", "approved")
        waiting = self.filtered(lambda action: action.state == "planned")
        if not waiting:
            self._check_button_state("planned")
        leaving, approvals = waiting._ask_before_leaving()
        leaving._guarded().write({"state": "approved", "approved_by_id": self.env.uid})
        at_once = leaving.filtered(lambda a: a.company_id.recovery_release == "at_once")
        at_once._release()
        return self._approval_asked_notice(approvals) if approvals else True

    def action_send_now(self):
        """Release at once, without waiting for the release hour."""
        self._check_button_state("planned", "approved")
        leaving, approvals = self._ask_before_leaving()
        review = leaving.filtered(lambda a: a.state == "planned" and a.mode == "review")
        review._guarded().write({"state": "approved", "approved_by_id": self.env.uid})
        leaving._release()
        return self._approval_asked_notice(approvals) if approvals else True

    def action_skip(self):
        """Ask for the reason, then leave this step out."""
        self._check_button_state("planned", "approved")
        return self._button_wizard("debt.recovery.action.skip", self.env._("Skip"))

    def action_cancel(self):
        """Take back what has not left yet."""
        self._check_button_state("planned", "approved", "queued")
        self._cancel(self.env._("Cancelled by %(user)s.", user=self.env.user.name))
        return True

    def action_retry(self):
        """Plan failed messages anew and release them at once.

        The failed row stays in the log as evidence. Its mail is cancelled first, so
        that the mail queue cannot send it as well.
        """
        self._check_button_state("failed")
        self._cancel_mails()
        again = self._plan_from_decisions([a._prepare_retry_vals() for a in self])
        if not again:
            raise UserError(
                self.env._("This step has been planned or sent anew in the meantime.")
            )
        again._release()
        return again._button_open()

    def _prepare_retry_vals(self):
        """Plan of the second attempt. Recipients and amounts are looked up again; a
        text written by hand is kept, without the frame it was sent in."""
        self.ensure_one()
        text = self.sudo().mail_message_id.body or self.body
        return {
            "case_id": self.case_id.id,
            "strategy_id": self.strategy_id.id,
            "step_id": self.step_id.id,
            "cycle": self.cycle,
            "channel_id": self.channel_id.id,
            "origin": self.origin,
            "mode": "auto" if self.mode == "review" else self.mode,
            "tone": self.tone,
            "user_id": self.user_id.id,
            "subject": self.subject if self.custom_text else False,
            "body": text if self.custom_text else False,
            "custom_text": self.custom_text,
            "claims_nothing": self.claims_nothing,
            "driver_line_id": self.driver_line_id.id,
            "driver_amount": self.driver_amount,
            "reason": self.env._(
                "Second attempt; the first failed: %(why)s", why=self.failure or ""
            ),
            "line_ids": self.line_ids.move_line_id.ids,
        }

    def action_was_sent(self):
        """A person knows that the unclear message left."""
        self._check_button_state("unclear")
        self._set_done(reason=self._decided_text())
        self._log_delivery("sent", self._decided_text())
        return True

    def action_was_not_sent(self):
        """A person knows that the unclear message did not leave."""
        self._check_button_state("unclear")
        self._cancel_mails()
        self._set_failed(self._decided_text())
        return True

    def _decided_text(self):
        return self.env._(
            "Decided by %(user)s on %(date)s.",
            user=self.env.user.name,
            date=format_date(self.env, self.company_id[:1]._recovery_today()),
        )

    def action_verify_chain(self):
        """Tell whether the logs of these cases are as they were written."""
        problems = self._verify_chain()
        if problems:
            message = "\n".join(
                self.env._(
                    "%(action)s (number %(no)s): %(problem)s.",
                    action=action.display_name,
                    no=action.chain_no,
                    problem=problem,
                )
                for action, problem in problems
            )
        else:
            message = self.env._("The log is intact.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Contact log"),
                "message": message,
                "type": "danger" if problems else "success",
                "sticky": bool(problems),
            },
        }

    def action_preview(self):
        """Show the message exactly as the debtor gets it."""
        self.ensure_one()
        self._check_not_merged()
        self._check_button_state("planned", "approved")
        action = self._button_wizard(
            "debt.recovery.send.preview", self.env._("Preview"), action_id=self.id
        )
        action["context"]["dialog_size"] = "large"
        return action

    def action_correct(self):
        """Put an entry of the log right, by another entry."""
        self.ensure_one()
        self._check_button_state("done")
        return self._button_wizard(
            "debt.recovery.action.correct",
            self.env._("Log a Correction"),
            action_id=self.id,
        )

    def action_recovery_call(self):
        """Open the call panel to answer this task."""
        self.ensure_one()
        action = self.case_id.action_log_call()
        action["params"] |= {"actionId": self.id, "channel": self._panel_channel()}
        return action

    def _panel_channel(self):
        """A task of no channel of its own is answered by phone."""
        return "phone" if self.channel == "activity" else self.channel

    def action_open_case(self):
        self.ensure_one()
        return self.case_id.get_formview_action()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_button_state(self, *states):
        """One clear sentence when a button does not fit."""
        wrong = self.filtered(lambda action: action.state not in states)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(action)s” is %(state)s by now; this is no longer possible.",
                    action=wrong[0].display_name,
                    state=labels[wrong[0].state].lower(),
                )
            )

    def _button_wizard(self, model, name, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_action_ids": [(6, 0, self.ids)],
                **{f"default_{key}": value for key, value in defaults.items()},
            },
        }

    def _button_open(self):
        """Open these actions: one as a form, several as a list."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Actions"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", self.ids)],
        }
        if len(self) == 1:
            action |= {"view_mode": "form", "res_id": self.id}
        return action

from datetime import timedelta

from odoo import api, fields, models

from .action_guard import MENDING_TIME, OPEN_STATES
from .bulk import update_rows


class DebtRecoveryActionState(models.AbstractModel):
    """The state machine. Only these methods move an action, and each tells the case
    what it needs to know; a failure never advances the step."""

    _name = "debt.recovery.action.state.mixin"
    _description = "States of a recovery action"

    # ------------------------------------------------------------------
    # Transitions
    # ------------------------------------------------------------------

    def _set_queued(self, **vals):
        """Handed over, not yet gone: the key stays taken, the step stands still."""
        vals = {"state": "queued", "date_queued": fields.Datetime.now(), **vals}
        self._guarded().write(vals)

    @api.model
    def _set_queued_each(self, vals_by_action):
        """The same for many at once.

        :param vals_by_action: ``{action: values}`` as the database keeps them
        """
        queued = {"state": "queued", "date_queued": fields.Datetime.now()}
        update_rows(
            self, {action.id: queued | vals for action, vals in vals_by_action.items()}
        )

    def _set_done(self, **vals):
        """It has really left, or was really carried out: it enters the log, sealed at
        once unless it is a person's note (``action_guard``)."""
        actions = self.filtered(lambda action: action.state != "done")
        if not actions:
            return
        for action in actions:
            action._guarded().write(action._prepare_done_vals(vals))
        actions._seal_due()
        for action in actions._unguarded():
            if not action.correction_of_id:  # no contact of its own
                action._tell_case("_on_action_done")
                action._answer_reply()

    def _prepare_done_vals(self, vals):
        """Values written when one action becomes done."""
        self.ensure_one()
        done = fields.Datetime.to_datetime(vals.get("date_done"))
        done = done or fields.Datetime.now()
        mending = MENDING_TIME if self._has_mending_time(vals) else timedelta()
        return {
            "state": "done",
            "date_done": done,
            "sealed_at": done + mending,
            "failure": False,
            "amount_claimed": sum(self.line_ids.mapped("amount")),
            "cost": self._find_cost(),
            "document_facts": self._document_facts() or False,
            **vals,
        }

    def _set_failed(self, reason):
        """It did not leave. The row stays as evidence, its key becomes free."""
        self._guarded().write({"state": "failed", "failure": reason})
        self._log_delivery("failed", reason)

    def _set_unclear(self, reason):
        """It may have left. Never retried by the program: a person decides."""
        self._guarded().write({"state": "unclear", "failure": reason})

    def _set_refused(self, verdict, reason):
        """The contact rules forbid it. Refused attempts are part of the log."""
        self._guarded().write(
            {"state": "refused", "verdict": verdict, "reason": reason}
        )

    def _set_skipped(self, reason):
        self._guarded().write({"state": "skipped", "reason": reason})
        for action in self:
            action._tell_case("_on_action_skipped")

    def _cancel(self, reason):
        """Take back what has not left yet, with the mail or activity behind it."""
        actions = self.filtered(lambda a: a.state in (*OPEN_STATES, "queued"))
        actions._cancel_mails()
        activities = actions.activity_id
        actions._guarded().write({"state": "cancelled", "reason": reason})
        activities.sudo().unlink()

    def _answer_reply(self):
        """What a person made of an e-mail answers the open reply it was about."""
        self.ensure_one()
        if self.mode == "task" and self.direction == "in" and self.mail_message_id:
            self.case_id._reply_handled(self.mail_message_id, self)

    # ------------------------------------------------------------------
    # Around it
    # ------------------------------------------------------------------

    def _tell_case(self, method):
        """Call a hook of the case, as far as it has one. Its position moves by what
        was done, whoever did it: a field officer may log a call, not edit the case."""
        self.ensure_one()
        hook = getattr(self.case_id.sudo(), method, None)
        if hook:
            hook(self)

    def _log_delivery(self, kind, detail=None):
        """Append one delivery event to each action."""
        self.env["debt.recovery.delivery"].sudo().with_context(
            **self._guarded().env.context
        ).create(
            [
                {"action_id": action.id, "kind": kind, "detail": detail}
                for action in self
            ]
        )

    def _finish_activity(self, feedback=False):
        """Close the activity of a task that was done elsewhere."""
        activities = self.activity_id.filtered("active")
        if activities:
            activities.action_feedback(feedback=feedback)

    def _cancel_mails(self):
        """Stop outgoing mails of the actions and forget failed ones, so that nobody
        can send an old text from the mail queue."""
        mails = self._action_mails()
        mails.filtered(lambda mail: mail.state in ("outgoing", "exception")).cancel()

    def _action_mails(self):
        """Existing outgoing mails of the actions, readable for the program."""
        refs = [ref for ref in self.mapped("mail_mail_ref") if ref]
        return self.env["mail.mail"].sudo().browse(refs).exists()

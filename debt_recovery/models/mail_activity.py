from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

TRACE = "debt_recovery.mail_activity_type_trace"


class MailActivity(models.Model):
    """A task of the strategy is done when its activity is done; activities that a
    contact left behind know it."""

    _inherit = "mail.activity"

    recovery_action_id = fields.Many2one(
        "debt.recovery.action",
        "Left by Contact",
        index="btree_not_null",
        ondelete="set null",
        groups="debt_recovery.group_officer,debt_recovery.group_field,"
        "debt_recovery.group_legal,debt_recovery.group_auditor",
    )
    recovery_hour = fields.Datetime(
        "Agreed Hour", help="The debtor expects our call then (UTC)."
    )
    recovery_is_next = fields.Boolean(
        "Next Attempt", help="Answered by the next contact on the case."
    )
    recovery_is_trace = fields.Boolean(
        compute="_compute_recovery_is_trace",
        help="A bookkeeper looks for a payment: found or not.",
    )

    @api.depends("activity_type_id")
    def _compute_recovery_is_trace(self):
        trace = self.env.ref(TRACE, raise_if_not_found=False)
        for activity in self:
            activity.recovery_is_trace = bool(
                trace and activity.activity_type_id == trace
            )

    def _action_done(self, feedback=False, attachment_ids=None):
        actions = self._recovery_actions()
        self._recovery_answer(feedback)
        self._recovery_do_deadlines(feedback)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if actions:
            vals = {"user_id": self.env.uid}
            if feedback:
                vals["note"] = feedback
            actions._set_done(**vals)
        return result

    def _recovery_do_deadlines(self, feedback):
        """The activity of a legal deadline done is the deadline done."""
        mine = self.filtered(lambda a: a.res_model == "debt.recovery.legal.case")
        if mine:
            events = self.env["debt.recovery.legal.event"]
            found = events.search(
                [("activity_id", "in", mine.ids), ("state", "=", "planned")]
            )
            found._do_by_activity(feedback)

    def _recovery_answer(self, feedback):
        """Whoever marks a question as done answers it with the feedback."""
        asked = self.filtered(lambda a: a.res_model == "debt.recovery.question")
        if not asked or not feedback or self.env.context.get("recovery_answered"):
            return
        for activity in asked:
            question = self.env["debt.recovery.question"].browse(activity.res_id)
            question.with_context(recovery_activity_done=True)._answer(feedback)

    def unlink(self):
        actions = self._recovery_actions()
        result = super().unlink()
        if actions:
            reason = self.env._(
                "Its activity was cancelled by %(user)s.", user=self.env.user.name
            )
            actions._cancel(reason)
        return result

    def _recovery_actions(self):
        """Queued actions behind these activities; no query for other documents."""
        mine = self.sudo().filtered(lambda a: a.res_model == "debt.recovery.case")
        if not mine:
            return self.env["debt.recovery.action"].sudo()
        return (
            self.env["debt.recovery.action"]
            .sudo()
            .search([("activity_id", "in", mine.ids), ("state", "=", "queued")])
        )

    def _recovery_reopen(self):
        """Undo that they were done."""
        self.filtered(lambda a: not a.active).write({"active": True, "feedback": False})

    def _to_store_defaults(self, target):
        return [*super()._to_store_defaults(target), "recovery_is_trace"]

    # PAYMENT TRACE

    def action_recovery_found(self):
        """The payment is in: the items stay held until it is matched, or their day is
        over."""
        self._recovery_end_trace(self.env._("Payment found"))
        return True

    def action_recovery_not_found(self):
        """There is no payment: the items are chased again at once, as after a broken
        promise."""
        text = self.env._("Payment not found")
        holds, case = self._recovery_end_trace(text)
        holds.filtered(lambda hold: not hold.date_released)._release(text)
        case._recovery_event("broken")
        case._refresh_next_action()
        return True

    def _recovery_end_trace(self, text):
        """Close the trace, tell the case.

        :return: the holds it was about, the case
        """
        self.ensure_one()
        self._recovery_check_trace()
        entry = self.sudo().recovery_action_id
        case = entry.case_id
        holds = self.env["debt.recovery.hold"].sudo()
        ids = [ref[1] for ref in entry.consequences or [] if ref[0] == holds._name]
        summary = self.summary
        self.action_feedback(feedback=text)
        case._message_log(
            body=self.env._("%(result)s. %(what)s", result=text, what=summary)
        )
        return holds.browse(ids).exists(), case

    def _recovery_check_trace(self):
        if not self.active:
            raise UserError(self.env._("This trace is finished already."))
        groups = ("account.group_account_invoice", "debt_recovery.group_manager")
        mine = self.user_id == self.env.user
        if not mine and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only bookkeepers say whether a payment was found.")
            )
        if not self.recovery_is_trace or not self.sudo().recovery_action_id:
            raise UserError(
                self.env._("This activity is no payment trace: mark it as done.")
            )

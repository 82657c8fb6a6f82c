from odoo import models


class MailActivity(models.Model):
    """A task of the strategy is done when its activity is done."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        actions = self._recovery_actions()
        self._recovery_answer(feedback)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if actions:
            vals = {"user_id": self.env.uid}
            if feedback:
                vals["note"] = feedback
            actions._set_done(**vals)
        return result

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

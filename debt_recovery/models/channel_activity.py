from odoo import api, models
from odoo.tools import is_html_empty

ACTIVITY_TYPES = {
    "phone": "mail.mail_activity_data_call",
    "visit": "mail.mail_activity_data_meeting",
    "email": "mail.mail_activity_data_email",
}


class DebtRecoveryChannelActivity(models.AbstractModel):
    """Work for people: an activity on the case. The action is done when the activity
    is done and cancelled when it is cancelled (``mail_activity``)."""

    _name = "debt.recovery.channel.activity"
    _description = "Recovery channel: activity"

    @api.model
    def _send(self, actions):
        """Give out the tasks, one create for all."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .with_context(mail_activity_quick_update=self.env.su)
            .create([self._prepare_activity_vals(action) for action in actions])
        )
        for action, activity in zip(actions, activities, strict=True):
            action._set_queued(activity_id=activity.id, user_id=activity.user_id.id)
            action._tell_case("_on_task_planned")

    @api.model
    def _prepare_activity_vals(self, action):
        """The step's script as note, for the colleague of the step's role."""
        step = action.step_id
        user = action.case_id._get_internal_user(step.recipient_role or "officer")
        return {
            "activity_type_id": self._activity_type(action).id,
            "res_model_id": self.env["ir.model"]._get_id("debt.recovery.case"),
            "res_id": action.case_id.id,
            "user_id": user.id,
            "date_deadline": action.date_planned,
            "summary": step.name or action.subject or action.channel_id.name,
            "note": self._activity_note(action),
            "automated": True,
        }

    @api.model
    def _activity_type(self, action):
        xmlid = ACTIVITY_TYPES.get(action.channel, "mail.mail_activity_data_todo")
        fallback = "mail.mail_activity_data_todo"
        return self.env.ref(xmlid, raise_if_not_found=False) or self.env.ref(fallback)

    @api.model
    def _activity_note(self, action):
        """Script, then what it is about."""
        script = action.step_id.script
        if is_html_empty(script):
            return action.reason or False
        return script


class DebtRecoveryChannelPhone(models.AbstractModel):
    """Calls are made by people."""

    _name = "debt.recovery.channel.phone"
    _description = "Recovery channel: phone"
    _inherit = "debt.recovery.channel.activity"


class DebtRecoveryChannelVisit(models.AbstractModel):
    """Visits are made by people."""

    _name = "debt.recovery.channel.visit"
    _description = "Recovery channel: visit"
    _inherit = "debt.recovery.channel.activity"

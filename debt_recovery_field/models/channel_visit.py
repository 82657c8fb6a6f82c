from odoo import api, models


class DebtRecoveryChannelVisit(models.AbstractModel):
    """A visit step of a strategy becomes a visit in the round of a field officer; where
    field work is off it stays a task."""

    _inherit = "debt.recovery.channel.visit"

    @api.model
    def _send(self, actions):
        in_field = actions.filtered(lambda a: a.company_id.sudo().recovery_field)
        visits = self.env["debt.recovery.visit"].sudo()
        if in_field:
            visits.with_context(recovery_gate_asked=True).create(
                [self._prepare_visit_vals(action) for action in in_field]
            )
        return super()._send(actions)

    @api.model
    def _prepare_visit_vals(self, action):
        visits = self.env["debt.recovery.visit"]
        return {
            "case_id": action.case_id.id,
            "action_id": action.id,
            "purpose": action.step_id.name,
            "start": visits._local_start(action.company_id, action.date_planned, 10),
        }

    @api.model
    def _prepare_activity_vals(self, action):
        """The task is on the list of who goes there."""
        vals = super()._prepare_activity_vals(action)
        visit = action.sudo().visit_ids.filtered(lambda v: v.state != "cancelled")[:1]
        return {**vals, "user_id": visit.user_id.id} if visit else vals

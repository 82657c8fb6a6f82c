from odoo import api, models


class DebtRecoveryChannelMonthlyList(models.AbstractModel):
    """Debts too small for a task of their own: the case waits for the manager's list
    of the month (``case_small_debt``), nobody gets an activity."""

    _name = "debt.recovery.channel.monthly_list"
    _description = "Recovery channel: monthly list"

    @api.model
    def _send(self, actions):
        for action in actions:
            user = action.case_id._get_internal_user("manager")
            action._set_queued(user_id=user.id)
            action._tell_case("_on_task_planned")

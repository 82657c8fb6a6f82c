from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryActionSkip(models.TransientModel):
    """Leave a step out, with the reason in the log."""

    _name = "debt.recovery.action.skip"
    _description = "Skip a Step"

    case_id = fields.Many2one("debt.recovery.case")
    step_id = fields.Many2one("debt.recovery.strategy.step")
    action_ids = fields.Many2many("debt.recovery.action", string="Actions")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        case = self.env["debt.recovery.case"].browse(values.get("case_id"))
        if case and not values.get("action_ids"):
            step = case.next_step_id
            if not step:
                raise UserError(
                    self.env._(
                        "No step comes next on %(case)s.", case=case.display_name
                    )
                )
            values["step_id"] = step.id
        return values

    def action_confirm(self):
        """Skip the chosen actions, or the next step of the case."""
        self.ensure_one()
        actions = self.action_ids or self._find_or_plan()
        actions._check_button_state("planned", "approved")
        actions._set_skipped(self.reason)
        actions.case_id._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

    def _find_or_plan(self):
        """Actions of the step: those that wait, else planned only to be skipped, so
        that the log tells what was left out."""
        actions = self.env["debt.recovery.action"]
        waiting = actions.search(self._waiting_domain())
        if waiting:
            return waiting
        planned = actions._plan_from_decisions(
            [
                {
                    "case_id": self.case_id.id,
                    "step_id": self.step_id.id,
                    "strategy_id": self.case_id.strategy_id.id,
                    "cycle": self.case_id.cycle,
                    "channel_id": channel.id,
                    "mode": self.step_id.mode,
                }
                for channel in self.step_id.channel_ids
            ]
        )
        if not planned:
            raise UserError(
                self.env._("This step has already been taken; it cannot be skipped.")
            )
        return planned

    def _waiting_domain(self):
        return [
            ("case_id", "=", self.case_id.id),
            ("step_id", "=", self.step_id.id),
            ("cycle", "=", self.case_id.cycle),
            ("state", "in", ("planned", "approved")),
        ]

from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryStrategyChange(models.TransientModel):
    """Chase running cases in another way. What was sent stays sent: the new strategy
    goes on from the day reached, it does not start again."""

    _name = "debt.recovery.strategy.change"
    _description = "Change the Strategy"

    case_ids = fields.Many2many("debt.recovery.case", string="Cases", required=True)
    automatic = fields.Boolean(
        "Let the Rules Choose",
        help="Give the choice back to the rules of the strategies.",
    )
    strategy_id = fields.Many2one(
        "debt.recovery.strategy",
        "New Strategy",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    reason = fields.Char(required=True)

    @api.depends("case_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.case_ids.company_id[:1]

    def action_change(self):
        """Change, cancel what the old strategy had planned, and say so on the case."""
        self.ensure_one()
        if not (self.automatic or self.strategy_id):
            raise UserError(self.env._("Choose the new strategy."))
        cases = self.case_ids.filtered(lambda case: case.state != "closed")
        former = {case: case.strategy_id for case in cases}
        if self.automatic:
            cases.write({"strategy_manual": False})
            cases._assign_strategy()
        else:
            cases.write({"strategy_id": self.strategy_id.id, "strategy_manual": True})
        changed = cases.filtered(lambda case: case.strategy_id != former[case])
        self._cancel_planned(changed)
        cases._refresh_next_action()
        for case in cases:
            case.message_post(body=self._change_text(case, former[case]))
        return {"type": "ir.actions.act_window_close"}

    def _cancel_planned(self, cases):
        """What the former strategy wanted to send does not leave any more."""
        planned = cases.action_ids.filtered(
            lambda action: (
                action.origin == "engine" and action.state in ("planned", "approved")
            )
        )
        planned._cancel(self.env._("Strategy changed: %(why)s", why=self.reason))

    def _change_text(self, case, former):
        return self.env._(
            "Strategy: %(former)s → %(new)s. %(reason)s",
            former=former.name or self.env._("none"),
            new=case.strategy_id.name or self.env._("none"),
            reason=self.reason,
        )

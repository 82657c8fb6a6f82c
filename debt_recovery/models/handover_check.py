from odoo import fields, models
from odoo.exceptions import UserError

from .handover_rule import CODES, FIXERS


class DebtRecoveryHandoverCheck(models.Model):
    """The answer of one rule on the day of the hand-over, kept as it was decided on."""

    _name = "debt.recovery.handover.check"
    _description = "Hand-over Check"
    _order = "sequence, id"

    handover_id = fields.Many2one(
        "debt.recovery.handover", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="handover_id.company_id", store=True)
    sequence = fields.Integer()
    rule_id = fields.Many2one("debt.recovery.handover.rule", ondelete="set null")
    name = fields.Char("Point", required=True)
    code = fields.Selection(CODES, required=True)
    status = fields.Selection(
        [("met", "There"), ("warn", "Note"), ("missing", "Missing")], required=True
    )
    detail = fields.Char()
    fixer = fields.Selection(FIXERS, "Who Can Fix It")
    fixer_name = fields.Char("Whom to Ask")
    blocks = fields.Boolean()
    overridable = fields.Boolean()
    override_reason = fields.Char(
        "Left Out Because", help="A manager answers for leaving this point out."
    )
    state = fields.Selection(related="handover_id.state")

    def write(self, vals):
        if vals.get("override_reason") and not self.env.su:
            self._check_override()
        return super().write(vals)

    def _check_override(self):
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a manager answers for leaving a point out.")
            )
        for check in self.filtered(lambda check: not check.overridable):
            raise UserError(
                self.env._(
                    "“%(point)s” cannot be left out by anybody: fix it.",
                    point=check.name,
                )
            )

    def action_fix(self):
        """Go where it can be fixed; back with the breadcrumb."""
        self.ensure_one()
        return self.handover_id._fix_action(self.code)

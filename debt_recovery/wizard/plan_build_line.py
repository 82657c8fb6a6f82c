from odoo import fields, models


class DebtRecoveryPlanBuildLine(models.TransientModel):
    """One item of the plan; amounts in the currency of the item."""

    _name = "debt.recovery.plan.build.line"
    _description = "Planned Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.plan.build", required=True, ondelete="cascade"
    )

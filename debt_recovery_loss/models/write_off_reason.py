from odoo import fields, models


class DebtRecoveryWriteOffReason(models.Model):
    """Why a claim is given up; counted in the reports."""

    _name = "debt.recovery.write.off.reason"
    _description = "Reason of a Write-off"
    _inherit = "debt.recovery.code.mixin"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    evidence = fields.Char(
        translate=True, help="What to attach, so that an auditor understands it."
    )

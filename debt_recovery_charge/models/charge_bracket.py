from decimal import Decimal

from odoo import fields, models

from ..tools.brackets import Bracket


class DebtRecoveryChargeBracket(models.Model):
    """What is charged for a claim up to a limit, in the currency of the rule."""

    _name = "debt.recovery.charge.bracket"
    _description = "Bracket of a Charge Rule"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        "debt.recovery.charge.rule", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    limit = fields.Float("Up To", help="Zero: no limit, the last row.")
    is_inclusive = fields.Boolean(
        "Limit Included", default=True, help="Whether the limit itself belongs here."
    )
    fixed = fields.Float("Fixed Amount")
    percent = fields.Float("Percent Above", help="Of what exceeds the row before.")

    def _to_brackets(self):
        """The rows as the pure rules know them."""
        return [
            Bracket(
                Decimal(str(row.limit)) if row.limit else None,
                Decimal(str(row.fixed)),
                Decimal(str(row.percent)),
                row.is_inclusive,
            )
            for row in self
        ]

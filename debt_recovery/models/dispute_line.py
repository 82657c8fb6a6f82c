from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DebtRecoveryDisputeLine(models.Model):
    """A contested amount of one open item, in the item's currency."""

    _name = "debt.recovery.dispute.line"
    _description = "Disputed Item"
    _inherit = "debt.recovery.case.scope.line.mixin"
    _rec_name = "move_line_id"

    dispute_id = fields.Many2one(
        "debt.recovery.dispute", required=True, ondelete="cascade", index=True
    )
    amount_currency = fields.Monetary(
        "Disputed",
        required=True,
        compute="_compute_amount_currency",
        store=True,
        readonly=False,
        precompute=True,
        help="Contested amount in the currency of the item; all that is open unless "
        "changed.",
    )
    state = fields.Selection(related="dispute_id.state", store=True)

    _open_line_idx = models.Index("(move_line_id) WHERE state = 'open'")

    @api.depends("move_line_id")
    def _compute_amount_currency(self):
        for line in self:
            line.amount_currency = line.residual_currency

    @api.constrains("amount_currency", "move_line_id")
    def _check_amount_currency(self):
        for line in self:
            if line.currency_id.compare_amounts(line.amount_currency, 0) <= 0:
                raise ValidationError(
                    self.env._(
                        "The disputed amount of %(item)s must be above zero.",
                        item=line.move_id.display_name,
                    )
                )

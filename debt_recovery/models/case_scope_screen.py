from odoo import api, fields, models


class DebtRecoveryCaseScopeScreen(models.AbstractModel):
    """How disputes and agreements are shown in lists: their sum per currency."""

    _name = "debt.recovery.case.scope.screen.mixin"
    _description = "Screen of a Dispute or Agreement"

    amount_text = fields.Char("Amount", compute="_compute_amount_text")

    @api.depends("line_ids")
    def _compute_amount_text(self):
        for record in self:
            sums = {}
            for line in record.line_ids:
                sums.setdefault(line.currency_id, 0.0)
                sums[line.currency_id] += record._scope_line_amount(line)
            record.amount_text = " + ".join(
                currency.format(amount) for currency, amount in sums.items()
            )

    @api.model
    def _scope_line_amount(self, line):
        """The amount of a line, in the currency of its item."""
        return line.amount_covered if "amount_covered" in line else line.amount_currency

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DebtRecoveryDisputeOpen(models.TransientModel):
    """Write down what the debtor contests: which items, how much of each, and why.
    Only that leaves the collectable amount; the rest is still chased."""

    _name = "debt.recovery.dispute.open"
    _description = "Open a Dispute"
    _inherit = "debt.recovery.item.choice.mixin"

    name = fields.Char("Reason", required=True)
    note = fields.Text("Details")
    line_ids = fields.One2many("debt.recovery.dispute.open.line", "wizard_id", "Items")

    @api.model
    def _choice_amount(self, row):
        """Everything on the item that is not disputed yet, due or not."""
        return row.amount_residual_currency - row.amount_disputed_currency

    @api.model
    def _is_ticked(self, row):
        """The officer says which; nothing is disputed by accident."""
        return False

    def action_confirm(self):
        """Open the dispute; the figures follow in the same transaction."""
        self.ensure_one()
        lines = self._chosen_lines()
        if not lines:
            raise UserError(self.env._("Tick the items that the debtor contests."))
        self._check_amounts(lines)
        dispute = self.env["debt.recovery.dispute"].create(
            self._prepare_dispute_vals(lines)
        )
        self.case_id.message_post(
            body=self.env._(
                "Dispute opened: %(reason)s, %(amount)s. %(note)s",
                reason=dispute.name,
                amount=self.amount_text,
                note=self.note or "",
            )
        )
        self.case_id._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

    def _check_amounts(self, lines):
        """More than what is open cannot be contested."""
        for line in lines:
            if line.currency_id.compare_amounts(line.amount, line.amount_open) > 0:
                raise UserError(
                    self.env._(
                        "Of %(item)s only %(open)s is open, so %(amount)s cannot be "
                        "disputed.",
                        item=line.name,
                        open=line.currency_id.format(line.amount_open),
                        amount=line.currency_id.format(line.amount),
                    )
                )

    def _prepare_dispute_vals(self, lines):
        return {
            "case_id": self.case_id.id,
            "name": self.name,
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.move_line_id.id,
                        "amount_currency": line.amount,
                    }
                )
                for line in lines
            ],
        }


class DebtRecoveryDisputeOpenLine(models.TransientModel):
    """One item of the dispute; amounts in the currency of the item."""

    _name = "debt.recovery.dispute.open.line"
    _description = "Contested Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.dispute.open", required=True, ondelete="cascade"
    )

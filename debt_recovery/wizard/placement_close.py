from odoo import fields, models
from odoo.exceptions import UserError

from ..models.placement import RESULTS


class DebtRecoveryPlacementClose(models.TransientModel):
    """How a placement ended, or why it is recalled. The strategy of the case goes on
    where it stood."""

    _name = "debt.recovery.placement.close"
    _description = "End a Placement"

    placement_id = fields.Many2one("debt.recovery.placement", required=True)
    company_currency_id = fields.Many2one(related="placement_id.company_currency_id")
    state = fields.Selection(
        [("closed", "Closed"), ("recalled", "Recalled")],
        required=True,
        default="closed",
    )
    result = fields.Selection(RESULTS)
    note = fields.Char("Explanation")
    amount_open = fields.Monetary(
        related="placement_id.amount_open", currency_field="company_currency_id"
    )
    amount_with_agency = fields.Monetary(
        related="placement_id.amount_with_agency",
        currency_field="company_currency_id",
    )

    def action_end(self):
        """Close or recall it."""
        self.ensure_one()
        if self.state == "closed" and not self.result:
            raise UserError(self.env._("Choose the result."))
        if self.result != "paid" and not (self.note or "").strip():
            raise UserError(self.env._("Explain it in a few words."))
        self.placement_id.check_access("write")
        result = self.result if self.state == "closed" else False
        self.placement_id._end(self.state, result, self.note)
        return {"type": "ir.actions.act_window_close"}

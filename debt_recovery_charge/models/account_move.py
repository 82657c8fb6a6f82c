from odoo import api, fields, models


class AccountMove(models.Model):
    """Debit notes that bill charges."""

    _inherit = "account.move"

    recovery_bills_charges = fields.Boolean(
        compute="_compute_recovery_bills_charges",
        search="_search_recovery_bills_charges",
        compute_sudo=True,
    )

    @api.depends("invoice_line_ids.recovery_charge_id")
    def _compute_recovery_bills_charges(self):
        for move in self:
            move.recovery_bills_charges = bool(move.invoice_line_ids.recovery_charge_id)

    def _search_recovery_bills_charges(self, operator, value):
        if operator != "in":
            return NotImplemented
        bills = ("line_ids", "any", [("recovery_charge_id", "!=", False)])
        found = [bills] if True in value else []
        if False in value:
            found = [] if found else ["!", bills]
        return found

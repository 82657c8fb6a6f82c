from odoo import api, fields, models


class DebtRecoveryPlacementItem(models.Model):
    """One placed item, its amount frozen at the placing. What was paid on it since is
    read from the ledger."""

    _name = "debt.recovery.placement.item"
    _description = "Placed Item"
    _order = "placement_id, date_due, id"

    placement_id = fields.Many2one(
        "debt.recovery.placement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="placement_id.company_id", store=True, index=True
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char("Invoice", required=True)
    date = fields.Date("Dated")
    date_due = fields.Date("Due")
    currency_id = fields.Many2one("res.currency", required=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    amount_currency = fields.Monetary("Placed")
    amount = fields.Monetary("Placed (Company)", currency_field="company_currency_id")
    partial_mark = fields.Integer(readonly=True)
    paid = fields.Monetary(
        "Paid since",
        compute="_compute_paid",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    amount_open = fields.Monetary(
        "Open",
        compute="_compute_paid",
        compute_sudo=True,
        currency_field="company_currency_id",
    )

    _line_unique = models.UniqueIndex(
        "(placement_id, move_line_id)", "This item is placed already."
    )

    @api.depends("amount", "move_line_id", "placement_id.state")
    def _compute_paid(self):
        facts = self.placement_id._read_ledger() if self.ids else []
        paid, gone = {}, {}
        for fact in facts:
            item_id = fact["item_id"]
            paid[item_id] = paid.get(item_id, 0.0) + fact["cash"]
            gone[item_id] = gone.get(item_id, 0.0) + fact["amount"]
        for item in self:
            key = item.id or item._origin.id
            item.paid = paid.get(key, 0.0)
            item.amount_open = max(0.0, item.amount - gone.get(key, 0.0))

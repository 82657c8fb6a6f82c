from odoo import api, fields, models


class DebtRecoveryActionLine(models.Model):
    """One receivable as an action claims it: facts and amounts are copied, so that
    the log still says what was claimed when the invoice has changed since."""

    _name = "debt.recovery.action.line"
    _description = "Claimed Line"
    _order = "action_id, currency_id, date_due, id"

    action_id = fields.Many2one(
        "debt.recovery.action", required=True, index=True, ondelete="cascade"
    )
    move_line_id = fields.Many2one(
        "account.move.line", "Journal Item", index="btree_not_null", ondelete="set null"
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", index="btree_not_null", ondelete="set null"
    )
    name = fields.Char("Number")
    ref = fields.Char("Customer Reference")
    date = fields.Date("Invoice Date")
    date_due = fields.Date("Due Date")
    days_overdue = fields.Integer(aggregator="max", help="Negative: not yet due.")
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    company_id = fields.Many2one(related="action_id.company_id")
    company_currency_id = fields.Many2one(
        string="Company Currency", related="action_id.company_currency_id"
    )
    amount_original = fields.Monetary(
        "Invoiced", help="Amount of the item when it was booked, document currency."
    )
    amount_currency = fields.Monetary(
        "Claimed", help="Amount claimed, document currency."
    )
    amount = fields.Monetary(
        "Claimed (Company)",
        currency_field="company_currency_id",
        help="Amount claimed, company currency.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        action_ids = {vals.get("action_id") for vals in vals_list} - {None, False}
        self.env["debt.recovery.action"].browse(action_ids)._check_not_sealed()
        return super().create(vals_list)

    def write(self, vals):
        self.action_id._check_not_sealed()
        if vals.get("action_id"):
            new_action = self.env["debt.recovery.action"].browse(vals["action_id"])
            new_action._check_not_sealed()
        return super().write(vals)

    def _take_over(self, vals):
        """Write what differs: most claims leave as they were planned."""
        self.ensure_one()
        stale = {
            name: value
            for name, value in vals.items()
            if self._fields[name].convert_to_write(self[name], self) != (value or False)
        }
        if stale:
            self.write(stale)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self.action_id._check_not_sealed()

    def action_remove(self):
        """Leave these lines out of their messages; they are claimed next time."""
        actions = self.action_id
        for action in actions:
            action._remove_lines(self & action.line_ids)
        if self.env.context.get("recovery_reopen"):
            return actions[:1].action_preview()
        return True

    def _checksum_values(self):
        """Content of the line as the checksum of its action covers it."""
        self.ensure_one()
        return [
            self.name or "",
            self.ref or "",
            str(self.date or ""),
            str(self.date_due or ""),
            self.days_overdue,
            self.currency_id.name,
            f"{self.amount_original:.6f}",
            f"{self.amount_currency:.6f}",
            f"{self.amount:.6f}",
        ]

from odoo import fields, models


class DebtRecoveryReconcileItem(models.TransientModel):
    """An open item (left) or an unmatched credit (right) on the desk; amounts in the
    currency of the item, credits shown without their sign."""

    _name = "debt.recovery.reconcile.item"
    _description = "Item on the Reconciliation Desk"
    _order = "date_due, id"

    desk_id = fields.Many2one(
        "debt.recovery.reconcile", required=True, ondelete="cascade"
    )
    side = fields.Selection([("debit", "Open"), ("credit", "Credit")], required=True)
    move_line_id = fields.Many2one("account.move.line", required=True)
    name = fields.Char("Number")
    ref = fields.Char("Reference")
    date = fields.Date()
    date_due = fields.Date("Due Date")
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary("Open")
    selected = fields.Boolean("✓")

    def action_open_document(self):
        """The invoice, payment or entry behind the item."""
        self.ensure_one()
        return self.move_line_id.move_id._get_records_action()


class DebtRecoveryReconcileMatch(models.TransientModel):
    """One proposal: which credits settle which items, and why we think so."""

    _name = "debt.recovery.reconcile.match"
    _description = "Proposed Match"
    _order = "sequence, id"

    desk_id = fields.Many2one(
        "debt.recovery.reconcile", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=1000)
    rule = fields.Selection(
        [
            ("exact_reference", "Reference and amount"),
            ("reference", "Reference"),
            ("exact", "Exact amount"),
            ("sum", "Sum of several"),
            ("oldest", "Oldest first"),
            ("currency", "Other currency"),
            ("chosen", "Chosen by hand"),
        ],
        "Why",
        required=True,
    )
    item_ids = fields.Many2many("account.move.line")
    credit_text = fields.Char("Credit")
    debit_text = fields.Char("Settles")
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary()
    note = fields.Char("Rate and Difference")

    def action_match(self):
        """Reconcile this proposal at once."""
        self.ensure_one()
        return self.desk_id._match(self)


class DebtRecoveryReconcileDifference(models.TransientModel):
    """A rest that no match explains: what it probably is and what to do."""

    _name = "debt.recovery.reconcile.difference"
    _description = "Difference on the Account"

    desk_id = fields.Many2one(
        "debt.recovery.reconcile", required=True, ondelete="cascade"
    )
    move_line_id = fields.Many2one("account.move.line", required=True)
    name = fields.Char("Number")
    kind = fields.Selection(
        [
            ("under", "Paid too little"),
            ("over", "Paid too much"),
            ("discount", "Discount taken late"),
            ("charge", "Bank charge or rounding"),
            ("exchange", "Exchange rest"),
        ],
        required=True,
    )
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary("Difference")
    amount_paid = fields.Monetary("Settled so Far")

    def action_open_document(self):
        self.ensure_one()
        return self.move_line_id.move_id._get_records_action()

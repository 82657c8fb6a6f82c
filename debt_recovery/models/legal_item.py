from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("principal", "Principal"),
    ("interest", "Interest"),
    ("fee", "Fees and compensation"),
    ("cost", "Costs"),
]


class DebtRecoveryLegalItem(models.Model):
    """One claimed item. With the filing its amounts are frozen; what is paid and
    credited since is read from the reconciliations of its journal item."""

    _name = "debt.recovery.legal.item"
    _description = "Claimed Item"
    _order = "legal_case_id, sequence, date_due, id"

    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    kind = fields.Selection(KINDS, required=True, default="cost")
    name = fields.Char("Description", required=True)
    basis = fields.Char(help="Interest regime, clause or decision it rests on.")
    percent = fields.Float("Rate (%)", digits=(16, 4))
    date_from = fields.Date("Interest From")
    date_due = fields.Date("Due")
    move_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        index="btree_not_null",
        ondelete="restrict",
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    amount_currency = fields.Monetary("Claimed")
    amount = fields.Monetary(
        "Claimed (Company)",
        currency_field="company_currency_id",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_derived = fields.Boolean(readonly=True, help="Read from the books.")
    partial_mark = fields.Integer(readonly=True)
    paid_before = fields.Monetary(
        "Paid before Filing", currency_field="company_currency_id", readonly=True
    )
    paid = fields.Monetary(compute="_compute_paid")
    credited = fields.Monetary(compute="_compute_paid")
    amount_open = fields.Monetary("Open", compute="_compute_paid")
    paid_company = fields.Monetary(
        compute="_compute_paid", currency_field="company_currency_id"
    )
    credited_company = fields.Monetary(
        compute="_compute_paid", currency_field="company_currency_id"
    )
    paid_late = fields.Monetary(
        "Paid after Closing",
        compute="_compute_paid",
        currency_field="company_currency_id",
    )

    _line_unique = models.UniqueIndex(
        "(legal_case_id, move_line_id) WHERE move_line_id IS NOT NULL",
        "This item is claimed already.",
    )

    @api.depends("kind")
    def _compute_sequence(self):
        order = [kind for kind, _label in KINDS]
        for item in self:
            item.sequence = order.index(item.kind) if item.kind else 0

    @api.depends("amount_currency", "currency_id")
    def _compute_amount(self):
        """Typed items are converted on the day they are typed; derived ones bring the
        amount of the ledger."""
        for item in self:
            company = item.legal_case_id.company_id or self.env.company
            item.amount = company._recovery_convert(
                item.amount_currency, item.currency_id, company._recovery_today()
            )

    @api.depends("amount_currency", "move_line_id", "legal_case_id.date_closed")
    def _compute_paid(self):
        facts = self.legal_case_id._read_paid() if self.ids else {}
        for item in self:
            found = facts.get(item.id or item._origin.id) or {}
            item.paid = found.get("cash", 0.0)
            item.credited = found.get("credit", 0.0)
            item.paid_company = found.get("cash_company", 0.0)
            item.credited_company = found.get("credit_company", 0.0)
            item.paid_late = found.get("late", 0.0)
            item.amount_open = max(
                0.0, item.amount_currency - item.paid - item.credited
            )

    def _paid_so_far(self):
        """Paid since the hand-over, company currency."""
        return self.paid_before + self.paid_company

    @api.constrains("amount_currency")
    def _check_amount(self):
        for item in self:
            if item.amount_currency < 0:
                raise ValidationError(
                    self.env._(
                        "“%(item)s” is claimed with a negative amount: enter what is "
                        "owed; payments come from the ledger.",
                        item=item.name,
                    )
                )

    # GUARD

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_frozen("create")
        return items

    def write(self, vals):
        self._check_frozen("write")
        return super().write(vals)

    def unlink(self):
        self._check_frozen("unlink")
        return super().unlink()

    def _check_frozen(self, operation):
        """What was filed stays as it was filed. Costs may be added while the case is
        open."""
        if self.env.context.get("recovery_legal_items"):
            return
        for item in self:
            legal = item.legal_case_id
            legal._check_is_open()
            if legal.date_filed and item.kind != "cost":
                raise UserError(
                    self.env._(
                        "The claim of %(legal)s was filed on %(day)s and is frozen: "
                        "only costs can be added.",
                        legal=legal.name,
                        day=legal.case_id._format_day(legal.date_filed),
                    )
                )
            if operation == "write" and item.is_derived:
                raise UserError(
                    self.env._(
                        "“%(item)s” comes from the books: use “Update from the books”, "
                        "or take it out of the claim.",
                        item=item.name,
                    )
                )

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("court", "Court fee"),
    ("counsel", "Lawyer"),
    ("bailiff", "Bailiff"),
    ("expert", "Expert or witness"),
    ("translation", "Translation"),
    ("search", "Register or address search"),
    ("other", "Other"),
]


class DebtRecoveryLegalCost(models.Model):
    """One cost of a legal case: first an estimate, then what was paid, from the vendor
    bill where there is one. In its own currency and in that of the company."""

    _name = "debt.recovery.legal.cost"
    _description = "Legal Cost"
    _inherit = ["debt.recovery.bill.mixin", "debt.recovery.books.follower.mixin"]
    _order = "date desc, id desc"
    _books_link = "bill_id"
    _books_figures = ("amount", "estimate_company", "amount_company")

    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    kind = fields.Selection(KINDS, required=True, default="court")
    name = fields.Char("Description", required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env.company._recovery_today()
    )
    partner_id = fields.Many2one(
        "res.partner", "Paid To", index="btree_not_null", ondelete="restrict"
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    estimate = fields.Monetary()
    bill_id = fields.Many2one(
        "account.move",
        "Vendor Bill",
        index="btree_not_null",
        ondelete="set null",
        domain="[('move_type', 'in', ('in_invoice', 'in_refund')), "
        "('state', '=', 'posted')]",
        help="The amount is the untaxed one of the bill.",
    )
    bill_name = fields.Char("Bill", related="bill_id.name", related_sudo=True)
    amount = fields.Monetary(
        "Paid", compute="_compute_amount", store=True, readonly=False, compute_sudo=True
    )
    recoverable = fields.Boolean(
        help="May be claimed from the debtor if the case is won."
    )
    item_id = fields.Many2one(
        "debt.recovery.legal.item",
        "Claimed As",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    estimate_company = fields.Monetary(
        "Estimate (Company)",
        compute="_compute_company_amounts",
        store=True,
        currency_field="company_currency_id",
    )
    amount_company = fields.Monetary(
        "Paid (Company)",
        compute="_compute_company_amounts",
        store=True,
        compute_sudo=True,
        currency_field="company_currency_id",
    )

    @api.depends("bill_id")
    def _compute_amount(self):
        for cost in self:
            bill = cost.bill_id
            if bill.state == "posted":
                cost.currency_id = bill.currency_id
                sign = 1 if bill.move_type == "in_invoice" else -1
                cost.amount = sign * bill.amount_untaxed
            elif bill:
                cost.amount = 0.0

    @api.depends("amount", "estimate", "currency_id", "date", "bill_id")
    def _compute_company_amounts(self):
        """A bill brings the amount of the books; else the rate of the day counts."""
        for cost in self:
            company = cost.company_id or self.env.company
            day = cost.date or company._recovery_today()
            cost.estimate_company = company._recovery_convert(
                cost.estimate, cost.currency_id, day
            )
            if cost.bill_id:
                posted = cost.bill_id.state == "posted"
                cost.amount_company = posted and -cost.bill_id.amount_untaxed_signed
            else:
                cost.amount_company = company._recovery_convert(
                    cost.amount, cost.currency_id, day
                )

    @api.constrains("amount", "estimate")
    def _check_amounts(self):
        for cost in self:
            if cost.estimate < 0 or (cost.amount < 0 and not cost.bill_id):
                raise ValidationError(
                    self.env._(
                        "“%(cost)s” is negative: enter zero or more; a refund is the "
                        "vendor's credit note.",
                        cost=cost.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        costs = super().create(vals_list)
        costs.legal_case_id._check_is_open()
        return costs

    # BILL

    def _bill_vendor(self):
        return self.partner_id

    def _bill_currency(self):
        return self.currency_id

    def _bill_lines(self):
        """What was noted as paid, else the estimate."""
        name = f"{self.legal_case_id.name} {self.name}"
        return [{"name": name, "price_unit": self.amount or self.estimate}]

    def action_claim(self):
        """Ask the debtor for it: it becomes an item of the claim."""
        for cost in self:
            if not cost.recoverable or not cost.amount:
                raise UserError(
                    self.env._(
                        "“%(cost)s” is not recoverable or not paid yet.", cost=cost.name
                    )
                )
            if cost.item_id:
                raise UserError(
                    self.env._("“%(cost)s” is claimed already.", cost=cost.name)
                )
            cost.item_id = self.env["debt.recovery.legal.item"].create(
                {
                    "legal_case_id": cost.legal_case_id.id,
                    "kind": "cost",
                    "name": cost.name,
                    "date_due": cost.date,
                    "currency_id": cost.currency_id.id,
                    "amount_currency": cost.amount,
                }
            )

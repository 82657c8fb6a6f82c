from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DebtRecoveryEnforcementReceipt(models.Model):
    """Money a third party withheld or collected for us. It is with them until the
    payment that brought it is linked: then the ledger says what we got."""

    _name = "debt.recovery.enforcement.receipt"
    _description = "Money from Enforcement"
    _inherit = ["debt.recovery.books.follower.mixin"]
    _order = "date desc, id desc"
    _books_link = "payment_id"
    _books_figures = ("amount_received", "date_remitted", "amount_with_third")

    enforcement_id = fields.Many2one(
        "debt.recovery.enforcement", required=True, index=True, ondelete="cascade"
    )
    legal_case_id = fields.Many2one(related="enforcement_id.legal_case_id", store=True)
    third_id = fields.Many2one(related="enforcement_id.third_id", store=True)
    company_id = fields.Many2one(
        related="enforcement_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="enforcement_id.partner_id")
    date = fields.Date(
        "Withheld On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    reference = fields.Char("Pay Period or Reference")
    amount = fields.Monetary(
        "Withheld", currency_field="company_currency_id", required=True
    )
    payment_id = fields.Many2one(
        "account.payment",
        "Payment to Us",
        index="btree_not_null",
        ondelete="set null",
        domain="[('payment_type', '=', 'inbound'), "
        "('state', 'in', ('in_process', 'paid')), "
        "('partner_id', 'child_of', partner_id)]",
    )
    date_remitted = fields.Date("Remitted", compute="_compute_received", store=True)
    amount_received = fields.Monetary(
        "Received",
        compute="_compute_received",
        store=True,
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    amount_with_third = fields.Monetary(
        "With Third Party",
        compute="_compute_received",
        store=True,
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    over_limit = fields.Boolean(compute="_compute_over_limit")

    @api.depends("amount", "payment_id")
    def _compute_received(self):
        """A cancelled or rejected payment brings nothing."""
        for receipt in self:
            payment = receipt.payment_id
            came = payment.state in ("in_process", "paid")
            money = payment.amount_company_currency_signed if came else 0.0
            receipt.amount_received = money
            receipt.date_remitted = payment.date if came else False
            receipt.amount_with_third = max(0.0, receipt.amount - money)

    @api.depends("amount", "enforcement_id.wage_limit", "enforcement_id.kind")
    def _compute_over_limit(self):
        for receipt in self:
            measure = receipt.enforcement_id
            receipt.over_limit = (
                measure.kind == "garnishment"
                and measure.earnings > 0
                and measure.debt_kind in ("ordinary", "support")
                and receipt.amount > measure.wage_limit
            )

    @api.constrains("amount")
    def _check_amount(self):
        for receipt in self:
            if receipt.amount <= 0:
                raise ValidationError(
                    self.env._("Enter what was withheld: an amount above zero.")
                )

    @api.constrains("payment_id")
    def _check_payment(self):
        """One payment may bring several pay periods; it is never counted twice."""
        for receipt in self.filtered("payment_id"):
            others = self.sudo().search(
                [("payment_id", "=", receipt.payment_id.id), ("id", "!=", receipt.id)]
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(payment)s is linked to %(other)s already: enter both pay "
                        "periods as one row.",
                        payment=receipt.payment_id.name,
                        other=others[:1].enforcement_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        receipts._check_running()
        return receipts

    def _check_running(self):
        for receipt in self:
            receipt.legal_case_id._check_is_open()
            if receipt.enforcement_id.state in ("done", "failed"):
                raise UserError(
                    self.env._(
                        "“%(measure)s” has ended: reopen it before money is entered.",
                        measure=receipt.enforcement_id.name,
                    )
                )

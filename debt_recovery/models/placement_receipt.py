from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.money import to_decimal
from ..tools.placement import commission, due_from_agency


class DebtRecoveryPlacementReceipt(models.Model):
    """Money the debtor paid to the agency. It is with them until the payment that
    brought it is linked; one payment may bring the money of many debtors."""

    _name = "debt.recovery.placement.receipt"
    _description = "Money with an Agency"
    _inherit = ["debt.recovery.books.follower.mixin"]
    _order = "date desc, id desc"
    _books_link = "payment_id"
    _books_figures = ("amount_remitted", "date_remitted", "amount_with_agency")

    placement_id = fields.Many2one(
        "debt.recovery.placement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="placement_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="placement_id.partner_id", string="Customer")
    agency_id = fields.Many2one(related="placement_id.agency_id", store=True)
    date = fields.Date(
        "Paid to Them On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    reference = fields.Char()
    amount = fields.Monetary(
        "Paid to Them", currency_field="company_currency_id", required=True
    )
    commission = fields.Monetary(
        compute="_compute_due", store=True, currency_field="company_currency_id"
    )
    amount_due = fields.Monetary(
        "To Hand Over",
        compute="_compute_due",
        store=True,
        currency_field="company_currency_id",
    )
    payment_id = fields.Many2one(
        "account.payment",
        "Payment to Us",
        index="btree_not_null",
        ondelete="set null",
        domain="[('payment_type', '=', 'inbound'), "
        "('state', 'in', ('in_process', 'paid'))]",
    )
    date_remitted = fields.Date(
        "Handed Over", compute="_compute_remitted", store=True, compute_sudo=True
    )
    amount_remitted = fields.Monetary(
        "Handed Over (Amount)",
        compute="_compute_remitted",
        store=True,
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    amount_with_agency = fields.Monetary(
        "With the Agency",
        compute="_compute_remitted",
        store=True,
        compute_sudo=True,
        currency_field="company_currency_id",
    )

    @api.depends("amount", "placement_id.percent", "placement_id.remit")
    def _compute_due(self):
        for receipt in self:
            placement = receipt.placement_id
            digits = receipt.company_currency_id.decimal_places
            percent = to_decimal(placement.percent, 4)
            amount = to_decimal(receipt.amount, digits)
            receipt.commission = float(commission(percent, amount, digits))
            receipt.amount_due = float(
                due_from_agency(percent, placement.remit, amount, digits)
            )

    @api.depends("amount_due", "payment_id")
    def _compute_remitted(self):
        """A cancelled or rejected payment brings nothing."""
        for receipt in self:
            payment = receipt.payment_id
            came = payment.state in ("in_process", "paid")
            receipt.date_remitted = payment.date if came else False
            receipt.amount_remitted = receipt.amount_due if came else 0.0
            receipt.amount_with_agency = receipt.amount_due - receipt.amount_remitted

    @api.constrains("amount")
    def _check_amount(self):
        for receipt in self:
            if receipt.amount <= 0:
                raise ValidationError(
                    self.env._("Enter what the debtor paid: an amount above zero.")
                )

    @api.constrains("payment_id", "amount")
    def _check_payment(self):
        """A payment brings at most its own amount."""
        for payment in self.payment_id.sudo():
            same = self.sudo().search([("payment_id", "=", payment.id)])
            total = sum(same.mapped("amount_due"))
            money = payment.amount_company_currency_signed
            currency = payment.company_id.currency_id
            if currency.compare_amounts(total, money) > 0:
                raise ValidationError(
                    self.env._(
                        "%(payment)s brought %(money)s, less than the %(total)s to be "
                        "handed over: split the row, the rest stays with the agency.",
                        payment=payment.name,
                        money=currency.format(money),
                        total=currency.format(total),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        for placement in receipts.placement_id:
            if placement.state in ("proposed", "waiting", "dropped"):
                raise UserError(
                    self.env._(
                        "%(placement)s is not placed: nothing can have been paid to "
                        "the agency.",
                        placement=placement.name,
                    )
                )
        return receipts

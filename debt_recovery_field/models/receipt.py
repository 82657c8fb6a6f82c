from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

MEANS = [("cash", "Cash"), ("cheque", "Cheque"), ("card", "Card")]
STATES = [
    ("in_hand", "In Hand"),
    ("handed", "Handed Over"),
    ("confirmed", "With the Cashier"),
    ("void", "Void"),
]
#: What was written on the paper the debtor keeps.
PRINTED = frozenset(
    {"name", "case_id", "date", "amount", "currency_id", "means", "payer", "user_id"}
)
#: Changed by the buttons alone.
HANDLED = frozenset({"state", "void_reason", "cash_up_id", "instrument_id"})
LIVE_PAYMENT = ("in_process", "paid")


class DebtRecoveryReceipt(models.Model):
    """Provisional receipt for money taken from a debtor. It is not a payment: the
    cashier confirms the money, Invoicing registers the payment. Until then the covered
    items count as money under way and are not chased. Its text never changes; a wrong
    receipt is made void, with the reason, and keeps its number."""

    _name = "debt.recovery.receipt"
    _description = "Provisional Receipt"
    _inherit = [
        "mail.thread",
        "debt.recovery.field.found.mixin",
        "debt.recovery.receipt.button.mixin",
        "debt.recovery.receipt.cash.mixin",
    ]
    _mail_post_access = "read"
    _order = "date desc, id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(required=True)
    means = fields.Selection(MEANS, required=True, default="cash")
    payer = fields.Char("Received From")
    note = fields.Char()
    state = fields.Selection(
        STATES, required=True, default="in_hand", readonly=True, copy=False, index=True
    )
    void_reason = fields.Char(readonly=True, copy=False)
    invoice_ids = fields.Many2many(
        "account.move",
        "debt_recovery_receipt_invoice_rel",
        "receipt_id",
        "invoice_id",
        "Invoices",
        readonly=True,
        copy=False,
        help="The money counts for these, oldest first, until the payment is booked.",
    )
    instrument_id = fields.Many2one(
        "debt.recovery.instrument",
        "Cheque",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    cash_up_id = fields.Many2one(
        "debt.recovery.cash.up", readonly=True, copy=False, index="btree_not_null"
    )
    payment_ids = fields.One2many("account.payment", "recovery_receipt_id", "Payments")
    is_booked = fields.Boolean(
        "Booked", compute="_compute_is_booked", store=True, compute_sudo=True
    )
    is_under_way = fields.Boolean(
        compute="_compute_is_booked",
        store=True,
        compute_sudo=True,
        help="Counts as money on its way to the books.",
    )
    booking = fields.Char("Books", compute="_compute_booking", compute_sudo=True)
    days_open = fields.Integer(
        "Days Unbanked", compute="_compute_days_open", aggregator=None
    )

    _under_way = models.Index("(partner_id) WHERE is_under_way")

    # COMPUTE

    @api.depends("company_id")
    def _compute_currency_id(self):
        for receipt in self.filtered(lambda receipt: not receipt.currency_id):
            receipt.currency_id = receipt.company_id.currency_id

    @api.depends(
        "state", "payment_ids.state", "instrument_id.state", "instrument_id.post_dated"
    )
    def _compute_is_booked(self):
        for receipt in self:
            live = receipt.payment_ids.filtered(lambda p: p.state in LIVE_PAYMENT)
            paper = receipt.instrument_id
            worthless = paper.post_dated or paper.state in ("returned", "given_back")
            receipt.is_booked = bool(live)
            receipt.is_under_way = not (receipt.state == "void" or live or worthless)

    @api.depends("is_booked", "state", "payment_ids.state", "instrument_id.state")
    @api.depends_context("lang")
    def _compute_booking(self):
        for receipt in self:
            receipt.booking = receipt._booking_sentence()

    def _booking_sentence(self):
        """Where the money is in the books, in two words."""
        if self.state == "void":
            return self.env._("Void")
        if self.is_booked:
            return self.env._("Booked")
        if self.instrument_id.state == "returned":
            return self.env._("Cheque returned")
        if self.payment_ids.filtered(lambda p: p.state in ("canceled", "rejected")):
            return self.env._("Payment cancelled")
        return self.env._("Not booked")

    @api.depends("date", "is_booked", "state")
    def _compute_days_open(self):
        for receipt in self:
            company = receipt.company_id or self.env.company
            waits = receipt.date and not receipt.is_booked and receipt.state != "void"
            days = waits and (company._recovery_today() - receipt.date.date()).days
            receipt.days_open = max(days or 0, 0)

    # CONSTRAINTS

    @api.constrains("amount", "date")
    def _check_amount(self):
        for receipt in self:
            if receipt.currency_id.compare_amounts(receipt.amount, 0) <= 0:
                raise ValidationError(
                    self.env._(
                        "A receipt needs an amount above zero: enter what %(customer)s "
                        "paid.",
                        customer=receipt.partner_id.display_name,
                    )
                )
            if receipt.date > fields.Datetime.add(fields.Datetime.now(), hours=1):
                raise ValidationError(
                    self.env._("A receipt cannot be dated in the future: enter today.")
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            case = self.env["debt.recovery.case"].browse(vals["case_id"])
            sequence = self.env["ir.sequence"].with_company(case.company_id)
            if vals.get("name", "/") == "/":
                vals["name"] = sequence.sudo().next_by_code(self._name) or "/"
            vals["state"] = "confirmed" if vals.get("means") == "card" else "in_hand"
        receipts = super().create(vals_list)
        receipts._check_cash_limit()
        for receipt in receipts.filtered(lambda receipt: not receipt.invoice_ids):
            receipt.sudo().invoice_ids = receipt._find_invoices()
        receipts._mark_under_way()
        return receipts

    def write(self, vals):
        if PRINTED & vals.keys():
            raise UserError(
                self.env._(
                    "Receipt %(receipt)s is in the hands of the customer and cannot be "
                    "changed: make it void and write a new one.",
                    receipt=self[:1].name,
                )
            )
        if HANDLED & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "Where the money of a receipt is changes by its buttons only."
                )
            )
        result = super().write(vals)
        if {"state", "is_under_way", "invoice_ids"} & vals.keys():
            self._mark_under_way()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._("Receipts are numbered and stay: make the receipt void instead.")
        )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A receipt cannot be duplicated."))

    def _find_invoices(self):
        """Open documents of the debtor in that currency: those the money is for."""
        self.ensure_one()
        receivables = self.env["debt.recovery.receivable"].sudo()
        receivables.invalidate_model()
        rows = receivables.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("root_company_id", "=", self.company_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("is_credit", "=", False),
            ],
            order="date_due, id",
        )
        invoices, covered = self.env["account.move"].sudo(), 0
        for row in rows:
            if self.currency_id.compare_amounts(covered, self.amount) >= 0:
                break
            invoices |= row.move_id
            covered += row.amount_residual_currency - row.amount_in_payment_currency
        return invoices

    def _mark_under_way(self):
        """Money came or went: the figures of these customers are renewed."""
        self.env["debt.recovery.receivable"].invalidate_model()
        self.env["debt.recovery.case"]._mark_partners(self.sudo().partner_id.ids)

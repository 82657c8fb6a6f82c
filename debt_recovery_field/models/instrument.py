from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("cheque", "Cheque"),
    ("post_dated", "Post-Dated Cheque"),
    ("bill", "Bill of Exchange"),
]
STATES = [
    ("held", "Held"),
    ("presented", "Presented"),
    ("cleared", "Cleared"),
    ("returned", "Returned Unpaid"),
    ("given_back", "Given Back"),
]
#: Changed by the buttons alone.
HANDLED = frozenset(
    {
        "state",
        "date_presented",
        "date_settled",
        "presentations",
        "return_reason",
        "return_fee",
    }
)
LOCATIONS = [
    ("officer", "With the field officer"),
    ("safe", "In the safe"),
    ("bank", "At the bank"),
    ("customer", "Back with the customer"),
]


class DebtRecoveryInstrument(models.Model):
    """A cheque, post-dated cheque or bill given by a debtor: held, presented to the
    bank, cleared or returned unpaid (and perhaps presented again), or given back."""

    _name = "debt.recovery.instrument"
    _description = "Cheque or Bill"
    _inherit = [
        "mail.thread",
        "debt.recovery.field.found.mixin",
        "debt.recovery.instrument.move.mixin",
    ]
    _mail_post_access = "read"
    _order = "date, id"

    kind = fields.Selection(KINDS, required=True, default="cheque")
    name = fields.Char("Number", required=True)
    bank = fields.Char(required=True)
    drawer = fields.Char(help="Who signed it; empty: the customer.")
    date = fields.Date("Dated", required=True, index=True)
    post_dated = fields.Boolean(compute="_compute_post_dated", store=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(required=True)
    photo = fields.Image(max_width=1920, max_height=1920)
    location = fields.Selection(LOCATIONS, required=True, default="officer")
    state = fields.Selection(
        STATES,
        required=True,
        default="held",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    agreement_id = fields.Many2one(
        "debt.recovery.agreement",
        "Promise",
        domain="[('case_id', '=', case_id)]",
        index="btree_not_null",
        ondelete="restrict",
        help="Broken when the instrument is returned.",
    )
    receipt_ids = fields.One2many(
        "debt.recovery.receipt", "instrument_id", "Receipts", readonly=True
    )
    date_presented = fields.Date("Presented On", readonly=True, copy=False)
    date_settled = fields.Date("Cleared or Returned On", readonly=True, copy=False)
    presentations = fields.Integer(readonly=True, copy=False, aggregator=None)
    return_reason = fields.Char(readonly=True, copy=False, tracking=True)
    return_fee = fields.Monetary("Fee of the Return", readonly=True, copy=False)
    bank_today = fields.Boolean(
        compute="_compute_bank_today", search="_search_bank_today"
    )

    _number_unique = models.UniqueIndex(
        "(case_id, bank, name) WHERE state <> 'given_back'",
        "This cheque is already in the register: look for its number.",
    )

    # COMPUTE

    @api.depends("company_id")
    def _compute_currency_id(self):
        for instrument in self.filtered(lambda i: not i.currency_id):
            instrument.currency_id = instrument.company_id.currency_id

    @api.depends("date", "kind", "create_date")
    def _compute_post_dated(self):
        """Dated later than it was given: money only on its day."""
        for instrument in self:
            given = instrument.create_date or fields.Datetime.now()
            instrument.post_dated = bool(
                instrument.date and instrument.date > given.date()
            )

    @api.depends("state", "date")
    @api.depends_context("recovery_today", "company")
    def _compute_bank_today(self):
        due = self.filtered_domain(self._bank_today_domain())
        for instrument in self:
            instrument.bank_today = instrument in due

    def _search_bank_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._bank_today_domain()

    @api.model
    def _bank_today_domain(self):
        """Held, and its day has come."""
        today = self.env.company._recovery_today()
        return [("state", "=", "held"), ("date", "<=", today)]

    @api.depends("kind", "name", "bank")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for instrument in self:
            instrument.display_name = " ".join(
                filter(
                    None,
                    [kinds.get(instrument.kind), instrument.name, instrument.bank],
                )
            )

    # CONSTRAINTS

    @api.constrains("amount")
    def _check_amount(self):
        for instrument in self:
            if instrument.currency_id.compare_amounts(instrument.amount, 0) <= 0:
                raise ValidationError(
                    self.env._(
                        "%(instrument)s needs an amount above zero.",
                        instrument=instrument.display_name,
                    )
                )

    def write(self, vals):
        if HANDLED & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("What became of a cheque is recorded by its buttons only.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._("Cheques stay in the register: give the cheque back instead.")
        )

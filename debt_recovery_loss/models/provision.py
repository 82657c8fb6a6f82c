from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.debt_recovery.models.receivable import BUCKETS
from odoo.addons.debt_recovery.tools.money import to_decimal

from ..tools.provision import (
    ProvisionError,
    Specific,
    loss_rates,
    matrix,
    roll_rates,
)

CODES = tuple(code for code, _label in BUCKETS)
#: Months of the company's own past that speak.
HISTORY = 12
#: What the approver was shown.
COUNTED = {
    *("date", "company_id", "method", "factor", "loss_percent", "previous_id"),
    *("line_ids", "specific_ids"),
}
#: What only the buttons write.
GUARDED = {"state", "move_id", "amount_books"}


class DebtRecoveryProvision(models.Model):
    """The allowance for expected losses on a day (IFRS 9, simplified approach): open
    items by age, a rate each, specific allowances, and the entry that brings the books
    there. The entry is a draft; nobody but a bookkeeper posts it."""

    _name = "debt.recovery.provision"
    _description = "Provision"
    _inherit = [
        "debt.recovery.provision.sql.mixin",
        "debt.recovery.provision.entry.mixin",
        "mail.thread",
    ]
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Date(
        required=True, default=lambda self: self.env.company._recovery_today()
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company._recovery_root(),
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Selection(
        [("matrix", "Provision matrix"), ("roll", "Roll rates")],
        required=True,
        default="matrix",
        help="Matrix: what was still unpaid a year later. Roll rates: the chance to "
        "grow old, month by month.",
    )
    factor = fields.Float(
        "Outlook", default=1.0, help="1.15 expects 15 % more losses than the past."
    )
    loss_percent = fields.Float(
        "Lost of the Oldest (%)",
        default=100.0,
        help="Of what reached the oldest bucket, by roll rates.",
    )
    line_ids = fields.One2many("debt.recovery.provision.line", "provision_id")
    specific_ids = fields.One2many("debt.recovery.provision.specific", "provision_id")
    amount_exposure = fields.Monetary(
        "Open Items", compute="_compute_amounts", store=True
    )
    amount = fields.Monetary("Allowance", compute="_compute_amounts", store=True)
    amount_books = fields.Monetary(
        "In the Books", readonly=True, help="Balance of the allowance account."
    )
    amount_change = fields.Monetary("Change", compute="_compute_amounts", store=True)
    previous_id = fields.Many2one("debt.recovery.provision", "Compared with")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Waits for approval"),
            ("done", "Entry prepared"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.depends("line_ids.allowance", "line_ids.exposure", "amount_books")
    def _compute_amounts(self):
        for record in self:
            record.amount_exposure = sum(record.line_ids.mapped("exposure"))
            record.amount = sum(record.line_ids.mapped("allowance"))
            record.amount_change = record.amount - record.amount_books

    @api.depends("date", "company_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "Provision on %(day)s",
                day=record.date and format_date(self.env, record.date),
            )

    @api.constrains("factor", "loss_percent")
    def _check_rates(self):
        for record in self:
            if record.factor < 0 or not 0 <= record.loss_percent <= 100:
                raise ValidationError(
                    self.env._(
                        "The outlook is zero or more, a loss between 0 and 100 %."
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_by_hand(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_hand(vals)
        if COUNTED & set(vals):
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()

    def _check_open(self):
        """Once it was asked for, what was counted stays as it was counted."""
        for record in self.filtered(lambda row: row.state != "draft"):
            raise UserError(
                self.env._(
                    "%(name)s is decided or waits for a decision: its figures stay. "
                    "Withdraw the request, or count a new provision.",
                    name=record.display_name,
                )
            )

    def _check_by_hand(self, vals):
        """Nobody decides, or says what the books show, by writing a field."""
        if not self.env.su and any(vals.get(name) for name in GUARDED):
            raise UserError(
                self.env._(
                    "State, entry and balance of a provision come from its buttons: "
                    "press Count or Prepare Entry."
                )
            )

    # COUNTING

    def action_count(self):
        """Read the open items of the day and propose rates from the past."""
        for record in self:
            record._check_draft()
            company = record.company_id
            open_items = record._aged(company, [record.date])[record.date]
            rates = record._propose_rates()
            former = record._find_previous()
            record.sudo().write(
                {
                    "previous_id": former.id,
                    "amount_books": record._balance_of_books(),
                    "line_ids": [
                        Command.clear(),
                        *(
                            Command.create(
                                {
                                    "bucket": code,
                                    "exposure": float(open_items.get(code, 0)),
                                    "proposed_rate": float(rates[code] or 0),
                                    "known": rates[code] is not None,
                                    "rate": float(rates[code] or 0),
                                }
                            )
                            for code in CODES
                        ),
                    ],
                }
            )
        return True

    def _propose_rates(self):
        """``{bucket: per cent}`` from the company's own past; ``None`` is unknown."""
        months = range(HISTORY, -1, -1)
        if self.method == "roll":
            days = [self.date - relativedelta(months=n) for n in months]
            shots = self._aged(self.company_id, days, keep_lost=True)
            exact = [self._exact(shots[day]) for day in days]
            lgd = Decimal(str(self.loss_percent))
            return loss_rates(roll_rates(exact, CODES), CODES, lgd)
        days = [self.date - relativedelta(months=n + HISTORY) for n in months]
        before = self._aged(self.company_id, days, keep_lost=True)
        after = self._aged(self.company_id, days, HISTORY, keep_lost=True)
        rates = {}
        for code in CODES:
            base = sum(self._exact(before[day]).get(code, 0) for day in days)
            lost = sum(self._exact(after[day]).get(code, 0) for day in days)
            rates[code] = lost * 100 / base if base else None
        return rates

    def _exact(self, amounts):
        return {code: Decimal(str(amount)) for code, amount in amounts.items()}

    def _find_previous(self):
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("date", "<", self.date),
                ("state", "=", "done"),
            ],
            limit=1,
        )

    def _balance_of_books(self):
        account = self.company_id.sudo().recovery_allowance_account_id
        lines = self.env["account.move.line"].sudo()
        rows = lines._read_group(
            [
                ("account_id", "=", account.id),
                ("company_id", "child_of", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", self.date),
            ],
            aggregates=["balance:sum"],
        )
        return -(rows[0][0] or 0.0)

    def _rows(self):
        """The matrix with the rates and specific allowances chosen."""
        digits = self.currency_id.decimal_places
        try:
            return matrix(
                {
                    line.bucket: to_decimal(line.exposure, digits)
                    for line in self.line_ids
                },
                {line.bucket: to_decimal(line.rate, 6) for line in self.line_ids},
                Decimal(str(self.factor)),
                [
                    Specific(
                        row.bucket,
                        to_decimal(row.amount, digits),
                        Decimal(str(row.percent)),
                    )
                    for row in self.specific_ids
                ],
                digits,
            )
        except ProvisionError as error:
            raise UserError(
                self.env._(
                    "The specific allowances in “%(bucket)s” cover more than is open "
                    "there: lower them.",
                    bucket=dict(BUCKETS)[str(error)],
                )
            ) from error

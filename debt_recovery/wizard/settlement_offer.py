from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.money import to_decimal
from ..tools.schedule import ScheduleError, Terms, build
from ..tools.settlement import to_pay


class DebtRecoverySettlementOffer(models.TransientModel):
    """Agree on less than the debt: so many per cent, or an amount, by a day or in
    several payments; agreed already, or as an offer that is valid until a day."""

    _name = "debt.recovery.settlement.offer"
    _description = "Agree on a Settlement"
    _inherit = [
        "debt.recovery.total.choice.mixin",
        "debt.recovery.plan.build.words.mixin",
    ]

    line_ids = fields.One2many(
        "debt.recovery.settlement.offer.line", "wizard_id", "Items"
    )
    percent = fields.Float("Pays (%)", default=80.0)
    amount = fields.Monetary(
        "Pays", compute="_compute_amount", store=True, readonly=False
    )
    waived = fields.Monetary("Waived Then", compute="_compute_waived")
    number = fields.Integer("Payments", default=1, required=True)
    rhythm = fields.Selection(
        [
            ("monthly", "Monthly"),
            ("fortnightly", "Every two weeks"),
            ("weekly", "Weekly"),
        ],
        required=True,
        default="monthly",
    )
    date_agreed = fields.Date(
        "Paid By",
        required=True,
        default=lambda self: self.env[
            "debt.recovery.promise.take"
        ]._default_date_agreed(),
        help="The only payment, or the first.",
    )
    signature = fields.Boolean(
        "Send a Letter of Offer",
        help="It counts when the customer signs or pays. Without it, it is agreed "
        "already and counts now.",
    )
    date_valid = fields.Date(
        "Offer Valid Until",
        compute="_compute_date_valid",
        store=True,
        readonly=False,
    )
    acknowledges = fields.Boolean("Acknowledgement of Debt")
    note = fields.Text("Why")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem = fields.Char(compute="_compute_preview")

    @api.depends("total", "percent", "currency_id")
    def _compute_amount(self):
        for wizard in self:
            digits = wizard.currency_id.decimal_places if wizard.currency_id else 2
            total = to_decimal(wizard.total, digits)
            share = Decimal(str(wizard.percent))
            wizard.amount = float(to_pay(total, share, digits))

    @api.depends("total", "amount")
    def _compute_waived(self):
        for wizard in self:
            wizard.waived = wizard.total - wizard.amount

    @api.depends("date_agreed")
    def _compute_date_valid(self):
        """As long as agreements may be signed, but not beyond the first payment."""
        for wizard in self:
            company = wizard.case_id.company_id or self.env.company
            days = company._recovery_root().sudo().recovery_plan_sign_days
            until = company._recovery_today() + timedelta(days=days)
            wizard.date_valid = min(until, wizard.date_agreed or until)

    @api.depends(
        "line_ids.selected",
        "line_ids.amount",
        "amount",
        "number",
        "rhythm",
        "date_agreed",
        "date_valid",
        "signature",
    )
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.problem = False
            try:
                rows = wizard._rows()
            except UserError as error:
                wizard.problem = str(error)
                continue
            if len(rows) > 1:
                wizard.preview = wizard._render_preview(rows)

    def _preview_values(self, rows):
        waived = self.currency_id.format(self.waived)
        return super()._preview_values(rows) | {"discount": waived}

    def action_confirm(self):
        """The settlement counts now, or as soon as it is approved or accepted."""
        self.ensure_one()
        agreements = self.env["debt.recovery.agreement"]
        rows = self._rows()
        agreements._end_expired(self._chosen_lines().move_line_id)
        agreement = agreements.create(self._prepare_agreement_vals(rows))
        self.case_id.message_post(body=agreement._taken_sentence())
        return agreement._saved_action(agreement._submit(self.note))

    def _rows(self):
        """The payments; :class:`UserError` in one sentence where there are none."""
        self._check_offer()
        digits = self.currency_id.decimal_places
        terms = Terms(
            total=to_decimal(self.amount, digits),
            digits=digits,
            number=self.number,
            first=self.date_agreed,
            rhythm=self.rhythm,
            working_day="following" if self.number > 1 else "none",
        )
        end = self.date_agreed + timedelta(days=31 * max(1, self.number) + 60)
        company = self.case_id.company_id
        calendar = company._recovery_calendar(self.date_agreed, end)
        try:
            return build(terms, calendar)
        except ScheduleError as error:
            raise UserError(self._schedule_sentence(error.reason)) from error

    def _check_offer(self):
        today = self.case_id.company_id._recovery_today()
        if not self._chosen_lines() or not self.currency_id:
            raise UserError(
                self.env._("Tick items of one currency: a settlement covers those.")
            )
        if not self.date_agreed or self.date_agreed < today:
            raise UserError(self.env._("The day is before today: choose a later one."))
        compare = self.currency_id.compare_amounts
        if compare(self.amount, 0) <= 0 or compare(self.amount, self.total) >= 0:
            raise UserError(
                self.env._(
                    "A settlement is above zero and less than the debt of %(total)s.",
                    total=self.currency_id.format(self.total),
                )
            )
        if self.signature and not (
            self.date_valid and today <= self.date_valid <= self.date_agreed
        ):
            raise UserError(
                self.env._(
                    "An offer is valid until a day from today on, not after the "
                    "first payment."
                )
            )

    def _prepare_agreement_vals(self, rows):
        return {
            "case_id": self.case_id.id,
            "kind": "settlement",
            "state": "draft",
            "date_agreed": rows[-1].due,
            "date_valid": self.signature and self.date_valid,
            "rhythm": self.rhythm if len(rows) > 1 else False,
            **({} if len(rows) > 1 else {"grace_days": 0}),
            "acknowledges": self.acknowledges,
            "signature_needed": self.signature,
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.move_line_id.id,
                        "amount_covered": line.amount,
                    }
                )
                for line in self._chosen_lines()
            ],
            "instalment_ids": [self._prepare_instalment(row) for row in rows],
        }


class DebtRecoverySettlementOfferLine(models.TransientModel):
    """One item of the settlement; amounts in the currency of the item."""

    _name = "debt.recovery.settlement.offer.line"
    _description = "Settled Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.settlement.offer", required=True, ondelete="cascade"
    )

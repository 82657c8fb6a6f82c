from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.agreements import Instalment
from ..tools.money import to_decimal


class DebtRecoveryInstalment(models.Model):
    """One agreed payment. What is paid on it is what the ledger says: money on the
    covered items, laid on the oldest instalment first, never by hand."""

    _name = "debt.recovery.instalment"
    _description = "Instalment"
    _order = "date_due, number, id"
    _rec_name = "date_due"

    agreement_id = fields.Many2one(
        "debt.recovery.agreement", required=True, ondelete="cascade", index=True
    )
    case_id = fields.Many2one(related="agreement_id.case_id")
    partner_id = fields.Many2one(
        related="agreement_id.partner_id", store=True, index=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    user_id = fields.Many2one(related="agreement_id.user_id", store=True)
    kind = fields.Selection(related="agreement_id.kind", store=True)
    agreement_state = fields.Selection(
        related="agreement_id.state", string="Agreement State", store=True
    )
    number = fields.Integer("No.", aggregator=None, help="Zero is the down payment.")
    date_due = fields.Date("Due", required=True, index=True)
    date_grace_end = fields.Date(
        "Grace Until", compute="_compute_date_grace_end", store=True
    )
    currency_id = fields.Many2one("res.currency", required=True)
    amount = fields.Monetary(required=True)
    interest = fields.Monetary("Of Which Interest and Fees", help="Part of the amount.")
    amount_paid = fields.Monetary("Paid", readonly=True, copy=False)
    amount_open = fields.Monetary("Open", compute="_compute_amount_open", store=True)
    date_paid = fields.Date("Paid On", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("late", "Late"),
            ("missed", "Missed"),
            ("paid", "Paid"),
            ("paid_late", "Paid late"),
            ("void", "Nothing due"),
        ],
        default="open",
        readonly=True,
        copy=False,
    )

    reminded = fields.Boolean(readonly=True, copy=False)
    chased = fields.Boolean("Reminded Late", readonly=True, copy=False)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "An instalment is above zero."
    )

    @api.depends(
        "date_due",
        "agreement_id.grace_days",
        "agreement_id.kind",
        "agreement_id.company_id",
    )
    def _compute_date_grace_end(self):
        for row in self:
            row.date_grace_end = row.date_due and row.agreement_id._grace_end(
                row.date_due
            )

    @api.depends("amount", "amount_paid", "state")
    def _compute_amount_open(self):
        for row in self:
            over = row.state in ("paid", "paid_late", "void")
            row.amount_open = 0.0 if over else row.amount - row.amount_paid

    @api.constrains("interest", "amount")
    def _check_interest(self):
        for row in self:
            if not 0 <= row.interest < row.amount:
                raise ValidationError(
                    self.env._(
                        "Interest and fees are a part of the instalment of %(day)s: "
                        "zero or more, and less than the instalment.",
                        day=row.date_due,
                    )
                )

    def action_open_agreement(self):
        """The agreement behind a row of a list."""
        self.ensure_one()
        return self.agreement_id._get_records_action()

    # VERDICT

    def _to_tools(self):
        digits = self.currency_id.decimal_places
        return Instalment(
            due=self.date_due,
            grace_end=self.date_grace_end,
            amount=to_decimal(self.amount, digits),
        )

    def _take_standing(self, standing):
        """Write what changed; the rows are in the order of the verdict."""
        facts = zip(
            self, standing.parts, standing.states, standing.paid_on, strict=True
        )
        for row, part, state, day in facts:
            vals = {"state": state, "date_paid": day or False}
            news = {k: v for k, v in vals.items() if row[k] != v}
            if row.currency_id.compare_amounts(row.amount_paid, float(part)):
                news["amount_paid"] = float(part)
            if news:
                row.write(news)

    def _is_remind_day(self):
        """Tomorrow's working day is the agreed one, and it is worth a message."""
        company = self.company_id
        today = company._recovery_today()
        calendar = company._recovery_calendar(today, today + timedelta(days=30))
        tomorrow = calendar.add_working_days(today, 1)
        due = today < self.date_due <= tomorrow
        return not self.reminded and due and self._is_worth_a_message()

    def _is_chase_day(self):
        """Its day passed so long ago that a word is due, and nothing was said yet."""
        today = self.company_id._recovery_today()
        day = self.date_due + timedelta(days=self.agreement_id.chase_days)
        return not self.chased and day <= today and self._is_worth_a_message()

    def _is_worth_a_message(self):
        company = self.company_id
        today = company._recovery_today()
        amount = self.currency_id._convert(
            self.amount_open, company.currency_id, company, today
        )
        units = company._recovery_root().sudo().recovery_promise_remind_units
        return self.amount_open > 0 and amount >= company._recovery_units(units)

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.money import to_decimal
from ..tools.schedule import ScheduleError, Terms, build, number_for, period_rate

WORKING_DAYS = 5


class DebtRecoveryPlanBuild(models.TransientModel):
    """Build a payment plan: what it covers, how much or how often, from when, in which
    rhythm; the payments show at once, and whether the user may agree them alone."""

    _name = "debt.recovery.plan.build"
    _description = "Build a Payment Plan"
    _inherit = [
        "debt.recovery.hardship.choice.mixin",
        "debt.recovery.plan.build.authority.mixin",
        "debt.recovery.plan.build.dates.mixin",
        "debt.recovery.plan.build.terms.mixin",
        "debt.recovery.plan.build.screen.mixin",
    ]

    replaces_id = fields.Many2one("debt.recovery.agreement", readonly=True)
    line_ids = fields.One2many("debt.recovery.plan.build.line", "wizard_id", "Items")
    number = fields.Integer("Payments", default=3, required=True)
    affordable = fields.Monetary(
        "Can Pay Each Time", help="Gives the number of payments that clears the debt."
    )
    chip = fields.Selection([("3", "3"), ("4", "4"), ("6", "6")], "Quick Choice")
    date_first = fields.Date(
        "First Payment", required=True, default=lambda self: self._default_date_first()
    )
    rhythm = fields.Selection(
        [
            ("monthly", "Monthly"),
            ("fortnightly", "Every two weeks"),
            ("weekly", "Weekly"),
            ("custom", "Dates of their own"),
        ],
        required=True,
        default="monthly",
    )
    more = fields.Boolean("More …")
    down_payment = fields.Monetary(help="Paid first; the plan counts from then on.")
    last_amount = fields.Monetary(
        "Last Payment", help="A larger rest at the end; zero spreads all evenly."
    )
    discount = fields.Monetary(
        help="Given up when every payment came in; void when the plan breaks."
    )
    month_end = fields.Boolean("Last Day of the Month")
    working_day = fields.Selection(
        [
            ("none", "Keep the date"),
            ("following", "Next working day"),
            ("modified", "Working day in the same month"),
        ],
        "On a Free Day",
        required=True,
        default="following",
    )
    interest_kind = fields.Selection(
        [
            ("none", "None"),
            ("fixed", "Fixed amount"),
            ("annuity", "Even payments with yearly rate"),
            ("dated", "By days, yearly rate"),
        ],
        "Interest",
        required=True,
        default="none",
    )
    interest_rate = fields.Float("Yearly Rate (%)")
    charge = fields.Monetary(
        "Interest or Fees", help="A fixed amount, spread over the payments."
    )
    note = fields.Text()

    # DEFAULTS

    @api.model
    def _default_date_first(self):
        """A working week from now: most payment runs are weekly."""
        today = self.env.company._recovery_today()
        calendar = self.env.company._recovery_calendar(
            today, today + timedelta(days=40)
        )
        return calendar.add_working_days(today, WORKING_DAYS)

    @api.model
    def _choice_amount(self, row):
        """Also what is not due yet may be spread; what is agreed otherwise may not."""
        former = self.env.context.get("default_replaces_id")
        if row.amount_agreed_currency and not former:
            return 0.0
        return (
            row.amount_collectable_currency
            + row.amount_not_due_currency
            + self._choice_held(row)
            + (row.amount_agreed_currency if former else 0.0)
        )

    @api.model
    def _is_ticked(self, row):
        former = self.env.context.get("default_replaces_id")
        if former:
            lines = self.env["debt.recovery.agreement"].browse(former).line_ids
            return row.move_line_id in lines.move_line_id
        return row.days_overdue > 0

    # LINKED FIELDS

    @api.onchange("chip")
    def _onchange_chip(self):
        if self.chip:
            self.number = int(self.chip)
            self.affordable = 0.0

    @api.onchange("affordable", "rhythm", "interest_kind", "interest_rate")
    def _onchange_affordable(self):
        if not self.affordable or not self.currency_id:
            return
        rate = Decimal(0)
        if self.interest_kind in ("annuity", "dated"):
            rate = period_rate(Decimal(str(self.interest_rate)), self.rhythm)
        try:
            principal = self._exact(self.total - self.down_payment - self.discount)
            self.number = number_for(principal, self._exact(self.affordable), rate)
        except ScheduleError as error:
            raise UserError(self._schedule_sentence(error.reason)) from error
        self.chip = False

    @api.onchange("number")
    def _onchange_number(self):
        self.chip = str(self.number) if self.number in (3, 4, 6) else False

    # SCHEDULE

    def _exact(self, amount):
        digits = self.currency_id.decimal_places if self.currency_id else 2
        return to_decimal(amount or 0.0, digits)

    def _terms(self):
        with_rate = self.interest_kind in ("annuity", "dated")
        custom = self.rhythm == "custom"
        return Terms(
            total=self._exact(self.total),
            digits=self.currency_id.decimal_places if self.currency_id else 2,
            number=len(self.date_ids) if custom else self.number,
            first=self.date_first,
            rhythm=self.rhythm,
            dates=self._custom_dates() if custom else (),
            month_end=self.month_end and self.rhythm == "monthly",
            working_day=self.working_day,
            start=self._today(),
            down_payment=self._exact(self.down_payment),
            last=self._exact(self.last_amount),
            discount=self._exact(self.discount),
            interest=self.interest_kind,
            rate=Decimal(str(self.interest_rate)) if with_rate else Decimal(0),
            charge=self._exact(0 if self.interest_kind == "none" else self.charge),
        )

    def _today(self):
        company = self.case_id.company_id or self.env.company
        return company._recovery_today()

    def _rows(self, **changes):
        """The payments; :class:`UserError` in one sentence where there are none.

        :param changes: terms that are only tried
        """
        self._check_choice()
        company = self.case_id.company_id
        terms = replace(self._terms(), **changes)
        last = max(self.date_first, *terms.dates) if terms.dates else self.date_first
        end = last + timedelta(days=31 * max(1, terms.number) + 60)
        calendar = company._recovery_calendar(self.date_first, end)
        try:
            return build(terms, calendar)
        except ScheduleError as error:
            raise UserError(self._schedule_sentence(error.reason)) from error

    # BUTTONS

    def action_activate(self):
        """The plan counts now, or as soon as it is approved."""
        return self._save(signature=False)

    def action_send(self):
        """The plan counts when the customer has signed."""
        return self._save(signature=True)

    def action_draft(self):
        """Keep it; nothing counts."""
        agreement = self._create_agreement(signature=False)
        return agreement._get_records_action()

    def action_fit(self):
        """The nearest version inside the user's authority."""
        self.ensure_one()
        self.write(self._fitting_vals())
        return self._get_records_action(name=self.env._("Payment Plan"), target="new")

    def _save(self, signature):
        self.ensure_one()
        agreement = self._create_agreement(signature)
        return agreement._saved_action(agreement._submit(self.note))

    def _create_agreement(self, signature):
        items = self._chosen_lines().move_line_id
        if not self.replaces_id:
            self.env["debt.recovery.agreement"]._end_expired(items)
        agreement = self.env["debt.recovery.agreement"].create(
            self._prepare_agreement_vals(signature)
        )
        self.case_id.message_post(body=agreement._taken_sentence())
        return agreement

    def _prepare_agreement_vals(self, signature):
        rows = self._rows()
        return {
            "case_id": self.case_id.id,
            "kind": "plan",
            "state": "draft",
            "date_agreed": rows[-1].due,
            **self._prepare_terms_vals(),
            "rhythm": self.rhythm,
            "interest_kind": self.interest_kind,
            "interest_rate": self.interest_rate,
            "signature_needed": signature,
            "note": self.note,
            "replaces_id": self.replaces_id.id,
            "version": self.replaces_id.version + 1 if self.replaces_id else 1,
            **self._hardship_vals(),
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

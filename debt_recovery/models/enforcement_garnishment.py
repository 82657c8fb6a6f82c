from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.garnishment import WEEKS, limit
from ..tools.money import to_decimal

PERIODS = [
    ("weekly", "Week"),
    ("biweekly", "Two weeks"),
    ("semimonthly", "Half a month"),
    ("monthly", "Month"),
]


class DebtRecoveryEnforcementGarnishment(models.AbstractModel):
    """The limit calculator for wages (15 USC 1673, 29 CFR 870.10): an aid, the order of
    the court decides."""

    _name = "debt.recovery.enforcement.garnishment.mixin"
    _description = "Wage Garnishment"

    company_currency_id = fields.Many2one("res.currency")
    pay_period = fields.Selection(PERIODS, default="weekly")
    earnings = fields.Monetary(
        "Disposable Earnings",
        currency_field="company_currency_id",
        help="Of one pay period, after what the law makes the employer deduct.",
    )
    debt_kind = fields.Selection(
        [
            ("ordinary", "Ordinary debt"),
            ("support", "Support of family"),
            ("bankruptcy", "Chapter 13 order"),
            ("tax", "Taxes"),
        ],
        "Kind of Debt",
        default="ordinary",
    )
    other_family = fields.Boolean("Supports Another Family")
    in_arrears = fields.Boolean("Over 12 Weeks in Arrears")
    limit_id = fields.Many2one(
        "debt.recovery.enforcement.limit",
        "Law",
        compute="_compute_limit_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    wage_protected = fields.Monetary(
        "Protected",
        compute="_compute_wage_limit",
        currency_field="company_currency_id",
    )
    wage_limit = fields.Monetary(
        "May Be Withheld",
        compute="_compute_wage_limit",
        currency_field="company_currency_id",
        help="The most for one pay period.",
    )
    wage_note = fields.Char(compute="_compute_wage_limit")

    @api.depends("legal_case_id", "third_id")
    def _compute_limit_id(self):
        limits = self.env["debt.recovery.enforcement.limit"]
        for measure in self:
            debtor = measure.legal_case_id.partner_id
            measure.limit_id = measure.limit_id or limits._for_place(
                debtor.country_id, debtor.state_id
            )

    @api.depends(
        "pay_period", "earnings", "debt_kind", "other_family", "in_arrears", "limit_id"
    )
    def _compute_wage_limit(self):
        for measure in self:
            law = measure.limit_id
            if not law or measure.pay_period not in WEEKS or measure.earnings < 0:
                measure.wage_protected = measure.wage_limit = 0.0
                measure.wage_note = False
                continue
            found = limit(
                to_decimal(measure.earnings, 2),
                measure.pay_period,
                law._to_terms(),
                debt=measure.debt_kind or "ordinary",
                other_family=measure.other_family,
                in_arrears=measure.in_arrears,
            )
            measure.wage_protected = float(found.protected)
            measure.wage_limit = float(found.amount or 0)
            measure.wage_note = measure._wage_note(found)

    def _wage_note(self, found):
        law = self.limit_id
        if found.amount is None:
            return self.env._("The statute sets no limit for this kind of debt.")
        if law.barred and self.debt_kind == "ordinary":
            return self.env._(
                "%(place)s bars garnishment of wages for ordinary debts.",
                place=law.state_id.name or law.country_id.name,
            )
        return False if law.is_confirmed else law._unconfirmed_sentence()

    @api.constrains("earnings")
    def _check_earnings(self):
        for measure in self:
            if measure.earnings < 0:
                raise ValidationError(
                    self.env._("Disposable earnings are zero or more.")
                )

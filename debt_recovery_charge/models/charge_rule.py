from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import brackets
from ..tools.appropriation import COSTS, INTEREST, PRINCIPAL
from ..tools.day_count import CONVENTIONS
from ..tools.rates import RateTable, constant
from ..tools.regime import Regime, problems

KINDS = [
    ("interest", "Interest"),
    ("compensation", "Fixed compensation"),
    ("fee", "Fee"),
]
DEBTORS = [
    ("any", "Everybody"),
    ("business", "Businesses and public bodies"),
    ("consumer", "Consumers"),
]
ORDERS = [
    (PRINCIPAL, "Principal first"),
    (INTEREST, "Interest first, then principal"),
    (COSTS, "Costs, then interest, then principal"),
]


class Terms(NamedTuple):
    """What a rule counts with, read once for a batch of items."""

    regime: Regime
    table: RateTable
    brackets: list


class DebtRecoveryChargeRule(models.Model):
    """What late payment costs by law or contract. A rule acts in the companies that
    chose it, on invoices that fall due while it is valid. Percents are a year, days
    calendar days, amounts in the currency of the rule."""

    _name = "debt.recovery.charge.rule"
    _description = "Charge Rule"
    _inherit = ["debt.recovery.code.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="interest")
    debtors = fields.Selection(DEBTORS, required=True, default="business")
    country_id = fields.Many2one(
        "res.country", help="Law it comes from; for the reader and the proposal."
    )
    currency_id = fields.Many2one(
        "res.currency",
        help="Of its amounts; empty: the currency of the invoice. Invoices in another "
        "currency are converted at the rate of their due date.",
    )
    legal_basis = fields.Char(
        required=True, help="Statute or clause: nothing is claimed without one."
    )
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody compared it with the law."
    )
    date_from = fields.Date("Due From")
    date_to = fields.Date("Due Until")
    note = fields.Text(translate=True)

    reference_id = fields.Many2one(
        "debt.recovery.charge.reference", ondelete="restrict"
    )
    multiple = fields.Float("Times the Reference", default=1.0)
    margin = fields.Float("Percent", digits=(16, 4), help="Added to the reference.")
    rounding_step = fields.Float("Rounded Up To", help="E.g. 0.5; zero: not rounded.")
    reset = fields.Selection(
        [
            ("float", "Follows the reference"),
            ("fixed", "Keeps the rate of the due date"),
        ],
        "Rate",
        required=True,
        default="float",
    )
    day_count = fields.Selection(
        [(code, code.upper()) for code in CONVENTIONS], required=True, default="act/365"
    )
    compounding = fields.Selection(
        [("none", "None"), ("monthly", "Monthly"), ("yearly", "Yearly")],
        required=True,
        default="none",
        help="When interest itself bears interest.",
    )
    base = fields.Selection(
        [("residual", "What is open"), ("original", "The whole invoice")],
        "Counted On",
        required=True,
        default="residual",
    )
    payment_order = fields.Selection(
        ORDERS,
        "Part Payments Go To",
        required=True,
        default=PRINCIPAL,
        help="What is left of the principal bears interest. The books match a payment "
        "with the invoice in any case; the sum owed is the same.",
    )
    grace_days = fields.Integer()
    is_grace_kept = fields.Boolean(
        "Grace Stays Free", help="Also when payment comes after it."
    )
    minimum = fields.Float(help="Less is not charged.")
    cap_percent = fields.Float("At Most (%)", help="Of the invoice; zero: no cap.")
    maximum = fields.Float("At Most", help="Zero: no cap.")
    bracket_ids = fields.One2many(
        "debt.recovery.charge.bracket", "rule_id", "Brackets", copy=True
    )
    step_id = fields.Many2one(
        "debt.recovery.strategy.step",
        "Charged With",
        ondelete="cascade",
        help="The fee arises when this step was taken, once per invoice: for the "
        "oldest invoice of the message, by the size of the whole claim.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a rule with this code: use another code."
    )

    @api.constrains(
        "kind",
        "reset",
        "compounding",
        "day_count",
        "base",
        "payment_order",
        "grace_days",
        "is_grace_kept",
        "rounding_step",
        "minimum",
        "multiple",
        "bracket_ids",
        "step_id",
    )
    def _check_rule(self):
        for rule in self:
            if rule.kind == "interest":
                found = problems(rule._to_regime())
            else:
                found = brackets.problems(rule.bracket_ids._to_brackets())
            if rule.kind == "fee" and not rule.step_id:
                found = ["step"]
            if rule.kind != "interest" and rule.compounding != "none":
                found = ["compounding_sum"]
            if found:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” cannot be used: %(why)s",
                        rule=rule.name,
                        why=rule._problem_sentences()[found[0]],
                    )
                )

    @api.onchange("kind")
    def _onchange_kind(self):
        """What the screen does not show for a fixed sum must not refuse it."""
        if self.kind != "interest":
            self.compounding = "none"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rule in self.filtered(lambda r: r.date_from and r.date_to):
            if rule.date_to < rule.date_from:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” would end before it starts: choose a later end.",
                        rule=rule.name,
                    )
                )

    def _problem_sentences(self):
        """What contradicts itself, by the codes of the pure rules."""
        return {
            "compounding_fixed": self.env._(
                "interest on interest needs a rate that follows the reference."
            ),
            "compounding_original": self.env._(
                "interest on interest is counted on what is open, not on the invoice."
            ),
            "compounding_sum": self.env._(
                "a fixed sum bears no interest on interest: choose no compounding."
            ),
            "monthly_day_count": self.env._(
                "monthly compounding counts the rest of a month as act/365."
            ),
            "order_original": self.env._(
                "interest on the whole invoice does not depend on payments: let part "
                "payments go to the principal first."
            ),
            "order": self.env._("the order of part payments is not known."),
            "grace": self.env._("grace that stays free needs a number of days."),
            "day_count": self.env._("its day count is not known."),
            "negative": self.env._("days and amounts must not be negative."),
            "open_end": self.env._(
                "the brackets must end with one row without limit (zero)."
            ),
            "limits": self.env._("the limits of the brackets must rise."),
            "step": self.env._(
                "choose the step of a strategy that the fee comes with."
            ),
        }

    # RULES

    def _to_regime(self):
        """The rule as the pure calculation knows it."""
        self.ensure_one()
        return Regime(
            margin=Decimal(str(self.margin)),
            multiple=Decimal(str(self.multiple)),
            step=Decimal(str(self.rounding_step)),
            reset=self.reset,
            day_count=self.day_count,
            compounding=self.compounding,
            base=self.base,
            grace=self.grace_days,
            grace_kept=self.is_grace_kept,
            minimum=Decimal(str(self.minimum)),
            cap_amount=Decimal(str(self.maximum)) if self.maximum else None,
            cap_percent=Decimal(str(self.cap_percent)) if self.cap_percent else None,
            order=self.payment_order,
        )

    def _to_table(self):
        """Rates by period; without a reference the percent alone counts."""
        self.ensure_one()
        if self.reference_id:
            return self.reference_id._to_table()
        return constant(Decimal(0), self.name)

    def _terms(self):
        """``{rule: Terms}``."""
        return {
            rule: Terms(
                rule._to_regime(), rule._to_table(), rule.bracket_ids._to_brackets()
            )
            for rule in self
        }

    def _fixed_sum(self, amount, table, digits):
        """What brackets give for an amount (``Decimal`` in their currency)."""
        self.ensure_one()
        return brackets.amount(
            amount,
            table,
            minimum=Decimal(str(self.minimum)),
            maximum=Decimal(str(self.maximum)) if self.maximum else None,
            digits=digits,
        )

    def _applies_to(self, partner, date_due):
        """Whether it acts on an invoice of this customer due on that day."""
        self.ensure_one()
        is_consumer = partner._recovery_debtor_kind() == "consumer"
        kind = "consumer" if is_consumer else "business"
        return (
            self.debtors in ("any", kind)
            and (not self.date_from or self.date_from <= date_due)
            and (not self.date_to or date_due <= self.date_to)
        )

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.interest import Claim, interest
from ..tools.rates import MissingRateError


class DebtRecoveryChargeCalculate(models.TransientModel):
    """What late payment of an amount costs under a rule, with every step shown."""

    _name = "debt.recovery.charge.calculate"
    _description = "Interest Calculator"
    _inherit = ["debt.recovery.charge.certificate.mixin"]

    case_id = fields.Many2one("debt.recovery.case")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    rule_id = fields.Many2one(
        "debt.recovery.charge.rule",
        required=True,
        domain=[("kind", "=", "interest")],
        default=lambda self: self._default_rule_id(),
    )
    amount = fields.Monetary(required=True)
    costs = fields.Monetary(
        help="Fixed sums and fees claimed beside it; payments go to them first where "
        "the rule says so."
    )
    payment_ids = fields.One2many(
        "debt.recovery.charge.calculate.payment", "wizard_id", "Part Payments"
    )
    date_due = fields.Date("Due", required=True)
    date_until = fields.Date(
        "Counted Until",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    total = fields.Monetary("Interest", compute="_compute_total")
    total_owed = fields.Monetary(
        "Still Owed",
        compute="_compute_total",
        help="Amount, costs and interest less what was paid.",
    )
    detail = fields.Json(compute="_compute_total")
    payment_uses = fields.Json(compute="_compute_total")
    problem = fields.Char(compute="_compute_total")

    @api.model
    def default_get(self, fields):
        """From a case: what is collectable, since the oldest due date; from an invoice:
        its amount and what was paid on it."""
        found = super().default_get(fields)
        record = self.env[self.env.context.get("active_model") or self._name].browse(
            self.env.context.get("active_id")
        )
        if record._name == "debt.recovery.case" and record:
            found |= {
                "case_id": record.id,
                "company_id": record.company_id.id,
                "currency_id": record.company_currency_id.id,
                "amount": record.amount_collectable,
                "date_due": record.date_oldest_due,
            }
        elif record._name == "account.move" and record:
            found |= self._default_from_invoice(record)
        return {name: value for name, value in found.items() if name in fields}

    @api.model
    def _default_from_invoice(self, move):
        lines = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        paid = self.env["debt.recovery.charge"].sudo()._payments_of(lines.sudo())
        return {
            "company_id": move.company_id.id,
            "currency_id": move.currency_id.id,
            "amount": move.amount_total,
            "date_due": move.invoice_date_due,
            "payment_ids": [
                fields.Command.create({"date": day, "amount": float(amount)})
                for payments in paid.values()
                for day, amount in payments
            ],
        }

    @api.model
    def _default_rule_id(self):
        chosen = self.env.company._recovery_root().recovery_charge_rule_ids
        rules = chosen.filtered(lambda rule: rule.kind == "interest")
        return rules[:1] or rules.search([("kind", "=", "interest")], limit=1)

    @api.depends(
        "rule_id",
        "amount",
        "costs",
        "date_due",
        "date_until",
        "currency_id",
        "payment_ids.date",
        "payment_ids.amount",
    )
    def _compute_total(self):
        charges = self.env["debt.recovery.charge"]
        for wizard in self:
            wizard.update(wizard._nothing_counted())
            if not (wizard.rule_id and wizard.date_due and wizard.date_until):
                continue
            wizard.problem = wizard._input_problem()
            if wizard.problem:
                continue
            try:
                found = wizard._count()
            except MissingRateError as error:
                reference = wizard.rule_id.reference_id
                wizard.problem = reference._missing_sentence(error)
                continue
            wizard.total = float(found.total)
            paid = sum(float(use.amount) for use in found.uses)
            wizard.total_owed = wizard.amount + wizard.costs + wizard.total - paid
            wizard.detail = [charges._plain_segment(item) for item in found.segments]
            wizard.payment_uses = charges._plain_uses(found)

    def _nothing_counted(self):
        return {
            "total": 0.0,
            "total_owed": 0.0,
            "detail": [],
            "payment_uses": [],
            "problem": False,
        }

    def _input_problem(self):
        """A sentence about what cannot be counted with, or False."""
        amounts = [self.amount, self.costs, *self.payment_ids.mapped("amount")]
        if min(amounts) < 0:
            return self.env._("Enter amounts and payments without a minus sign.")
        return False

    def _count(self):
        rule = self.rule_id
        claim = Claim(
            Decimal(str(self.amount)),
            self.date_due,
            [
                (payment.date, Decimal(str(payment.amount)))
                for payment in self.payment_ids
                if payment.date
            ],
            costs=[(self.date_due, Decimal(str(self.costs)))],
        )
        digits = self.currency_id.decimal_places
        terms = rule._terms()[rule]
        return interest(claim, terms.regime, terms.table, self.date_until, digits)

    def action_print(self):
        """The calculation as a certificate."""
        self.ensure_one()
        if self.problem:
            raise UserError(self.problem)
        report = self.env.ref("debt_recovery_charge.action_report_interest_certificate")
        return report.report_action(self)

    def _certificate_facts(self):
        facts = super()._certificate_facts()
        amount = (self.env._("Amount"), self.currency_id.format(self.amount))
        return [*facts[:2], amount, *facts[2:]]

    def _certificate_total(self):
        return self.total

    def _certificate_principal(self):
        return self.amount

    def _certificate_settled(self):
        return 0.0

    def _certificate_left(self):
        owed = (
            self.env._("Still owed in all"),
            self.currency_id.format(self.total_owed),
        )
        return [*super()._certificate_left(), owed]


class DebtRecoveryChargeCalculatePayment(models.TransientModel):
    """A part payment to count with."""

    _name = "debt.recovery.charge.calculate.payment"
    _description = "Part Payment"
    _order = "date, id"

    wizard_id = fields.Many2one(
        "debt.recovery.charge.calculate", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    date = fields.Date("Paid On", required=True)
    amount = fields.Monetary(required=True)

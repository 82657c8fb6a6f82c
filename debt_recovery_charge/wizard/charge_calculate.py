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
    date_due = fields.Date("Due", required=True)
    date_until = fields.Date(
        "Paid On",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    total = fields.Monetary("Interest", compute="_compute_total")
    detail = fields.Json(compute="_compute_total")
    problem = fields.Char(compute="_compute_total")

    @api.model
    def default_get(self, fields):
        """From a case: what is collectable, since the oldest due date; from an invoice:
        what is open."""
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
            found |= {
                "company_id": record.company_id.id,
                "currency_id": record.currency_id.id,
                "amount": record.amount_residual or record.amount_total,
                "date_due": record.invoice_date_due,
            }
        return {name: value for name, value in found.items() if name in fields}

    @api.model
    def _default_rule_id(self):
        chosen = self.env.company._recovery_root().recovery_charge_rule_ids
        rules = chosen.filtered(lambda rule: rule.kind == "interest")
        return rules[:1] or rules.search([("kind", "=", "interest")], limit=1)

    @api.depends("rule_id", "amount", "date_due", "date_until", "currency_id")
    def _compute_total(self):
        charges = self.env["debt.recovery.charge"]
        for wizard in self:
            wizard.total, wizard.detail, wizard.problem = 0.0, [], False
            if not (wizard.rule_id and wizard.date_due and wizard.date_until):
                continue
            try:
                found = wizard._count()
            except MissingRateError as error:
                reference = wizard.rule_id.reference_id
                wizard.problem = reference._missing_sentence(error)
                continue
            wizard.total = float(found.total)
            wizard.detail = [charges._plain_segment(item) for item in found.segments]

    def _count(self):
        rule = self.rule_id
        claim = Claim(Decimal(str(self.amount)), self.date_due)
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

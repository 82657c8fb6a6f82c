from odoo import api, fields, models

from ..tools.handover import Rule
from ..tools.money import to_decimal

CODES = [
    ("amount", "Amount worth it (money units)"),
    ("demand", "Formal demand has left"),
    ("waiting", "Waiting period is over (days)"),
    ("hold", "No hold stops legal steps"),
    ("dispute", "Nothing is disputed"),
    ("agreement", "Nothing is agreed"),
    ("limitation", "Not time-barred"),
    ("documents", "Documents are there"),
    ("address", "Address is checked (days)"),
    ("economic", "Expected recovery against cost (times)"),
]
FIXERS = [
    ("officer", "The officer"),
    ("manager", "A manager"),
    ("legal", "Legal"),
    ("accounting", "Invoicing"),
    ("debtor", "The debtor, or nobody"),
]


class DebtRecoveryHandoverRule(models.Model):
    """One line of the checklist before a case is handed over. The strictest row that
    fits the debtor counts."""

    _name = "debt.recovery.handover.rule"
    _description = "Hand-over Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    code = fields.Selection(CODES, "Asks For", required=True)
    value = fields.Float(
        help="Money units, days or times the cost, as the kind of rule says."
    )
    target = fields.Selection(
        [("both", "Court and agency"), ("legal", "Court"), ("agency", "Agency")],
        required=True,
        default="both",
    )
    blocks = fields.Boolean(
        default=True, help="Without it nothing is handed over; else it only warns."
    )
    overridable = fields.Boolean(
        "May Be Left Out",
        default=True,
        help="A manager may answer for leaving it out, with a reason.",
    )
    insolvency = fields.Boolean(
        "Also for Insolvency Proofs",
        default=True,
        help="Proofs are lodged without demand or waiting.",
    )
    debtor_kind = fields.Selection(
        [("company", "Companies"), ("person", "Private persons")],
        "Debtors",
        help="Empty: every debtor.",
    )
    country_id = fields.Many2one("res.country", help="Of the debtor; empty: anywhere.")
    fixer = fields.Selection(FIXERS, "Who Can Fix It", default="officer")
    citation = fields.Char()
    company_id = fields.Many2one("res.company", help="Empty: every company.")
    active = fields.Boolean(default=True)

    @api.model
    def _for_case(self, case, target="legal", insolvency=False):
        """Rules that fit this debtor."""
        partner = case.partner_id
        debtor = partner._recovery_debtor_kind()
        kind = "person" if debtor in ("consumer", "sole_trader") else "company"
        domain = [
            ("target", "in", ["both", target]),
            ("company_id", "in", [False, case.company_id.id]),
            ("country_id", "in", [False, partner.country_id.id]),
            ("debtor_kind", "in", [False, kind]),
        ]
        if insolvency:
            domain.append(("insolvency", "=", True))
        return self.sudo().search(domain)

    def _to_rules(self):
        """As ``tools`` reads them."""
        return [
            Rule(
                code=rule.code,
                value=to_decimal(rule.value, 4),
                blocks=rule.blocks,
                overridable=rule.overridable,
                key=rule.id,
            )
            for rule in self
        ]

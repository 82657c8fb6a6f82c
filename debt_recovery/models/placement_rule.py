from odoo import api, fields, models

from ..tools.money import to_decimal
from ..tools.placement import ProposalRule


class DebtRecoveryPlacementRule(models.Model):
    """Which cases are proposed to an agency, and to which one."""

    _name = "debt.recovery.placement.rule"
    _description = "Placement Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    min_days = fields.Integer("Days Overdue from", default=90)
    min_units = fields.Float(
        "Amount from (Units)", default=5.0, help="Multiples of the money unit."
    )
    after_demand = fields.Boolean(
        "After a Formal Demand",
        default=True,
        help="Only after the last formal demand of the strategy has left.",
    )
    contract_id = fields.Many2one(
        "debt.recovery.placement.contract",
        "Agency",
        ondelete="set null",
        help="Empty: the only contract of the company, else who places it chooses.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company."
    )

    @api.model
    def _for_company(self, company):
        """Rules of a company, in their order."""
        return self.sudo().search([("company_id", "in", [False, company.id])])

    def _to_rules(self, company):
        """As ``tools`` reads them, amounts in company currency."""
        return [
            ProposalRule(
                min_days=rule.min_days,
                min_amount=to_decimal(company._recovery_units(rule.min_units), 4),
                after_demand=rule.after_demand,
                key=rule.id,
            )
            for rule in self
        ]

    def _choose_contract(self, company):
        """The agency a proposal of this rule goes to; empty where nobody knows."""
        contract = self.contract_id.filtered(lambda c: c.company_id == company)
        if contract:
            return contract
        contracts = self.env["debt.recovery.placement.contract"].sudo()
        found = contracts.search([("company_id", "=", company.id)], limit=2)
        return found if len(found) == 1 else found.browse()

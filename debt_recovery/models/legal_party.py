from odoo import api, fields, models

ROLES = [
    ("claimant", "Claimant"),
    ("debtor", "Debtor"),
    ("guarantor", "Guarantor"),
    ("counsel", "Our counsel"),
    ("other_counsel", "Counsel of the debtor"),
    ("bailiff", "Bailiff"),
    ("administrator", "Administrator"),
    ("witness", "Witness or expert"),
]


class DebtRecoveryLegalParty(models.Model):
    """Who takes part in a legal case, and how they name it."""

    _name = "debt.recovery.legal.party"
    _description = "Party of a Legal Case"
    _order = "sequence, id"
    _rec_name = "partner_id"

    legal_case_id = fields.Many2one(
        "debt.recovery.legal.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="legal_case_id.company_id", store=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    role = fields.Selection(ROLES, required=True, default="counsel")
    partner_id = fields.Many2one(
        "res.partner", "Name", required=True, index=True, ondelete="restrict"
    )
    reference = fields.Char("Their Reference")
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    note = fields.Char()

    @api.depends("role")
    def _compute_sequence(self):
        order = [role for role, _label in ROLES]
        for party in self:
            party.sequence = order.index(party.role) if party.role else 0

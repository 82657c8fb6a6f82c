from odoo import fields, models


class DebtRecoveryFieldCase(models.AbstractModel):
    """A record of field work: about one case, its customer, in its company."""

    _name = "debt.recovery.field.case.mixin"
    _description = "Record of Field Work"

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        related="case_id.partner_id",
        store=True,
        precompute=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related="case_id.company_id",
        store=True,
        precompute=True,
        index=True,
    )


class DebtRecoveryFieldFound(models.AbstractModel):
    """What somebody brought back from a visit: money, a paper, corrected data."""

    _name = "debt.recovery.field.found.mixin"
    _description = "Brought Back From a Visit"
    _inherit = ["debt.recovery.field.case.mixin"]

    visit_id = fields.Many2one(
        "debt.recovery.visit", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        "Taken By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )

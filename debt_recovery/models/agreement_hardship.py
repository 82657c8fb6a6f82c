from odoo import fields, models


class DebtRecoveryAgreementHardship(models.AbstractModel):
    """A plan that came out of a hardship assessment."""

    _name = "debt.recovery.agreement.hardship.mixin"
    _description = "Hardship Behind an Agreement"

    hardship_id = fields.Many2one(
        "debt.recovery.hardship",
        "Assessment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

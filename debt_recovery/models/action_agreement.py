from odoo import fields, models


class DebtRecoveryActionAgreement(models.AbstractModel):
    """What a message is about, if it is about an agreement."""

    _name = "debt.recovery.action.agreement.mixin"
    _description = "Message about an agreement"

    agreement_id = fields.Many2one(
        "debt.recovery.agreement", index="btree_not_null", ondelete="restrict"
    )
    agreement_message = fields.Char("Occasion", readonly=True)

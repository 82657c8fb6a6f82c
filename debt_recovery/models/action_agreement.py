from odoo import fields, models

from .agreement_overdue import ASKING


class DebtRecoveryActionAgreement(models.AbstractModel):
    """What a message is about, if it is about an agreement."""

    _name = "debt.recovery.action.agreement.mixin"
    _description = "Message about an agreement"

    agreement_id = fields.Many2one(
        "debt.recovery.agreement", index="btree_not_null", ondelete="restrict"
    )
    agreement_message = fields.Char("Occasion", readonly=True)

    def _release_check_ledger(self):
        """What an agreement asks for may have come in since the message was planned."""
        asking = self.filtered(lambda a: a.agreement_message in ASKING)
        asking.agreement_id._judge()
        for action in asking.filtered(lambda a: a._is_releasable()):
            if not action.agreement_id.sudo()._still_asks(action.agreement_message):
                action._cancel(self.env._("The payment came in meanwhile."))
        left = self - asking.filtered(lambda a: not a._is_releasable())
        return super(DebtRecoveryActionAgreement, left)._release_check_ledger()

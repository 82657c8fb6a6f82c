from odoo import fields, models


class DebtRecoveryDossierMake(models.TransientModel):
    _inherit = "debt.recovery.dossier.make"

    with_interest = fields.Boolean("Interest calculation", default=True)

    def _codes(self):
        return (*super()._codes(), "interest")

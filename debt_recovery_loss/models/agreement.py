from odoo import api, models
from odoo.tools import SQL


class DebtRecoveryAgreement(models.Model):
    """What we wrote off pays nothing."""

    _inherit = "debt.recovery.agreement"

    @api.model
    def _facts_write_off_conditions(self):
        return [
            *super()._facts_write_off_conditions(),
            SQL(
                """EXISTS (SELECT 1 FROM debt_recovery_write_off w
                            WHERE w.move_id = m.id)"""
            ),
        ]

    @api.model
    def _facts_never_owed_conditions(self):
        return [
            *super()._facts_never_owed_conditions(),
            SQL(
                """EXISTS (SELECT 1 FROM debt_recovery_write_off_recovery r
                            WHERE r.move_id = b.id)"""
            ),
        ]

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Losses of the company."""

    _inherit = "res.config.settings"

    recovery_loss_account_id = fields.Many2one(
        related="recovery_company_id.recovery_loss_account_id", readonly=False
    )
    recovery_loss_journal_id = fields.Many2one(
        related="recovery_company_id.recovery_loss_journal_id", readonly=False
    )
    recovery_relief_rule_id = fields.Many2one(
        related="recovery_company_id.recovery_relief_rule_id", readonly=False
    )
    recovery_relief_account_id = fields.Many2one(
        related="recovery_company_id.recovery_relief_account_id", readonly=False
    )
    recovery_recovered_account_id = fields.Many2one(
        related="recovery_company_id.recovery_recovered_account_id", readonly=False
    )
    recovery_provision = fields.Boolean(
        related="recovery_company_id.recovery_provision", readonly=False
    )
    recovery_impairment_account_id = fields.Many2one(
        related="recovery_company_id.recovery_impairment_account_id", readonly=False
    )
    recovery_allowance_account_id = fields.Many2one(
        related="recovery_company_id.recovery_allowance_account_id", readonly=False
    )

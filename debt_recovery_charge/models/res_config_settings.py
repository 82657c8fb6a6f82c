from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Interest and fees of the company."""

    _inherit = "res.config.settings"

    recovery_charge_rule_ids = fields.Many2many(
        related="recovery_company_id.recovery_charge_rule_ids", readonly=False
    )
    recovery_charge_pause = fields.Selection(
        related="recovery_company_id.recovery_charge_pause", readonly=False
    )
    recovery_charge_journal_id = fields.Many2one(
        related="recovery_company_id.recovery_charge_journal_id", readonly=False
    )
    recovery_charge_account_id = fields.Many2one(
        related="recovery_company_id.recovery_charge_account_id", readonly=False
    )
    recovery_charge_tax_ids = fields.Many2many(
        related="recovery_company_id.recovery_charge_tax_ids", readonly=False
    )

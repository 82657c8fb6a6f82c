from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The figures' settings of the root company."""

    _inherit = "res.config.settings"

    recovery_late_grace = fields.Integer(
        related="company_id.recovery_late_grace", readonly=False
    )
    recovery_early_zero = fields.Boolean(
        related="company_id.recovery_early_zero", readonly=False
    )
    recovery_risk_issued = fields.Boolean(
        related="company_id.recovery_risk_issued", readonly=False
    )
    recovery_band_b = fields.Integer(
        related="company_id.recovery_band_b", readonly=False
    )
    recovery_band_c = fields.Integer(
        related="company_id.recovery_band_c", readonly=False
    )
    recovery_band_d = fields.Integer(
        related="company_id.recovery_band_d", readonly=False
    )
    recovery_band_e = fields.Integer(
        related="company_id.recovery_band_e", readonly=False
    )

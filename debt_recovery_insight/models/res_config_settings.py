from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The figures' settings of the root company."""

    _inherit = "res.config.settings"

    recovery_late_grace = fields.Integer(
        related="company_id.recovery_late_grace", readonly=False
    )

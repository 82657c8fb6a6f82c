from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The switches of field work, those of the root company."""

    _inherit = "res.config.settings"

    recovery_field = fields.Boolean(
        related="recovery_company_id.recovery_field", readonly=False
    )
    recovery_field_user_id = fields.Many2one(
        related="recovery_company_id.recovery_field_user_id", readonly=False
    )
    recovery_field_location = fields.Boolean(
        related="recovery_company_id.recovery_field_location", readonly=False
    )
    recovery_field_photo = fields.Boolean(
        related="recovery_company_id.recovery_field_photo", readonly=False
    )
    recovery_field_signature = fields.Boolean(
        related="recovery_company_id.recovery_field_signature", readonly=False
    )
    recovery_field_employer = fields.Boolean(
        related="recovery_company_id.recovery_field_employer", readonly=False
    )

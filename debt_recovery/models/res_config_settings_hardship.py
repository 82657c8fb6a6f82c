from odoo import fields, models


class ResConfigSettingsHardship(models.AbstractModel):
    """Negotiation and hardship on the engine's page."""

    _name = "debt.recovery.settings.hardship.mixin"
    _description = "Settings of negotiation and hardship"

    recovery_company_id = fields.Many2one("res.company")

    recovery_plan_hazard = fields.Float(
        related="recovery_company_id.recovery_plan_hazard", readonly=False
    )
    recovery_discount_rate = fields.Float(
        related="recovery_company_id.recovery_discount_rate", readonly=False
    )
    recovery_hardship_budget = fields.Boolean(
        related="recovery_company_id.recovery_hardship_budget", readonly=False
    )
    recovery_hardship_reserve = fields.Float(
        related="recovery_company_id.recovery_hardship_reserve", readonly=False
    )
    recovery_hardship_token_units = fields.Float(
        related="recovery_company_id.recovery_hardship_token_units", readonly=False
    )
    recovery_hardship_token_months = fields.Integer(
        related="recovery_company_id.recovery_hardship_token_months", readonly=False
    )
    recovery_hardship_plan_months = fields.Integer(
        related="recovery_company_id.recovery_hardship_plan_months", readonly=False
    )
    recovery_hardship_pause_days = fields.Integer(
        related="recovery_company_id.recovery_hardship_pause_days", readonly=False
    )

from odoo import api, fields, models


class DebtRecoveryCompanyHardship(models.AbstractModel):
    """What helps to find a way with a debtor who cannot pay: kept on the root
    company."""

    _name = "debt.recovery.company.hardship.mixin"
    _description = "Negotiation and Hardship of a Company"

    # negotiation (compliance 7.2, P9)
    recovery_plan_hazard = fields.Float(
        "Plans That Fail (% a month)",
        default=3.0,
        help="Your general experience; the history of a customer corrects it.",
    )
    recovery_discount_rate = fields.Float(
        "Discount Rate (% a year)",
        default=10.0,
        help="What money later is worth less than money today.",
    )

    # hardship
    recovery_hardship_budget = fields.Boolean(
        "Ask for Income and Outgoings",
        help="Off: the assessment keeps no more than what the person can pay each "
        "month.",
    )
    recovery_hardship_reserve = fields.Float(
        "Left for the Unexpected (%)",
        default=10.0,
        help="Share of what is free each month that is not asked for.",
    )
    recovery_hardship_token_units = fields.Float(
        "Token Payment (Units)",
        default=0.2,
        help="The smallest monthly payment that is worth taking.",
    )
    recovery_hardship_token_months = fields.Integer("Token Payments", default=3)
    recovery_hardship_plan_months = fields.Integer("Longest Plan (months)", default=24)
    recovery_hardship_pause_days = fields.Integer("Length of a Pause", default=30)

    @api.model
    def _recovery_not_negative_fields(self):
        return [
            "recovery_plan_hazard",
            "recovery_discount_rate",
            "recovery_hardship_reserve",
            "recovery_hardship_token_units",
            "recovery_hardship_token_months",
            "recovery_hardship_plan_months",
            "recovery_hardship_pause_days",
        ]

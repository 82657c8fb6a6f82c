from odoo import fields, models


class ResConfigSettingsAgreement(models.AbstractModel):
    """Defaults of agreements on the engine's page."""

    _name = "debt.recovery.settings.agreement.mixin"
    _description = "Settings of agreements"

    recovery_company_id = fields.Many2one("res.company")

    recovery_promise_grace_days = fields.Integer(
        related="recovery_company_id.recovery_promise_grace_days", readonly=False
    )
    recovery_promise_percent = fields.Float(
        related="recovery_company_id.recovery_promise_percent", readonly=False
    )
    recovery_promise_remind_units = fields.Float(
        related="recovery_company_id.recovery_promise_remind_units", readonly=False
    )
    recovery_promise_level = fields.Integer(
        related="recovery_company_id.recovery_promise_level", readonly=False
    )
    recovery_agreement_thanks = fields.Boolean(
        related="recovery_company_id.recovery_agreement_thanks", readonly=False
    )
    recovery_plan_grace_days = fields.Integer(
        related="recovery_company_id.recovery_plan_grace_days", readonly=False
    )
    recovery_plan_chase_days = fields.Integer(
        related="recovery_company_id.recovery_plan_chase_days", readonly=False
    )
    recovery_plan_missed = fields.Integer(
        related="recovery_company_id.recovery_plan_missed", readonly=False
    )
    recovery_plan_late_days = fields.Integer(
        related="recovery_company_id.recovery_plan_late_days", readonly=False
    )
    recovery_plan_cure_days = fields.Integer(
        related="recovery_company_id.recovery_plan_cure_days", readonly=False
    )
    recovery_plan_sign_days = fields.Integer(
        related="recovery_company_id.recovery_plan_sign_days", readonly=False
    )
    recovery_agreement_lock_days = fields.Integer(
        related="recovery_company_id.recovery_agreement_lock_days", readonly=False
    )
    recovery_waive_by = fields.Selection(
        related="recovery_company_id.recovery_waive_by",
        readonly=False,
        required=True,
    )
    recovery_waive_account_id = fields.Many2one(
        related="recovery_company_id.recovery_waive_account_id", readonly=False
    )
    recovery_waive_tax = fields.Boolean(
        related="recovery_company_id.recovery_waive_tax", readonly=False
    )

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """The engine's page. It always shows the root company: a branch has no settings of
    its own."""

    _name = "res.config.settings"
    _inherit = [
        "res.config.settings",
        "debt.recovery.settings.agreement.mixin",
        "debt.recovery.settings.hardship.mixin",
    ]

    recovery_company_id = fields.Many2one(
        "res.company", compute="_compute_recovery_company_id"
    )
    recovery_currency_id = fields.Many2one(
        related="recovery_company_id.currency_id", string="Recovery Currency"
    )
    recovery_money_unit = fields.Monetary(
        related="recovery_company_id.recovery_money_unit",
        currency_field="recovery_currency_id",
        readonly=False,
    )
    recovery_floor_units = fields.Float(
        related="recovery_company_id.recovery_floor_units", readonly=False
    )
    recovery_floor_percent = fields.Float(
        related="recovery_company_id.recovery_floor_percent", readonly=False
    )
    recovery_open_units = fields.Float(
        related="recovery_company_id.recovery_open_units", readonly=False
    )
    recovery_send_units = fields.Float(
        related="recovery_company_id.recovery_send_units", readonly=False
    )
    recovery_grace_days = fields.Integer(
        related="recovery_company_id.recovery_grace_days", readonly=False
    )
    recovery_autopay_days = fields.Integer(
        related="recovery_company_id.recovery_autopay_days", readonly=False
    )
    recovery_quiet_days = fields.Integer(
        related="recovery_company_id.recovery_quiet_days", readonly=False
    )
    recovery_credit_percent = fields.Float(
        related="recovery_company_id.recovery_credit_percent", readonly=False
    )
    recovery_reset_percent = fields.Float(
        related="recovery_company_id.recovery_reset_percent", readonly=False
    )
    recovery_tolerance_units = fields.Float(
        related="recovery_company_id.recovery_tolerance_units", readonly=False
    )
    recovery_max_attachments = fields.Integer(
        related="recovery_company_id.recovery_max_attachments", readonly=False
    )
    recovery_max_attachment_mb = fields.Float(
        related="recovery_company_id.recovery_max_attachment_mb", readonly=False
    )
    recovery_limitation_law = fields.Selection(
        related="recovery_company_id.recovery_limitation_law", readonly=False
    )
    recovery_limitation_warn_days = fields.Integer(
        related="recovery_company_id.recovery_limitation_warn_days", readonly=False
    )
    recovery_limitation_urgent_days = fields.Integer(
        related="recovery_company_id.recovery_limitation_urgent_days", readonly=False
    )
    recovery_keep_min = fields.Integer(
        related="recovery_company_id.recovery_keep_min", readonly=False
    )
    recovery_keep_max = fields.Integer(
        related="recovery_company_id.recovery_keep_max", readonly=False
    )
    recovery_release = fields.Selection(
        related="recovery_company_id.recovery_release", readonly=False, required=True
    )
    recovery_release_hour = fields.Float(
        related="recovery_company_id.recovery_release_hour", readonly=False
    )
    recovery_user_id = fields.Many2one(
        related="recovery_company_id.recovery_user_id", readonly=False
    )
    recovery_escalate_user_id = fields.Many2one(
        related="recovery_company_id.recovery_escalate_user_id", readonly=False
    )
    recovery_ar_user_id = fields.Many2one(
        related="recovery_company_id.recovery_ar_user_id", readonly=False
    )
    recovery_final_approver_id = fields.Many2one(
        related="recovery_company_id.recovery_final_approver_id", readonly=False
    )
    recovery_demand_approval = fields.Boolean(
        related="recovery_company_id.recovery_demand_approval", readonly=False
    )
    recovery_legal = fields.Boolean(
        related="recovery_company_id.recovery_legal", readonly=False
    )
    recovery_agency = fields.Boolean(
        related="recovery_company_id.recovery_agency", readonly=False
    )
    recovery_sender_email = fields.Char(
        related="recovery_company_id.recovery_sender_email", readonly=False
    )

    recovery_test_recipient_id = fields.Many2one(
        related="recovery_company_id.recovery_test_recipient_id", readonly=False
    )
    recovery_capacity = fields.Integer(
        related="recovery_company_id.recovery_capacity", readonly=False
    )

    @api.depends("company_id")
    def _compute_recovery_company_id(self):
        for settings in self:
            settings.recovery_company_id = settings.company_id._recovery_root()

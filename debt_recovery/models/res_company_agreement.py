from odoo import api, fields, models


class ResCompany(models.Model):
    """Defaults of agreements (practice 4.0), kept on the root company."""

    _inherit = "res.company"

    recovery_promise_grace_days = fields.Integer(
        "Grace of a Promise (working days)", default=3
    )
    recovery_promise_percent = fields.Float("Promise Kept From (%)", default=95.0)
    recovery_promise_remind_units = fields.Float(
        "Remind the Day Before From (Units)", default=10.0
    )
    recovery_promise_level = fields.Integer(
        "Approval After So Many Broken Promises",
        help="Zero: broken promises only warn.",
    )
    recovery_agreement_thanks = fields.Boolean(
        "Thank for Kept Agreements",
        help="One e-mail when the last agreed payment is in.",
    )
    recovery_plan_grace_days = fields.Integer("Grace of an Instalment", default=5)
    recovery_plan_chase_days = fields.Integer(
        "Remind After an Unpaid Instalment (days)",
        default=3,
        help="One friendly message, before the notice of a breach; zero: none.",
    )
    recovery_plan_missed = fields.Integer("Breach: Missed Instalments", default=2)
    recovery_plan_late_days = fields.Integer("Breach: Days Late", default=14)
    recovery_plan_cure_days = fields.Integer("Days to Cure a Breach", default=7)
    recovery_plan_sign_days = fields.Integer("Days to Sign an Agreement", default=10)
    recovery_agreement_lock_days = fields.Integer("Verdict Locked After", default=30)

    recovery_waive_by = fields.Selection(
        [("entry", "Write-off entry"), ("credit", "Credit note")],
        "Waive the Rest By",
        default="entry",
        required=True,
        help="What is given up when a settlement is kept. A credit note takes base and "
        "tax back in the proportions of its invoice.",
    )
    recovery_waive_account_id = fields.Many2one(
        "account.account",
        "Account for Waived Amounts",
        help="Takes what is given up when a settlement is kept.",
    )
    recovery_waive_tax = fields.Boolean(
        "Correct Tax of Waived Amounts",
        default=True,
        help="The tax inside the waived amount goes back to the tax accounts of the "
        "invoice.",
    )

    @api.model
    def _recovery_not_negative_fields(self):
        return [
            *super()._recovery_not_negative_fields(),
            "recovery_promise_grace_days",
            "recovery_promise_percent",
            "recovery_promise_remind_units",
            "recovery_promise_level",
            "recovery_plan_grace_days",
            "recovery_plan_chase_days",
            "recovery_plan_missed",
            "recovery_plan_late_days",
            "recovery_plan_cure_days",
            "recovery_plan_sign_days",
            "recovery_agreement_lock_days",
        ]

    def _recovery_agreement_terms(self, kind):
        """Grace, threshold and default clause of a kind of agreement."""
        promise = kind == "promise"
        return {
            "grace_days": self.recovery_promise_grace_days
            if promise
            else self.recovery_plan_grace_days,
            "threshold_percent": self.recovery_promise_percent if promise else 100.0,
            "chase_days": 0 if promise else self.recovery_plan_chase_days,
            "breach_missed": self.recovery_plan_missed,
            "breach_late_days": self.recovery_plan_late_days,
            "cure_days": self.recovery_plan_cure_days,
        }

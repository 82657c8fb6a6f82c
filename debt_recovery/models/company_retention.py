from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DebtRecoveryCompanyRetention(models.AbstractModel):
    """How long the contact log is kept: nothing younger than the minimum is ever
    purged; what is older than the maximum is proposed, and people decide
    (GDPR art. 5(1)(e), 12 CFR 1006.100)."""

    _name = "debt.recovery.company.retention.mixin"
    _description = "Retention of the Contact Log"

    recovery_keep_min = fields.Integer(
        "Keep at Least (Months)",
        default=36,
        help="Counted from the last activity of a closed case.",
    )
    recovery_keep_max = fields.Integer(
        "Propose to Purge After (Months)",
        default=120,
        help="Zero: nothing is proposed.",
    )

    @api.constrains("recovery_keep_min", "recovery_keep_max")
    def _check_retention(self):
        for company in self:
            least, most = company.recovery_keep_min, company.recovery_keep_max
            if least < 1 or (most and most < least):
                raise ValidationError(
                    self.env._(
                        "The log of %(company)s would be kept at least %(least)s and "
                        "purged after %(most)s months: enter one month or more, and a "
                        "maximum that is not below the minimum (zero: never).",
                        company=company.name,
                        least=least,
                        most=most,
                    )
                )

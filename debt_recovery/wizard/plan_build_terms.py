from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryPlanBuildTerms(models.AbstractModel):
    """Grace and default clause of the plan: the company's, unless agreed otherwise."""

    _name = "debt.recovery.plan.build.terms.mixin"
    _description = "Terms of a Planned Agreement"

    grace_days = fields.Integer(
        "Grace (days)", default=lambda self: self._default_term("grace_days")
    )
    chase_days = fields.Integer(
        "Remind After (days)", default=lambda self: self._default_term("chase_days")
    )
    breach_missed = fields.Integer(
        "Breach: Missed", default=lambda self: self._default_term("breach_missed")
    )
    breach_late_days = fields.Integer(
        "Breach: Days Late", default=lambda self: self._default_term("breach_late_days")
    )
    breach_arrears = fields.Float(
        "Breach: Arrears (%)",
        help="More than this part of the plan overdue is a breach; zero: not asked.",
    )
    cure_days = fields.Integer(
        "Days to Cure", default=lambda self: self._default_term("cure_days")
    )
    acknowledges = fields.Boolean(
        "Acknowledgement of Debt",
        help="The document says that the debt is owed; in many places that starts "
        "limitation anew.",
    )

    @api.model
    def _default_term(self, name):
        root = self.env.company._recovery_root().sudo()
        return root._recovery_agreement_terms("plan")[name]

    def _check_terms(self):
        """Terms an agreement cannot have, in one sentence."""
        days = self.grace_days, self.chase_days, self.breach_late_days, self.cure_days
        if min(days) < 0:
            raise UserError(
                self.env._(
                    "Grace, days to a reminder, days late and days to cure are zero or "
                    "more."
                )
            )
        if not 0 <= self.breach_arrears <= 100:
            raise UserError(self.env._("Arrears are between 0 and 100 %%."))

    def _prepare_terms_vals(self):
        names = (
            "grace_days",
            "chase_days",
            "breach_missed",
            "breach_late_days",
            "breach_arrears",
            "cure_days",
            "acknowledges",
        )
        return {name: self[name] for name in names}

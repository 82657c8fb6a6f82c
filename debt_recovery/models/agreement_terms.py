from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.agreements import Rule

#: Days of the calendar that are read to find the working days of a grace.
GRACE_SCAN = 30


class DebtRecoveryAgreementTerms(models.AbstractModel):
    """Grace, threshold and default clause: the company's, unless agreed otherwise."""

    _name = "debt.recovery.agreement.terms.mixin"
    _description = "Terms of an Agreement"

    grace_days = fields.Integer(
        "Grace (days)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        help="Days after the agreed day in which the money still counts: working days "
        "for a promise, calendar days for instalments.",
    )
    threshold_percent = fields.Float(
        "Kept From (%)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="Part of what is due that must have come in.",
    )
    chase_days = fields.Integer(
        "Remind After (days)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="Days after the day of a payment that did not come: one friendly message. "
        "Zero: none. A broken promise is answered by a call instead.",
    )
    breach_missed = fields.Integer(
        "Missed Instalments",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="So many unpaid instalments after their grace are a breach.",
    )
    breach_late_days = fields.Integer(
        "Days Late",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="One instalment later than this is a breach.",
    )
    breach_arrears = fields.Float(
        "Arrears (%)",
        aggregator=None,
        help="More than this part of the plan overdue is a breach; zero: not asked.",
    )
    cure_days = fields.Integer(
        "Days to Cure",
        compute="_compute_terms",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
        help="After the notice of a breach, before the agreement is broken.",
    )

    @api.depends("kind", "company_id")
    def _compute_terms(self):
        for agreement in self:
            company = (agreement.company_id or self.env.company)._recovery_root()
            terms = company.sudo()._recovery_agreement_terms(agreement.kind)
            agreement.update(terms)

    @api.constrains("grace_days", "chase_days", "threshold_percent", "cure_days")
    def _check_terms(self):
        for agreement in self:
            if (
                min(agreement.grace_days, agreement.chase_days, agreement.cure_days) < 0
                or not 0 < agreement.threshold_percent <= 100
            ):
                raise ValidationError(
                    self.env._(
                        "Grace, days to a reminder and to cure are zero or more, and "
                        "it counts as kept from a part above 0 and up to 100 %%."
                    )
                )

    def _rule(self):
        """The terms as ``tools`` reads them."""
        return Rule(
            threshold=Decimal(str(self.threshold_percent)),
            missed=max(1, self.breach_missed),
            late_days=max(self.breach_late_days, self.grace_days),
            arrears=Decimal(str(self.breach_arrears)),
            cure_days=self.cure_days,
        )

    def _grace_end(self, day):
        """Last day on which money for that date counts; nobody pays on a holiday."""
        company = self.company_id or self.env.company
        scan = timedelta(days=GRACE_SCAN + 3 * self.grace_days)
        calendar = company._recovery_calendar(day, day + scan)
        if self.kind == "promise" and self.grace_days:
            return calendar.add_working_days(day, self.grace_days)
        return calendar.next_working(day + timedelta(days=self.grace_days))

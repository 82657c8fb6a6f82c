from datetime import timedelta

from odoo import api, fields, models

from ..tools.approvals import Facts, is_within
from ..tools.money import to_decimal
from ..tools.schedule import months_between
from ..tools.settlement import percent_waived

#: Payments of a rhythm in a month, never more.
PER_MONTH = {"monthly": 1, "fortnightly": 2, "weekly": 4}


class DebtRecoveryPlanBuildAuthority(models.AbstractModel):
    """Whether the user may agree a plan alone, what is beyond, and the nearest version
    that is not."""

    _name = "debt.recovery.plan.build.authority.mixin"
    _description = "Authority Over a Plan"

    needs_approval = fields.Boolean(compute="_compute_authority")
    authority = fields.Char(compute="_compute_authority")
    can_fit = fields.Boolean(compute="_compute_authority")
    fit_text = fields.Char(compute="_compute_authority")

    @api.depends(
        "line_ids.selected",
        "line_ids.amount",
        "number",
        "date_first",
        "rhythm",
        "date_ids.date",
        "down_payment",
        "discount",
        "case_id",
    )
    def _compute_authority(self):
        for wizard in self:
            rows = wizard._quiet_rows()
            limit = wizard._own_limit()
            beyond = wizard._beyond(limit, wizard._plan_facts(rows)) if rows else []
            beyond += wizard._discount_beyond() if rows else []
            wizard.needs_approval = bool(beyond)
            wizard.authority = bool(beyond) and wizard.env._(
                "Needs approval: %(why)s.", why=", ".join(beyond)
            )
            fit = wizard._fitting_vals() if beyond else {}
            wizard.can_fit = bool(fit)
            wizard.fit_text = bool(fit) and wizard.env._(
                "%(count)s payments from %(day)s",
                count=fit["number"],
                day=wizard._format_day(fit["date_first"]),
            )

    def _own_limit(self, subject="plan"):
        """The limit of the user's role; None where nothing limits."""
        case = self.case_id._origin
        if self.env.su or not case:
            return None
        approvals = self.env["debt.recovery.approval"]
        role = approvals._role_of(self.env.user, case.company_id)
        limits = self.env["debt.recovery.approval.limit"]
        rows = limits._for_subject(subject, case.company_id)
        limits = rows._to_limits(case.company_id)
        return next((limit for limit in limits if limit.role == role), None)

    def _plan_facts(self, rows):
        today = self._today()
        company = self.case_id.company_id
        total = self.currency_id._convert(
            self.total, company.currency_id, company, today
        )
        return Facts(
            amount=to_decimal(total, company.currency_id.decimal_places),
            count=sum(1 for row in rows if row.number),
            months=months_between(today, rows[-1].due),
            days=(rows[0].due - today).days,
        )

    def _discount_beyond(self):
        """A discount is a part of the debt given up: limited like a settlement."""
        limit = self._own_limit("settlement")
        if not self.discount or limit is None:
            return []
        company = self.case_id.company_id
        waived = self.currency_id._convert(
            self.discount, company.currency_id, company, self._today()
        )
        digits = company.currency_id.decimal_places
        total, discount = self._exact(self.total), self._exact(self.discount)
        facts = Facts(
            amount=to_decimal(waived, digits),
            percent=percent_waived(total, total - discount),
        )
        if is_within(limit, facts):
            return []
        return [
            self.env._(
                "a discount of %(amount)s",
                amount=self.currency_id.format(self.discount),
            )
        ]

    def _beyond(self, limit, facts):
        """What exceeds the limit, in words."""
        if limit is None or is_within(limit, facts):
            return []
        company = self.case_id.company_id
        words = {
            "amount": lambda value: self.env._(
                "more than %(amount)s",
                amount=company.currency_id.format(float(value)),
            ),
            "count": lambda value: self.env._("more than %(n)s payments", n=value),
            "months": lambda value: self.env._("longer than %(n)s months", n=value),
            "days": lambda value: self.env._(
                "first payment later than in %(n)s days", n=value
            ),
        }
        return [
            say(getattr(limit, name))
            for name, say in words.items()
            if getattr(limit, name) is not None
            and getattr(facts, name) > getattr(limit, name)
        ] or [self.env._("plans are decided above you")]

    def _fitting_vals(self):
        """Fewer payments and an earlier first one; empty where the sum is the bar."""
        limit = self._own_limit()
        fixed = self.rhythm == "custom" or self._discount_beyond()
        if limit is None or fixed or not self._quiet_rows():
            return {}
        number, first = self.number, self.date_first
        if limit.days is not None:
            first = min(first, self._today() + timedelta(days=limit.days))
        if limit.count is not None:
            number = min(number, limit.count)
        if limit.months is not None:
            number = min(number, limit.months * PER_MONTH[self.rhythm])
        rows = self._quiet_rows(number=number, first=first)
        if not rows or self._beyond(limit, self._plan_facts(rows)):
            return {}
        return {
            "number": number,
            "date_first": first,
            "affordable": 0.0,
            "chip": str(number) if number in (3, 4, 6) else False,
        }

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.approvals import ROLES, Facts, needed_role
from ..tools.money import to_decimal
from ..tools.schedule import months_between

#: An item is in one of these at most, and is not chased while it is.
RUNNING = ("active", "to_sign")


class DebtRecoveryAgreementApproval(models.AbstractModel):
    """A promise further ahead than its user may take: it is written down,
    takes nothing out of chasing, and becomes active when somebody says yes."""

    _name = "debt.recovery.agreement.approval.mixin"
    _description = "Approval of agreements"
    _inherit = "debt.recovery.approvable.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        agreements._check_authority()
        return agreements

    def write(self, vals):
        if vals.get("state") in RUNNING and not self.env.su:
            raise UserError(
                self.env._(
                    "An agreement is not made active by hand: take a new promise, or "
                    "approve the request in Approvals."
                )
            )
        result = super().write(vals)
        if "date_agreed" in vals:
            self._check_authority()
        return result

    def _check_authority(self):
        """Only what the user may decide alone counts at once."""
        for agreement in self.filtered(lambda a: a.state in RUNNING):
            if agreement._approval_is_mine():
                continue
            if agreement.kind == "promise":
                raise UserError(
                    self.env._(
                        "A payment date of %(day)s is further ahead than you may "
                        "agree alone: choose an earlier day, or ask for approval.",
                        day=format_date(self.env, agreement.date_agreed),
                    )
                )
            raise UserError(
                self.env._(
                    "%(agreement)s is more than you may agree alone: ask for approval.",
                    agreement=agreement.name,
                )
            )

    # SEAMS

    def _approval_kind(self):
        return self.kind

    def _approval_amount(self):
        """The covered part of the items, company currency at today's rate."""
        company = self.company_id
        today = company._recovery_today()
        return sum(
            line.currency_id._convert(
                line.amount_covered, company.currency_id, company, today
            )
            for line in self.line_ids
        )

    def _approval_facts(self):
        today = self.company_id._recovery_today()
        days = (self.date_agreed - today).days
        if self.kind == "promise":
            return Facts(days=days)
        if self.kind == "settlement":
            return self._settlement_facts()
        rows = self.instalment_ids.filtered("number") or self.instalment_ids
        first = min(self.instalment_ids.mapped("date_due"), default=self.date_agreed)
        digits = self.company_id.currency_id.decimal_places
        return Facts(
            amount=to_decimal(self._approval_amount(), digits),
            count=len(rows),
            months=months_between(today, self.date_agreed),
            days=(first - today).days,
        )

    def _approval_role(self):
        """After so many broken promises the next one is a manager's."""
        role = max(super()._approval_role(), self._waiver_role(), key=ROLES.index)
        company = self.company_id._recovery_root().sudo()
        level = company.recovery_promise_level
        if role == "officer" and level and self.broken_before_count >= level:
            return "manager"
        return role

    def _waiver_role(self):
        """A plan with a discount gives up a part of the debt: limited like a
        settlement, too."""
        if self.kind != "plan" or not self._amount_waived():
            return ROLES[0]
        company = self._approval_company()
        limits = self.env["debt.recovery.approval.limit"]
        rows = limits._for_subject("settlement", company)
        return needed_role(rows._to_limits(company), self._settlement_facts())

    def _approval_effect(self, approval=None):
        if self.kind == "promise":
            return self.env._(
                "%(amount)s are not chased until %(day)s (promise for %(agreed)s).",
                amount=self.amount_text,
                day=format_date(self.env, self.date_until),
                agreed=format_date(self.env, self.date_agreed),
            )
        return self._plan_effect()

    def _approval_problem(self, approval):
        today = self.company_id._recovery_today()
        if self.state != "to_approve":
            return self.env._("The promise was cancelled meanwhile.")
        if (
            min(self.instalment_ids.mapped("date_due"), default=self.date_agreed)
            < today
        ):
            return self.env._(
                "The promised day, %(day)s, has passed.",
                day=format_date(self.env, self.date_agreed),
            )
        taken = self.line_ids.search(
            [
                ("move_line_id", "in", self.line_ids.move_line_id.ids),
                ("state", "in", RUNNING),
            ],
            limit=1,
        )
        if taken:
            return self.env._(
                "%(item)s was promised otherwise meanwhile.",
                item=taken.move_id.display_name,
            )
        if not any(line.residual_currency for line in self.line_ids):
            return self.env._("What was promised has been paid meanwhile.")
        return False

    def _on_approved(self, approval):
        self._start()

    def _on_refused(self, approval):
        self.filtered(lambda a: a.state == "to_approve").write(
            {"state": "cancelled", "cancelled_by": "refused"}
        )

from odoo import models

from ..tools.approvals import Facts
from ..tools.money import to_decimal


class DebtRecoveryHandoverApproval(models.AbstractModel):
    """Who decides on a hand-over: by the amount that goes to court."""

    _name = "debt.recovery.handover.approval.mixin"
    _description = "Approval of Hand-overs"
    _inherit = "debt.recovery.approvable.mixin"

    def _approval_kind(self):
        return "legal"

    def _approval_amount(self):
        return self.amount

    def _approval_facts(self):
        digits = self.company_currency_id.decimal_places
        return Facts(amount=to_decimal(self.amount, digits))

    def _approval_effect(self, approval=None):
        types = dict(self._fields["type"]._description_selection(self.env))
        return self.env._(
            "%(type)s for %(amount)s: %(expected)s expected, costs of %(cost)s. The "
            "strategy stands still until the legal case is closed.",
            type=types[self.type],
            amount=self.company_currency_id.format(self.amount),
            expected=self.company_currency_id.format(self.expected),
            cost=self.company_currency_id.format(self.cost_estimate),
        )

    def _approval_problem(self, approval):
        if self.state != "waiting":
            return self.env._("The hand-over was given up or carried out meanwhile.")
        missing = self._judge_again()
        return missing and self.env._(
            "Meanwhile missing: %(points)s.", points="; ".join(missing)
        )

    def _judge_again(self):
        """Points that are missing today and were not left out with a reason."""
        left_out = self.check_ids.filtered("override_reason").rule_id.ids
        found = self._judge().open(left_out)
        rules = self.env["debt.recovery.handover.rule"].sudo()
        return [rules.browse(answer.rule.key).name for answer in found]

    def _on_approved(self, approval):
        self._carry_out()

    def _on_refused(self, approval):
        if self.state == "waiting":
            self.state = "draft"

from odoo import models

from ..tools.approvals import Facts
from ..tools.money import to_decimal


class DebtRecoveryPlacementApproval(models.AbstractModel):
    """Who decides on a placement: by the amount that is placed together."""

    _name = "debt.recovery.placement.approval.mixin"
    _description = "Approval of Placements"
    _inherit = "debt.recovery.approvable.mixin"

    def _approval_kind(self):
        return "placement"

    def _approval_amount(self):
        return self.amount

    def _approval_facts(self):
        digits = self.company_currency_id.decimal_places
        return Facts(amount=to_decimal(max(self.amount, self.amount_batch), digits))

    def _approval_effect(self, approval=None):
        return self.env._(
            "%(amount)s go to %(agency)s, commission %(percent)s %%. Our letters and "
            "calls stop until the placement ends.",
            amount=self.company_currency_id.format(self.amount),
            agency=self.contract_id.display_name,
            percent=f"{self.percent:g}",
        )

    def _approval_problem(self, approval):
        if self.state != "waiting":
            return self.env._("The placement was dropped or carried out meanwhile.")
        return self._problem()

    def _on_approved(self, approval):
        self._carry_out()

    def _on_refused(self, approval):
        if self.state == "waiting":
            self.state = "proposed"

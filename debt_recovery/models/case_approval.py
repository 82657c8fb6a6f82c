from odoo import fields, models
from odoo.tools import format_date


class DebtRecoveryCaseApproval(models.AbstractModel):
    """Giving up a case is asked for here; other decisions on a case may follow, each
    with its own kind and payload."""

    _name = "debt.recovery.case.approval.mixin"
    _description = "Approval of decisions on a case"
    _inherit = "debt.recovery.approvable.mixin"

    approval_ids = fields.One2many(
        "debt.recovery.approval", "case_id", "Approvals", readonly=True
    )

    # SEAMS

    def _approval_kind(self):
        return "case_close"

    def _approval_case(self):
        return self

    def _approval_amount(self):
        return self.amount_overdue

    def _approval_effect(self, approval=None):
        payload = (approval and approval.payload) or {}
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        return self.env._(
            "The case is closed as “%(reason)s”: %(amount)s are not chased any more.",
            reason=labels.get(payload.get("reason"), ""),
            amount=self.company_currency_id.format(self.amount_overdue),
        )

    def _approval_problem(self, approval):
        if self.state != "closed":
            return False
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        return self.env._(
            "The case was closed on %(day)s meanwhile: %(reason)s.",
            day=format_date(self.env, self.date_closed),
            reason=labels.get(self.close_reason, ""),
        )

    def _on_approved(self, approval):
        payload = approval.payload or {}
        self._close(payload.get("reason") or "other", payload.get("note"))

    # MERGE

    def _move_approvals(self, target):
        """Open requests on parts of this case follow them; a decision on the case
        itself was about another sum and is asked again."""
        waiting = self.env["debt.recovery.approval"].sudo()
        waiting = waiting.search([("case_id", "=", self.id), ("state", "=", "waiting")])
        waiting._follow_merged_case(target)

from odoo import api, fields, models
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
    approval_alert = fields.Char(compute="_compute_approval_alert")

    @api.depends("approval_ids.state")
    def _compute_approval_alert(self):
        """What waits for somebody's decision, in one line for the top of the form."""
        for case in self:
            waiting = case.approval_ids.filtered(lambda a: a.state == "waiting")
            labels = ", ".join(case._approval_labels(waiting))
            case.approval_alert = labels and self.env._(
                "Waits for approval: %(requests)s", requests=labels
            )

    def _approval_labels(self, approvals):
        kinds = dict(approvals._fields["kind"]._description_selection(self.env))
        return [
            self.env._(
                "%(kind)s, asked by %(user)s on %(day)s",
                kind=kinds[approval.kind],
                user=approval.requested_by_id.name,
                day=format_date(self.env, approval.create_date),
            )
            for approval in approvals
        ]

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

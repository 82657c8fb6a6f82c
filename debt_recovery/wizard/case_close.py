from odoo import api, fields, models
from odoo.exceptions import UserError

#: Giving up money falls under the approval limits.
MANAGER_REASONS = ("written_off", "uncollectable")


class DebtRecoveryCaseClose(models.TransientModel):
    """Close cases by hand. The ledger closes what is paid by itself; a person closes
    the rest, says why, and asks before giving up money."""

    _name = "debt.recovery.case.close"
    _description = "Close a Case"

    case_ids = fields.Many2many("debt.recovery.case", string="Cases", required=True)
    company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_amount_open"
    )
    amount_open = fields.Monetary(
        "Still Overdue",
        currency_field="company_currency_id",
        compute="_compute_amount_open",
        help="Overdue and not paid, disputed and agreed amounts among it.",
    )
    reason = fields.Selection(
        [
            ("paid", "Paid"),
            ("uncollectable", "Uncollectable"),
            ("written_off", "Written off"),
            ("other", "Other"),
        ],
        required=True,
        compute="_compute_reason",
        store=True,
        readonly=False,
    )
    note = fields.Char("Explanation")
    needs_approval = fields.Boolean(compute="_compute_needs_approval")

    @api.depends("case_ids")
    def _compute_amount_open(self):
        for wizard in self:
            cases = wizard.case_ids
            wizard.company_currency_id = cases.company_currency_id[:1]
            wizard.amount_open = sum(cases.mapped("amount_overdue"))

    @api.depends("amount_open")
    def _compute_reason(self):
        for wizard in self:
            wizard.reason = False if wizard.amount_open else "paid"

    def action_close(self):
        """Check each case, then close them all."""
        self.ensure_one()
        cases = self.case_ids.filtered(lambda case: case.state != "closed")
        cases._refresh_figures()
        owing = cases.filtered(lambda case: not self._is_nothing_owed(case))
        if owing:
            self._check_reason(owing)
        approvals = self._ask_for(owing)
        cases -= approvals.case_id
        cases._close(self.reason, self.note)
        for case in cases:
            case.message_post(body=self._close_text())
        if approvals:
            return self.case_ids._approval_asked_notice(approvals)
        return {"type": "ir.actions.act_window_close"}

    def _ask_for(self, owing):
        """Who may not give up money asks for it, one request per case."""
        if self.reason not in MANAGER_REASONS:
            return self.env["debt.recovery.approval"]
        payload = {"reason": self.reason, "note": self.note}
        return owing._request_approval(self.note, payload)

    @api.depends("reason", "case_ids", "amount_open")
    def _compute_needs_approval(self):
        for wizard in self:
            wizard.needs_approval = bool(
                wizard.amount_open
                and wizard.reason in MANAGER_REASONS
                and any(
                    not case._approval_is_mine() for case in wizard.case_ids._origin
                )
            )

    def _is_nothing_owed(self, case):
        return case.company_currency_id.is_zero(case.amount_overdue)

    def _check_reason(self, owing):
        """Money left on the table needs a reason."""
        case = owing[0]
        amount = case.company_currency_id.format(case.amount_overdue)
        if self.reason == "paid":
            raise UserError(
                self.env._(
                    "%(customer)s still owes %(amount)s that is overdue, so the case "
                    "cannot be closed as paid. It closes by itself when the money is "
                    "in.",
                    customer=case.partner_id.display_name,
                    amount=amount,
                )
            )
        if not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "%(customer)s still owes %(amount)s that is overdue. Write down "
                    "why nobody chases it any more.",
                    customer=case.partner_id.display_name,
                    amount=amount,
                )
            )

    def _close_text(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return self.env._(
            "Closed: %(reason)s. %(note)s",
            reason=labels[self.reason],
            note=self.note or "",
        )

from datetime import timedelta

from odoo import api, fields, models

WORKING_DAYS = 5


class DebtRecoveryPromiseTake(models.TransientModel):
    """Take a promise to pay: one day, all that is collectable unless told otherwise.
    The promised part is not chased until that day with its grace has passed."""

    _name = "debt.recovery.promise.take"
    _description = "Take a Promise"
    _inherit = "debt.recovery.item.choice.mixin"

    date_agreed = fields.Date(
        "Payment Date",
        required=True,
        default=lambda self: self._default_date_agreed(),
    )
    amount = fields.Monetary(
        "Promised",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="Spread over the items, oldest first.",
    )
    source = fields.Selection(
        lambda self: self.env["debt.recovery.agreement"]._selection_source(),
        required=True,
        default="officer",
    )
    confirm = fields.Boolean(
        "Confirm by E-Mail",
        default=True,
        help="The customer gets the items, the day and the bank details.",
    )
    broken_before_count = fields.Integer(compute="_compute_broken_before_count")
    note = fields.Text()
    needs_approval = fields.Boolean(compute="_compute_needs_approval")
    line_ids = fields.One2many("debt.recovery.promise.take.line", "wizard_id", "Items")

    @api.model
    def _default_date_agreed(self):
        """A working week from now: most payment runs are weekly."""
        today = self.env.company._recovery_today()
        calendar = self.env.company._recovery_calendar(
            today, today + timedelta(days=40)
        )
        return calendar.add_working_days(today, WORKING_DAYS)

    @api.model
    def _choice_amount(self, row):
        """An item is in one running agreement at most."""
        return 0.0 if row.amount_agreed_currency else row.amount_collectable_currency

    @api.depends("line_ids.selected", "line_ids.amount", "currency_id")
    def _compute_amount(self):
        for wizard in self:
            chosen = wizard._chosen_lines()
            wizard.amount = sum(chosen.mapped("amount")) if wizard.currency_id else 0.0

    @api.onchange("amount")
    def _onchange_amount(self):
        """The promised sum pays the oldest items first."""
        if not self.currency_id:
            return
        left = self.amount
        for line in self.line_ids:
            part = self.currency_id.round(min(left, line.amount_open))
            line.selected = self.currency_id.compare_amounts(part, 0) > 0
            line.amount = part if line.selected else line.amount_open
            left -= part

    def action_confirm(self):
        """Record the promise; the figures follow in the same transaction."""
        self.ensure_one()
        parts = [(line.move_line_id, line.amount) for line in self._chosen_lines()]
        agreement = self.case_id._take_promise_parts(
            self.date_agreed, parts, self.source, self.note, self.confirm
        )
        if agreement.state == "to_approve":
            return agreement._approval_asked_notice(agreement._waiting_approvals())
        return {"type": "ir.actions.act_window_close"}

    @api.depends("case_id")
    def _compute_broken_before_count(self):
        """Earlier promises that were not kept: they warn, they do not forbid."""
        agreements = self.env["debt.recovery.agreement"]
        for wizard in self:
            agreement = agreements.new({"partner_id": wizard.partner_id.id})
            wizard.broken_before_count = len(agreement._broken_before())

    @api.depends("date_agreed", "case_id")
    def _compute_needs_approval(self):
        """Further ahead than the user may agree alone."""
        for wizard in self:
            case = wizard.case_id._origin
            wizard.needs_approval = bool(
                case
                and wizard.date_agreed
                and case._promise_needs_approval(wizard.date_agreed)
            )


class DebtRecoveryPromiseTakeLine(models.TransientModel):
    """One item of the promise; amounts in the currency of the item."""

    _name = "debt.recovery.promise.take.line"
    _description = "Promised Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.promise.take", required=True, ondelete="cascade"
    )

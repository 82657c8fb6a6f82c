from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

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
    grace_days = fields.Integer(
        "Grace (days)", default=3, help="Calendar days after the payment date."
    )
    amount = fields.Monetary(
        "Promised",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="Spread over the items, oldest first.",
    )
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
        lines = self._chosen_lines()
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing is promised: tick at least one item. If the list is "
                    "empty, nothing of %(customer)s can be chased now.",
                    customer=self.case_id.partner_id.display_name,
                )
            )
        self._end_expired(lines)
        vals = self._prepare_agreement_vals(lines)
        if self.needs_approval:
            vals["state"] = "proposed"
        agreement = self.env["debt.recovery.agreement"].create(vals)
        self.case_id.message_post(body=self._promise_text(agreement))
        if self.needs_approval:
            approvals = agreement._request_approval(self._approval_reason())
            return agreement._approval_asked_notice(approvals)
        self.case_id._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

    def _approval_reason(self):
        return self.note or self.env._(
            "The customer offers to pay on %(day)s.",
            day=format_date(self.env, self.date_agreed),
        )

    @api.depends("date_agreed", "case_id")
    def _compute_needs_approval(self):
        """Further ahead than the user may agree alone."""
        for wizard in self:
            case = wizard.case_id._origin
            vals = {
                "case_id": case.id,
                "company_id": case.company_id.id,
                "kind": "promise",
                "date_agreed": wizard.date_agreed,
            }
            agreement = self.env["debt.recovery.agreement"].new(vals)
            wizard.needs_approval = bool(
                case and wizard.date_agreed and not agreement._approval_is_mine()
            )

    def _end_expired(self, lines):
        """A promise whose day has passed still holds the key of its items."""
        old = self.env["debt.recovery.agreement.line"].search(
            [
                ("move_line_id", "in", lines.move_line_id.ids),
                ("state", "=", "active"),
                ("agreement_id.date_until", "<", self._today()),
            ]
        )
        old.agreement_id.action_cancel()

    def _today(self):
        return self.case_id.company_id._recovery_today()

    def _prepare_agreement_vals(self, lines):
        return {
            "case_id": self.case_id.id,
            "kind": "promise",
            "date_agreed": self.date_agreed,
            "grace_days": self.grace_days,
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.move_line_id.id,
                        "amount_covered": line.amount,
                    }
                )
                for line in lines
            ],
        }

    def _promise_text(self, agreement):
        return self.env._(
            "%(promise)s: %(amount)s. %(note)s",
            promise=agreement.name,
            amount=self.amount_text,
            note=self.note or "",
        )


class DebtRecoveryPromiseTakeLine(models.TransientModel):
    """One item of the promise; amounts in the currency of the item."""

    _name = "debt.recovery.promise.take.line"
    _description = "Promised Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.promise.take", required=True, ondelete="cascade"
    )

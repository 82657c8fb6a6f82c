from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.debt_recovery.tools.approvals import Facts


class DebtRecoveryChargeWaiver(models.Model):
    """Charges given up, wholly or in part, with a reason. It counts once somebody whose
    limit reaches that far agrees, and can be taken back."""

    _name = "debt.recovery.charge.waiver"
    _description = "Waiver of Charges"
    _inherit = ["debt.recovery.approvable.mixin"]
    _order = "id desc"

    case_id = fields.Many2one(
        "debt.recovery.case", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary("Given Up", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Asked By", readonly=True, default=lambda self: self.env.user
    )
    charge_ids = fields.Many2many("debt.recovery.charge", readonly=True)
    parts = fields.Json(readonly=True, help="What was given up of each charge.")
    state = fields.Selection(
        [
            ("waiting", "Waits for approval"),
            ("done", "Given up"),
            ("refused", "Not approved"),
            ("undone", "Taken back"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )

    @api.depends("case_id", "amount")
    def _compute_display_name(self):
        for waiver in self:
            waiver.display_name = self.env._(
                "Waiver of %(amount)s",
                amount=waiver.currency_id.format(waiver.amount),
            )

    # SEAMS OF APPROVALS

    def _approval_kind(self):
        return "waive_charge"

    def _approval_amount(self):
        return self._in_company_currency()

    def _approval_facts(self):
        """The limit is per case and year."""
        year = self.company_id._recovery_today() - relativedelta(years=1)
        before = self.sudo().search(
            [
                ("case_id", "=", self.case_id.id),
                ("state", "=", "done"),
                ("create_date", ">=", year),
            ]
        )
        total = sum(waiver._in_company_currency() for waiver in before | self)
        return Facts(amount=Decimal(str(total)))

    def _approval_effect(self, approval=None):
        return self.env._(
            "%(amount)s of the charges are given up: %(reason)s",
            amount=self.currency_id.format(self.amount),
            reason=self.reason,
        )

    def _approval_problem(self, approval):
        rest = sum(self.charge_ids.mapped("amount_open"))
        if self.currency_id.compare_amounts(self.amount, rest) > 0:
            return self.env._(
                "Less is open meanwhile: the charges were billed or paid."
            )
        return False

    def _on_approved(self, approval):
        self._apply()

    def _on_refused(self, approval):
        self.state = "refused"

    # DOING

    def _in_company_currency(self):
        company = self.company_id
        return self.currency_id._convert(
            self.amount, company.currency_id, company, company._recovery_today()
        )

    def _apply(self):
        """Give up, the oldest charge first."""
        left, parts = self.amount, {}
        for charge in self.charge_ids.sorted(lambda c: (c.date_due, c.id)):
            part = self.currency_id.round(min(left, charge.amount_open))
            if part <= 0:
                continue
            charge.sudo().amount_waived += part
            parts[str(charge.id)] = part
            left -= part
        self.sudo().write({"parts": parts, "state": "done"})

    def action_undo(self):
        """Claim again what was given up."""
        for waiver in self:
            if waiver.state != "done":
                raise UserError(
                    self.env._("Only charges that were given up can be claimed again.")
                )
            if not waiver._approval_is_mine():
                raise UserError(
                    self.env._(
                        "Whoever may give up this much may take it back: ask "
                        "your manager."
                    )
                )
            for charge_id, part in (waiver.parts or {}).items():
                charge = waiver.env["debt.recovery.charge"].browse(int(charge_id))
                charge.sudo().amount_waived -= part
            waiver.sudo().state = "undone"

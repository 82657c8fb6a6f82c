from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryChargeWaive(models.TransientModel):
    """Give up charges of one customer, wholly or in part."""

    _name = "debt.recovery.charge.waive"
    _description = "Waive Charges"

    charge_ids = fields.Many2many("debt.recovery.charge", string="Charges")
    currency_id = fields.Many2one("res.currency", compute="_compute_amount_open")
    amount_open = fields.Monetary("Open", compute="_compute_amount_open")
    amount = fields.Monetary(
        "Give Up",
        compute="_compute_amount",
        store=True,
        readonly=False,
    )
    reason = fields.Text(required=True)

    @api.depends("charge_ids")
    def _compute_amount_open(self):
        for wizard in self:
            wizard.currency_id = wizard.charge_ids.currency_id[:1]
            wizard.amount_open = sum(wizard.charge_ids.mapped("amount_open"))

    @api.depends("amount_open")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.amount_open

    def action_confirm(self):
        """Give up at once, or ask where the limit ends."""
        self.ensure_one()
        self._check_amount()
        waiver = self.env["debt.recovery.charge.waiver"].create(
            {
                "case_id": self.charge_ids.case_id.id,
                "currency_id": self.currency_id.id,
                "amount": self.amount,
                "reason": self.reason,
                "charge_ids": [fields.Command.set(self.charge_ids.ids)],
            }
        )
        approvals = waiver._request_approval(self.reason)
        if approvals:
            return waiver._approval_asked_notice(approvals)
        waiver._apply()
        return {"type": "ir.actions.act_window_close"}

    def _check_amount(self):
        charges = self.charge_ids
        if len(charges.case_id) != 1 or len(charges.currency_id) != 1:
            raise UserError(
                self.env._("Choose charges of one customer and one currency.")
            )
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("Enter an amount above zero."))
        if self.currency_id.compare_amounts(self.amount, self.amount_open) > 0:
            raise UserError(
                self.env._(
                    "Only %(open)s of these charges is open: enter that or less.",
                    open=self.currency_id.format(self.amount_open),
                )
            )

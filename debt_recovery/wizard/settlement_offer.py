from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.money import to_decimal
from ..tools.settlement import to_pay


class DebtRecoverySettlementOffer(models.TransientModel):
    """Agree on less than the debt: so many per cent, or an amount, in full by a day."""

    _name = "debt.recovery.settlement.offer"
    _description = "Agree on a Settlement"
    _inherit = "debt.recovery.item.choice.mixin"

    line_ids = fields.One2many(
        "debt.recovery.settlement.offer.line", "wizard_id", "Items"
    )
    total = fields.Monetary("Covers", compute="_compute_total")
    percent = fields.Float("Pays (%)", default=80.0)
    amount = fields.Monetary(
        "Pays", compute="_compute_amount", store=True, readonly=False
    )
    waived = fields.Monetary("Waived Then", compute="_compute_waived")
    date_agreed = fields.Date(
        "Paid in Full By",
        required=True,
        default=lambda self: self.env[
            "debt.recovery.promise.take"
        ]._default_date_agreed(),
    )
    signature = fields.Boolean("Send for Signature")
    note = fields.Text("Why")

    @api.depends("line_ids.selected", "line_ids.amount", "currency_id")
    def _compute_total(self):
        for wizard in self:
            chosen = wizard._chosen_lines()
            wizard.total = sum(chosen.mapped("amount")) if wizard.currency_id else 0.0

    @api.depends("total", "percent", "currency_id")
    def _compute_amount(self):
        for wizard in self:
            digits = wizard.currency_id.decimal_places if wizard.currency_id else 2
            total = to_decimal(wizard.total, digits)
            share = Decimal(str(wizard.percent))
            wizard.amount = float(to_pay(total, share, digits))

    @api.depends("total", "amount")
    def _compute_waived(self):
        for wizard in self:
            wizard.waived = wizard.total - wizard.amount

    def action_confirm(self):
        """The settlement counts now, or as soon as it is approved."""
        self.ensure_one()
        self._check_offer()
        agreements = self.env["debt.recovery.agreement"]
        agreements._end_expired(self._chosen_lines().move_line_id)
        agreement = agreements.create(self._prepare_agreement_vals())
        self.case_id.message_post(body=agreement._taken_sentence())
        return agreement._saved_action(agreement._submit(self.note))

    def _check_offer(self):
        if not self._chosen_lines() or not self.currency_id:
            raise UserError(
                self.env._("Tick items of one currency: a settlement covers those.")
            )
        if self.date_agreed < self.case_id.company_id._recovery_today():
            raise UserError(self.env._("The day is before today: choose a later one."))
        compare = self.currency_id.compare_amounts
        if compare(self.amount, 0) <= 0 or compare(self.amount, self.total) >= 0:
            raise UserError(
                self.env._(
                    "A settlement is above zero and less than the debt of %(total)s.",
                    total=self.currency_id.format(self.total),
                )
            )

    def _prepare_agreement_vals(self):
        return {
            "case_id": self.case_id.id,
            "kind": "settlement",
            "state": "draft",
            "date_agreed": self.date_agreed,
            "grace_days": 0,
            "signature_needed": self.signature,
            "note": self.note,
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.move_line_id.id,
                        "amount_covered": line.amount,
                    }
                )
                for line in self._chosen_lines()
            ],
            "instalment_ids": [
                Command.create(
                    {
                        "number": 1,
                        "date_due": self.date_agreed,
                        "amount": self.amount,
                        "currency_id": self.currency_id.id,
                    }
                )
            ],
        }


class DebtRecoverySettlementOfferLine(models.TransientModel):
    """One item of the settlement; amounts in the currency of the item."""

    _name = "debt.recovery.settlement.offer.line"
    _description = "Settled Item"
    _inherit = "debt.recovery.item.choice.line.mixin"

    wizard_id = fields.Many2one(
        "debt.recovery.settlement.offer", required=True, ondelete="cascade"
    )

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [("handed", "To Confirm"), ("confirmed", "Confirmed"), ("refused", "Refused")]


class DebtRecoveryCashUp(models.Model):
    """One hand-over of a field officer's money and cheques to the cashier, who counts
    and confirms. A difference needs a sentence; refused, everything is in the officer's
    hands again."""

    _name = "debt.recovery.cash.up"
    _description = "Cash-Up"
    _order = "date desc, id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    user_id = fields.Many2one("res.users", "Field Officer", required=True, index=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    state = fields.Selection(
        STATES, required=True, default="handed", readonly=True, copy=False, index=True
    )
    receipt_ids = fields.One2many(
        "debt.recovery.receipt", "cash_up_id", "Receipts", readonly=True
    )
    amount_cash = fields.Monetary(
        "Cash Expected",
        compute="_compute_amounts",
        store=True,
        currency_field="company_currency_id",
    )
    amount_other = fields.Monetary(
        "Cheques",
        compute="_compute_amounts",
        store=True,
        currency_field="company_currency_id",
    )
    amount_counted = fields.Monetary(
        "Cash Counted", currency_field="company_currency_id", copy=False
    )
    difference = fields.Monetary(
        compute="_compute_difference", currency_field="company_currency_id"
    )
    note = fields.Char("Reason of the Difference", copy=False)
    cashier_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_confirmed = fields.Datetime("Decided at", readonly=True, copy=False)

    @api.depends("receipt_ids.amount", "receipt_ids.means")
    def _compute_amounts(self):
        for cash_up in self:
            cash = cash_up.receipt_ids.filtered(lambda r: r.means == "cash")
            others = cash_up.receipt_ids - cash
            cash_up.amount_cash = cash._total_in_company_currency()
            cash_up.amount_other = others._total_in_company_currency()

    @api.depends("amount_cash", "amount_counted")
    def _compute_difference(self):
        for cash_up in self:
            cash_up.difference = cash_up.amount_counted - cash_up.amount_cash

    @api.model
    def _hand_over(self, user, company, receipts):
        """Put the receipts of one person on the cashier's table."""
        cash_up = self.sudo().create(
            {
                "name": self.env["ir.sequence"].sudo().next_by_code(self._name) or "/",
                "user_id": user.id,
                "company_id": company.id,
            }
        )
        receipts.sudo().write({"cash_up_id": cash_up.id, "state": "handed"})
        cash_up.amount_counted = cash_up.amount_cash
        return cash_up.sudo(self.env.su)

    def action_confirm(self):
        """The cashier has counted and has the money."""
        for cash_up in self:
            cash_up._check_decidable()
            zero = cash_up.company_currency_id.is_zero
            if not zero(cash_up.difference) and not cash_up.note:
                raise UserError(
                    self.env._(
                        "%(counted)s were counted where %(expected)s were expected: "
                        "enter the reason of the difference, or refuse.",
                        counted=cash_up.company_currency_id.format(
                            cash_up.amount_counted
                        ),
                        expected=cash_up.company_currency_id.format(
                            cash_up.amount_cash
                        ),
                    )
                )
            cash_up._decide("confirmed", "confirmed")
            instruments = cash_up.receipt_ids.instrument_id.sudo()
            instruments.filtered(lambda i: i.state == "held").location = "safe"
        return True

    def action_refuse(self):
        """It does not add up: the officer holds everything again."""
        for cash_up in self:
            cash_up._check_decidable()
            cash_up._decide("refused", "in_hand")
        return True

    def _check_decidable(self):
        if self.state != "handed":
            raise UserError(self.env._("This cash-up was already decided."))
        if self.user_id == self.env.user:
            raise UserError(
                self.env._(
                    "Nobody confirms the money they hand over: ask another cashier."
                )
            )

    def _decide(self, state, receipt_state):
        self.check_access("write")
        self.sudo().write(
            {
                "state": state,
                "cashier_id": self.env.uid,
                "date_confirmed": fields.Datetime.now(),
            }
        )
        waiting = self.sudo().receipt_ids.filtered(lambda r: r.state == "handed")
        waiting.write({"state": receipt_state})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(self.env._("Cash-ups are not deleted: refuse it instead."))

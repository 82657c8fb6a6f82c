from datetime import timedelta
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.debt_recovery.tools.money import to_decimal

from ..tools.cash import CashInHand, refusal


class DebtRecoveryReceiptCash(models.AbstractModel):
    """Money between the debtor's hand and ours: the limit, the hand-over, the
    booking."""

    _name = "debt.recovery.receipt.cash.mixin"
    _description = "Cash in Hand"

    # LIMIT

    def _cash_domain(self, user, company):
        """Cash this person still answers for."""
        return [
            ("user_id", "=", user.id),
            ("company_id", "=", company.id),
            ("means", "=", "cash"),
            ("state", "in", ("in_hand", "handed")),
        ]

    def _cash_limit(self, user, company):
        """``(amount, working days)``: what one person may hold, in the company's
        currency; the limit of approvals unless the person has a higher one."""
        row = (
            self.env["debt.recovery.approval.limit"]
            .sudo()
            .search(
                [
                    ("subject", "=", "cash"),
                    ("role", "=", "officer"),
                    ("company_id", "in", [False, company.id]),
                ],
                order="company_id",
                limit=1,
            )
        )
        units = user.sudo().recovery_cash_limit or row.amount_units
        return company._recovery_units(units), row.days

    def _cash_in_hand(self, user, company):
        """What the person holds: sum in the company's currency and the last day on
        which the oldest of it may still be held."""
        held = self.sudo().search(self._cash_domain(user, company), order="date, id")
        total = held._total_in_company_currency()
        _limit, days = self._cash_limit(user, company)
        until = None
        if held and days:
            start = held[0].date.date()
            calendar = company._recovery_calendar(start, start + timedelta(days=60))
            until = calendar.add_working_days(start, days)
        return CashInHand(to_decimal(total, company.currency_id.decimal_places), until)

    def _amount_in_company_currency(self):
        """Decimal, converted on the day of the receipt."""
        company = self.company_id
        amount = self.currency_id._convert(
            self.amount, company.currency_id, company, self.date.date()
        )
        return to_decimal(amount, company.currency_id.decimal_places)

    def _total_in_company_currency(self):
        return float(sum(r._amount_in_company_currency() for r in self))

    def _check_cash_limit(self):
        """Refuse cash that would exceed what the person may hold."""
        for receipt in self.filtered(lambda receipt: receipt.means == "cash"):
            user, company = receipt.user_id, receipt.company_id
            limit, _days = self._cash_limit(user, company)
            others = self._cash_in_hand(user, company)
            taken = receipt._amount_in_company_currency()
            before = CashInHand(others.amount - taken, others.keep_until)
            today = company._recovery_today()
            why = refusal(before, taken, limit, today)
            if why:
                raise UserError(receipt._cash_sentence(why, before, limit))

    def _cash_sentence(self, why, hand, limit):
        """What is exceeded and what to do."""
        money = self.company_id.currency_id.format
        if why == "late":
            return self.env._(
                "%(user)s holds %(held)s that should have been handed over by %(day)s: "
                "hand it to the cashier before taking more cash, or take a cheque.",
                user=self.user_id.name,
                held=money(float(hand.amount)),
                day=format_date(self.env, hand.keep_until),
            )
        return self.env._(
            "%(user)s holds %(held)s and may hold %(limit)s: %(amount)s in cash is too "
            "much; hand cash to the cashier first, or take at most %(rest)s, a card or "
            "a cheque.",
            user=self.user_id.name,
            held=money(float(hand.amount)),
            limit=money(float(limit)),
            amount=self.currency_id.format(self.amount),
            rest=money(float(max(limit - hand.amount, Decimal()))),
        )

    # HAND-OVER

    def action_hand_over(self):
        """Bring these receipts to the cashier, in one cash-up."""
        receipts = self.filtered(lambda receipt: receipt.state == "in_hand")
        receipts._check_mine()
        if not receipts:
            raise UserError(
                self.env._("Nothing to hand over: none of these is in hand.")
            )
        cash_ups = self.env["debt.recovery.cash.up"]
        for (user, company), group in receipts.grouped(
            lambda receipt: (receipt.user_id, receipt.company_id)
        ).items():
            cash_ups |= cash_ups._hand_over(user, company, group)
        return cash_ups._get_records_action()

    def _check_mine(self):
        """Who took the money brings it; a manager may do it for them."""
        others = self.user_id - self.env.user
        if others and not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._(
                    "%(user)s took this money and hands it over.", user=others[0].name
                )
            )

    # BOOKING

    def action_register_payment(self):
        """Invoicing books the money: on the open items of the receipt, else as a
        payment on account."""
        self.ensure_one()
        self._check_bookable()
        lines = self._bookable_lines()
        context = {
            "recovery_receipt_id": self.id,
            "default_recovery_receipt_id": self.id,
            "default_amount": self.amount,
            "default_currency_id": self.currency_id.id,
            "default_payment_date": self.date.date(),
        }
        if not lines:
            return self._payment_on_account(context)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register Payment"),
            "res_model": "account.payment.register",
            "view_mode": "form",
            "target": "new",
            "context": {
                **context,
                "active_model": "account.move.line",
                "active_ids": lines.ids,
                "default_group_payment": True,
                "default_communication": self.name,
            },
        }

    def _bookable_lines(self):
        """Open items of the receipt's invoices that a payment can close."""
        return self.sudo().invoice_ids.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
                and line.parent_state == "posted"
                and line.currency_id == self.currency_id
            )
        )

    def _payment_on_account(self, context):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment on Account"),
            "res_model": "account.payment",
            "view_mode": "form",
            "context": {
                **context,
                "default_partner_id": self.partner_id.id,
                "default_payment_type": "inbound",
                "default_partner_type": "customer",
                "default_date": self.date.date(),
                "default_memo": self.name,
            },
        }

    def _check_bookable(self):
        """One payment per receipt."""
        if self.state == "void" or self.is_booked:
            raise UserError(
                self.env._(
                    "Receipt %(receipt)s is void or already booked.", receipt=self.name
                )
            )
        if self.state in ("in_hand", "handed"):
            raise UserError(
                self.env._(
                    "The cashier has not confirmed the money of receipt %(receipt)s "
                    "yet: confirm the cash-up first.",
                    receipt=self.name,
                )
            )

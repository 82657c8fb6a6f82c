from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class DebtRecoveryCasePromise(models.AbstractModel):
    """Promises of a case: written once, whoever took them and wherever they came
    from; items are covered oldest first."""

    _name = "debt.recovery.case.promise.mixin"
    _description = "Promises of a Recovery Case"

    def _take_promise(
        self,
        date_agreed,
        amount=None,
        items=None,
        source="officer",
        note=None,
        confirm=False,
    ):
        """Record that the debtor promised to pay.

        :param date_agreed: the day the debtor names, today or later
        :param amount: in the one currency of the items; None promises all of them
        :param items: ``account.move.line``; None takes all that can be chased now
        :param source: where it came from, see ``debt.recovery.agreement.source``
        :param confirm: send the debtor a confirmation
        :return: the agreement: active, or waiting for approval where the user may not
            take it alone
        :raise UserError: in one sentence, when nothing can be promised
        """
        self.ensure_one()
        parts = self._promise_parts(items)
        if amount is not None:
            parts = self._spread_promise(parts, amount)
        return self._take_promise_parts(date_agreed, parts, source, note, confirm)

    def _promise_parts(self, items=None):
        """What can be promised: ``[(item, open part)]``, oldest first. An item is in
        one running agreement at most."""
        receivables = self.env["debt.recovery.receivable"]
        receivables.invalidate_model()
        domain = [*self._open_items_domain(), ("is_credit", "=", False)]
        if items is not None:
            domain.append(("move_line_id", "in", items.ids))
        return [
            (row.move_line_id, row.amount_collectable_currency)
            for row in receivables.search(domain, order="date_due, id")
            if row.amount_collectable_currency > 0 and not row.amount_agreed_currency
        ]

    def _spread_promise(self, parts, amount):
        """The promised sum pays the oldest items first."""
        currencies = self.env["res.currency"].union(*(i.currency_id for i, _p in parts))
        if len(currencies) > 1:
            raise UserError(
                self.env._(
                    "The items are in several currencies (%(codes)s): promise them "
                    "one currency at a time.",
                    codes=", ".join(currencies.mapped("name")),
                )
            )
        self._check_promise_amount(currencies, amount, sum(part for _i, part in parts))
        spread = []
        for item, part in parts:
            taken = currencies.round(min(part, amount))
            if currencies.compare_amounts(taken, 0) > 0:
                spread.append((item, taken))
            amount -= taken
        return spread

    def _check_promise_amount(self, currency, amount, total):
        if not currency:
            return
        if currency.compare_amounts(amount, 0) <= 0:
            raise UserError(
                self.env._(
                    "Nothing is promised: enter an amount above zero, at most "
                    "%(total)s.",
                    total=currency.format(total),
                )
            )
        if currency.compare_amounts(amount, total) > 0:
            raise UserError(
                self.env._(
                    "%(amount)s is more than the items that can be promised: at most "
                    "%(total)s.",
                    amount=currency.format(amount),
                    total=currency.format(total),
                )
            )

    def _take_promise_parts(
        self, date_agreed, parts, source="officer", note=None, confirm=False
    ):
        """As :meth:`_take_promise`, for given parts of items."""
        if not parts:
            raise UserError(
                self.env._(
                    "Nothing is promised: tick at least one item. If the list is "
                    "empty, nothing of %(customer)s can be chased now.",
                    customer=self.partner_id.display_name,
                )
            )
        agreements = self.env["debt.recovery.agreement"]
        agreements._end_expired(self.env["account.move.line"].union(*dict(parts)))
        vals = self._prepare_promise_vals(date_agreed, parts, source, note)
        waits = self._promise_needs_approval(date_agreed)
        agreement = agreements.create(vals | ({"state": "to_approve"} if waits else {}))
        self.message_post(body=agreement._taken_sentence())
        if waits:
            agreement._request_approval(note or agreement._offer_sentence())
        elif confirm:
            agreement._send_confirmation()
        self._refresh_next_action()
        return agreement

    def _promise_needs_approval(self, date_agreed):
        """Whether the day is further ahead than the user may agree alone."""
        agreement = self.env["debt.recovery.agreement"].new(
            {
                "case_id": self.id,
                "company_id": self.company_id.id,
                "kind": "promise",
                "date_agreed": date_agreed,
            }
        )
        return not agreement._approval_is_mine()

    def _prepare_promise_vals(self, date_agreed, parts, source, note):
        return {
            "case_id": self.id,
            "kind": "promise",
            "date_agreed": date_agreed,
            "source": source,
            "note": note,
            "line_ids": [
                Command.create({"move_line_id": item.id, "amount_covered": part})
                for item, part in parts
            ],
        }

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

#: A payment in another currency is taken for the same amount when what it is worth
#: differs by no more than this part: banks have rates of their own.
NEAR = 0.01


class DebtRecoveryReconcileCurrency(models.AbstractModel):
    """Payments in another currency than the invoice. Proposed one to one where the
    payment names the invoice or is worth as much on its day; what Odoo's own
    reconciliation would make of them (rate, rest, exchange difference) is shown before
    anybody presses a button."""

    _name = "debt.recovery.reconcile.currency.mixin"
    _description = "Matching across Currencies"

    def _propose_across(self, rows, find):
        """Values of proposals between currencies.

        :param find: callable(credit, debits) → the item it settles, or nothing
        """
        found = []
        for group in rows.grouped("account_id").values():
            if len(group.currency_id) < 2:
                continue
            debits = group.filtered(lambda row: not row.is_credit)
            for credit in group - debits:
                debit = find(credit, debits)
                if debit:
                    debits -= debit
                    found.append(self._prepare_across(debit, credit))
        return found

    def _find_named(self, credit, debits):
        """The item that a credit names, when it is of another currency."""
        names = self._matching_item(credit).references
        named = debits.filtered(lambda d: names & self._matching_item(d).references)
        if credit.currency_id in named.currency_id:
            return debits.browse()
        return named.filtered(lambda d: self._worth(credit, d.currency_id) is not None)[
            :1
        ]

    def _find_worth(self, credit, debits):
        """The oldest item that a credit is worth in its currency."""
        for currency, items in debits.grouped("currency_id").items():
            if currency == credit.currency_id:
                continue
            worth = self._worth(credit, currency)
            for item in items if worth is not None else ():
                rest = abs(item.amount_residual_currency)
                if abs(worth - rest) <= NEAR * rest:
                    return item
        return debits.browse()

    def _worth(self, credit, currency):
        """What a credit is worth in another currency on its day; None without rate."""
        both = credit.currency_id | currency
        if any(self._missing_rate(one, credit.date) for one in both):
            return None
        amount = abs(credit.amount_residual_currency)
        return credit.currency_id._convert(
            amount, currency, self.company_id, credit.date
        )

    def _missing_rate(self, currency, day):
        """Odoo takes 1 where it knows no rate; we do not."""
        if currency == self.currency_id:
            return False
        return not currency.sudo().rate_ids.filtered(
            lambda rate: (
                rate.name <= day
                and (not rate.company_id or rate.company_id == self.company_id)
            )
        )

    def _prepare_across(self, debit, credit, **vals):
        lines = debit.move_line_id | credit.move_line_id
        return {
            "rule": "currency",
            "item_ids": [Command.set(lines.ids)],
            "currency_id": credit.currency_id.id,
            "amount": self._preview_across(lines)["used"],
            "note": self._across_sentence(lines),
            "credit_text": credit.move_name or "?",
            "debit_text": debit.move_name or "?",
            **vals,
        }

    @api.model
    def _preview_across(self, lines):
        """What Odoo would make of these items, without doing it: ``settled`` in the
        currency of the invoices, ``used`` in that of the payments, ``rest`` and
        ``over`` that stay open, ``exchange`` in company currency."""
        values = [
            {
                "aml": line,
                "amount_residual": line.amount_residual,
                "amount_residual_currency": line.amount_residual_currency,
                "parent_state": line.parent_state,
            }
            for line in lines.sudo()
        ]
        before = [row["amount_residual_currency"] for row in values]
        results, _done = lines.sudo()._prepare_reconciliation_amls(values)
        after = [row["amount_residual_currency"] for row in values]
        taken = [old - new for old, new in zip(before, after, strict=True)]
        fixed = [
            command[2]["debit"]
            for result in results
            for command in (result.get("exchange_values") or {})
            .get("move_values", {})
            .get("line_ids", ())
        ]
        return {
            "settled": sum(amount for amount in taken if amount > 0),
            "used": -sum(amount for amount in taken if amount < 0),
            "rest": sum(amount for amount in after if amount > 0),
            "over": -sum(amount for amount in after if amount < 0),
            "exchange": sum(fixed),
        }

    def _across_sentence(self, lines):
        """“1 EUR = 2.0000 USD; 20.00 USD stay open; exchange difference …”."""
        debits = lines.filtered(lambda line: line.balance > 0)
        owed, paid = debits.currency_id, (lines - debits).currency_id
        found = self._preview_across(lines)
        parts = [
            self.env._(
                "1 %(paid)s = %(rate).4f %(owed)s",
                paid=paid.name,
                rate=found["settled"] / (found["used"] or 1.0),
                owed=owed.name,
            )
        ]
        for currency, key in ((owed, "rest"), (paid, "over")):
            if currency.compare_amounts(found[key], 0) > 0:
                amount = currency.format(found[key])
                parts.append(self.env._("%(amount)s stays open", amount=amount))
        if found["exchange"]:
            amount = self.currency_id.format(found["exchange"])
            parts.append(self.env._("exchange difference %(amount)s", amount=amount))
        return "; ".join(parts)

    def _check_across(self, debits, credits):
        """One currency on each side, and a rate for both."""
        owed, paid = debits.currency_id, credits.currency_id
        if len(owed) > 1 or len(paid) > 1:
            raise UserError(
                self.env._(
                    "Tick items of one currency and credits of one currency: each pair "
                    "of currencies has a rate of its own."
                )
            )
        for currency in owed | paid:
            day = min(credits.mapped("date"))
            if self._missing_rate(currency, day):
                raise UserError(
                    self.env._(
                        "There is no rate of %(currency)s on %(day)s: the accountants "
                        "enter it under Currencies before these items can be matched.",
                        currency=currency.name,
                        day=format_date(self.env, day),
                    )
                )

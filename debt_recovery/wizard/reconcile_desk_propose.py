from odoo import api, models
from odoo.fields import Command, Domain

from ..tools.matching import Item, difference, propose, references
from ..tools.money import to_decimal

#: More items than this are worked oldest first; matching them frees the view.
DESK_LIMIT = 500
CHARGE_UNITS = 0.5


class DebtRecoveryReconcilePropose(models.AbstractModel):
    """What lies on the desk: the rows come from the one source of amounts, the
    proposals from the pure rules of ``tools/matching.py``."""

    _name = "debt.recovery.reconcile.propose.mixin"
    _description = "Proposals of the Reconciliation Desk"
    _inherit = ["debt.recovery.reconcile.currency.mixin"]

    def _fill(self):
        """Put everything on the desk anew."""
        self.ensure_one()
        rows = self._desk_rows()
        across = self._propose_across(rows, self._find_named)
        used = self._used_across(across)
        matches = self._propose(rows.filtered(lambda row: row.id not in used))
        for match in matches:
            used |= {item_id for item_id, _amount in (*match.credits, *match.debits)}
        left = rows.filtered(lambda row: row.id not in used)
        across += self._propose_across(left, self._find_worth)
        used |= self._used_across(across)
        self.write(
            {
                "has_more": len(rows) == DESK_LIMIT,
                "debit_ids": self._desk_commands(rows, "debit"),
                "credit_ids": self._desk_commands(rows, "credit"),
                "match_ids": [
                    *self._match_commands(rows, matches),
                    *map(Command.create, across),
                ],
                "difference_ids": self._difference_commands(rows, used),
            }
        )

    @api.model
    def _used_across(self, proposals):
        return {line_id for vals in proposals for line_id in vals["item_ids"][0][2]}

    def _desk_rows(self):
        receivables = self.env["debt.recovery.receivable"].sudo()
        receivables.invalidate_model()
        return receivables.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("root_company_id", "=", self.company_id.id),
            ],
            order="date_due, id",
            limit=DESK_LIMIT,
        )

    def _desk_commands(self, rows, side):
        mine = rows.filtered(lambda row: row.is_credit == (side == "credit"))
        return [Command.clear()] + [
            Command.create(self._prepare_desk_item(row, side)) for row in mine
        ]

    @api.model
    def _prepare_desk_item(self, row, side):
        return {
            "side": side,
            "move_line_id": row.move_line_id.id,
            "name": row.move_name,
            "ref": row.ref or self._other_text(row),
            "date": row.date,
            "date_due": row.date_due,
            "currency_id": row.currency_id.id,
            "amount": abs(row.amount_residual_currency),
        }

    @api.model
    def _other_text(self, row):
        """The label of the item, where it says more than its number."""
        label = row.move_line_id.name
        return label if label and row.move_name not in label else False

    # PROPOSALS

    def _propose(self, rows):
        """Proposals per account and currency, in the order of their certainty."""
        found = []
        for _key, group in rows.grouped(
            lambda r: (r.account_id, r.currency_id)
        ).items():
            credits = group.filtered("is_credit")
            found += propose(
                [self._matching_item(row) for row in group - credits],
                [self._matching_item(row) for row in credits],
            )
        return found

    @api.model
    def _matching_item(self, row):
        line = row.move_line_id
        move = line.move_id
        texts = (row.move_name, move.ref, move.payment_reference, line.name)
        amount = to_decimal(
            abs(row.amount_residual_currency), row.currency_id.decimal_places
        )
        return Item(row.id, amount, row.date_due, references(*texts))

    @api.model
    def _match_commands(self, rows, matches):
        by_id = {row.id: row for row in rows}
        return [Command.clear()] + [
            Command.create(self._prepare_match(by_id, match, sequence))
            for sequence, match in enumerate(matches)
        ]

    @api.model
    def _prepare_match(self, by_id, match, sequence):
        def text(parts):
            return ", ".join(by_id[item_id].move_name or "?" for item_id, _a in parts)

        ids = [item_id for item_id, _amount in (*match.credits, *match.debits)]
        return {
            "sequence": sequence,
            "rule": match.rule,
            "item_ids": [Command.set(ids)],
            "currency_id": by_id[ids[0]].currency_id.id,
            "amount": float(match.amount),
            "credit_text": text(match.credits),
            "debit_text": text(match.debits),
        }

    # DIFFERENCES

    def _difference_commands(self, rows, used):
        """Items settled in part, credits nothing is found for, exchange rests."""
        found = [
            self._prepare_difference(row)
            for row in rows
            if row.id not in used
            and (row.is_credit or self._is_part_settled(row.move_line_id))
        ]
        found += [
            {
                "move_line_id": line.id,
                "name": line.move_name,
                "kind": "exchange",
                "currency_id": line.company_currency_id.id,
                "amount": line.amount_residual,
            }
            for line in self._find_exchange_rests()
        ]
        return [Command.clear()] + [Command.create(vals) for vals in found]

    @api.model
    def _is_part_settled(self, line):
        compare = line.currency_id.compare_amounts
        return (
            compare(abs(line.amount_residual_currency), abs(line.amount_currency)) < 0
        )

    def _prepare_difference(self, row):
        line = row.move_line_id
        digits = row.currency_id.decimal_places
        rest = to_decimal(abs(row.amount_residual_currency), digits)
        kind = "over"
        if not row.is_credit:
            discount = line.amount_currency - line.discount_amount_currency
            discount = discount if line.discount_date else 0.0
            limit = self.company_id._recovery_units(CHARGE_UNITS)
            kind = difference(rest, to_decimal(discount, digits), limit)
        return {
            "move_line_id": line.id,
            "name": row.move_name,
            "kind": kind,
            "currency_id": row.currency_id.id,
            "amount": float(rest),
            "amount_paid": abs(line.amount_currency) - float(rest),
        }

    def _find_exchange_rests(self):
        """Settled in their currency, but not in ours: the exchange entry is missing."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("partner_id", "child_of", self.partner_id.id)
                & Domain("account_id", "in", list(accounts))
                & Domain("company_id", "child_of", self.company_id.id)
                & Domain("parent_state", "=", "posted")
                & Domain("amount_residual_currency", "=", 0)
                & Domain("amount_residual", "!=", 0)
            )
        )

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.money import ZERO, to_decimal
from ..tools.placement import Booked, commission, settle


def _money(label, help_text=None):
    return fields.Monetary(
        label,
        compute="_compute_money",
        compute_sudo=True,
        currency_field="company_currency_id",
        help=help_text,
    )


class DebtRecoveryPlacementMoney(models.AbstractModel):
    """What a placement brought. Money in the ledger counts from the placing on; what
    came through the agency is told from what came to us by the payment linked to it."""

    _name = "debt.recovery.placement.money.mixin"
    _description = "Money of a Placement"

    company_currency_id = fields.Many2one("res.currency")

    amount = fields.Monetary(
        "Placed Amount",
        compute="_compute_amount",
        store=True,
        currency_field="company_currency_id",
        help="Overdue, neither disputed nor agreed; frozen at the placing.",
    )
    status = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("waiting", "Waits for approval"),
            ("placed", "Placed"),
            ("partial", "Paid in part"),
            ("closed", "Closed"),
            ("recalled", "Recalled"),
            ("dropped", "Not placed"),
        ],
        compute="_compute_money",
        compute_sudo=True,
    )
    amount_paid_us = _money(
        "Paid to Us",
        "Paid on the placed items since the placing, as the ledger has it.",
    )
    amount_paid_them = _money("Paid to the Agency")
    amount_collected = _money("Collected")
    amount_open = _money("Still Open", "Of the placed items, in the ledger.")
    amount_with_agency = _money("With the Agency", "They have to hand it over still.")
    commission = _money("Commission")
    commission_due = _money("Commission to Pay", "On top of what they kept.")

    @api.depends("item_ids.amount")
    def _compute_amount(self):
        for placement in self:
            placement.amount = sum(placement.item_ids.mapped("amount"))

    @api.depends(
        "state",
        "percent",
        "remit",
        "item_ids.paid",
        "receipt_ids.amount",
        "receipt_ids.amount_remitted",
    )
    def _compute_money(self):
        paid = self._sum_ledger(self._read_ledger())
        for placement in self:
            key = placement.id or placement._origin.id
            position = placement._position(paid.get(key, ZERO))
            placement.amount_paid_us = float(paid.get(key, ZERO))
            placement.amount_paid_them = sum(placement.receipt_ids.mapped("amount"))
            placement.amount_collected = float(position.collected)
            placement.amount_open = sum(placement.item_ids.mapped("amount_open"))
            placement.amount_with_agency = float(position.with_agency)
            placement.commission = float(position.commission)
            placement.commission_due = float(position.commission_due)
            partial = placement.state == "placed" and position.collected > ZERO
            placement.status = "partial" if partial else placement.state

    def _position(self, paid_us):
        """``tools.placement.Position`` of this placement."""
        digits = self.company_currency_id.decimal_places
        return settle(
            to_decimal(self.percent, 4),
            self.remit,
            paid_us,
            [to_decimal(x, digits) for x in self.receipt_ids.mapped("amount")],
            to_decimal(sum(self.receipt_ids.mapped("amount_remitted")), digits),
            digits,
        )

    @api.model
    def _sum_ledger(self, facts):
        """``{placement id: what was paid to us directly}``"""
        sums = {}
        for fact in facts:
            if not fact["via_agency"]:
                key = fact["placement_id"]
                sums[key] = sums.get(key, ZERO) + to_decimal(fact["cash"], 6)
        digits = self.env.company.currency_id.decimal_places
        by_id = {p.id or p._origin.id: p.company_currency_id for p in self}
        return {
            key: to_decimal(
                value, by_id[key].decimal_places if key in by_id else digits
            )
            for key, value in sums.items()
        }

    def _read_booked(self, date_from, date_to):
        """``{placement id: Booked}`` of what was collected on these days."""
        facts = [x for x in self._read_ledger() if date_from <= x["date"] <= date_to]
        paid = self._sum_ledger(facts)
        booked = {}
        for placement in self:
            digits = placement.company_currency_id.decimal_places
            amounts = [
                to_decimal(receipt.amount, digits)
                for receipt in placement.receipt_ids
                if date_from <= receipt.date <= date_to
            ]
            amounts.append(paid.get(placement.id, ZERO))
            percent = to_decimal(placement.percent, 4)
            booked[placement.id] = Booked(
                sum(amounts, ZERO),
                sum((commission(percent, x, digits) for x in amounts), ZERO),
            )
        return booked

    # LEDGER

    def _read_ledger(self):
        """One row per reconciliation of a placed item since the placing: ``item_id``,
        ``placement_id``, ``date``, ``amount``, ``cash`` (the part of it that is money),
        ``via_agency``."""
        ids = self._origin.ids
        if not ids:
            return []
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._ledger_sql(ids))
        for row in rows:
            row["amount"] = float(row["amount"])
            share = float(row.pop("own_share") or 0)
            row["cash"] = row["amount"] * (1 - share) if row["kind"] == "cash" else 0.0
        return rows

    def _ledger_sql(self, ids):
        agreements = self.env["debt.recovery.agreement"]
        return SQL(
            """SELECT x.id AS item_id, x.placement_id, c.date, p.amount,
                      own.share AS own_share, %s AS kind,
                      EXISTS (SELECT 1
                                FROM debt_recovery_placement_receipt r
                                JOIN account_payment y ON y.id = r.payment_id
                               WHERE r.placement_id = x.placement_id
                                 AND y.move_id = c.move_id) AS via_agency
                 FROM debt_recovery_placement_item x
                 JOIN debt_recovery_placement g ON g.id = x.placement_id
                      AND g.date_placed IS NOT NULL
                 JOIN account_partial_reconcile p ON p.debit_move_id = x.move_line_id
                      AND p.id > x.partial_mark
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id
                 LEFT JOIN LATERAL (%s) own ON TRUE
                WHERE x.placement_id IN %s AND c.parent_state = 'posted'
                  AND NOT EXISTS (SELECT 1 FROM account_partial_reconcile e
                                   WHERE e.exchange_move_id = c.move_id)""",
            agreements._facts_kind(),
            agreements._facts_own_share(),
            tuple(ids),
        )

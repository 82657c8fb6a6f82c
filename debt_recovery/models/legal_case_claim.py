from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..tools.handover import barred_claims


class DebtRecoveryLegalCaseClaim(models.AbstractModel):
    """The claim: open items while the case is prepared, frozen from the filing on. What
    is paid on them afterwards is what the ledger reconciled, never typed."""

    _name = "debt.recovery.legal.case.claim.mixin"
    _description = "Claim of a Legal Case"

    company_currency_id = fields.Many2one("res.currency")
    item_ids = fields.One2many(
        "debt.recovery.legal.item", "legal_case_id", "Claimed Items"
    )
    currency_id = fields.Many2one(
        "res.currency",
        "Currency of the Claim",
        compute="_compute_currency_id",
        store=True,
        help="The one of all items; company currency where there are several.",
    )
    amount_claimed = fields.Monetary("Claimed", compute="_compute_claim")
    amount_paid = fields.Monetary("Paid on the Claim", compute="_compute_claim")
    amount_credited = fields.Monetary(
        "Credited", compute="_compute_claim", help="Credit notes and waivers."
    )
    amount_open = fields.Monetary("Still Open", compute="_compute_claim")
    amount_recovered = fields.Monetary(
        "Recovered",
        compute="_compute_claim",
        currency_field="company_currency_id",
        help="Paid on the claimed items since the hand-over.",
    )
    amount_late = fields.Monetary(
        "Paid after Closing",
        compute="_compute_claim",
        currency_field="company_currency_id",
    )
    claim_alert = fields.Char(compute="_compute_claim_alert")
    claim_note = fields.Char(compute="_compute_claim_note")

    @api.depends("item_ids.currency_id", "company_id")
    def _compute_currency_id(self):
        for legal in self:
            currencies = legal.item_ids.currency_id
            one = currencies if len(currencies) == 1 else legal.company_id.currency_id
            legal.currency_id = one

    @api.depends(
        "item_ids.amount",
        "item_ids.amount_currency",
        "item_ids.paid",
        "item_ids.credited",
        "currency_id",
    )
    def _compute_claim(self):
        for legal in self:
            items = legal.item_ids
            own = all(item.currency_id == legal.currency_id for item in items)
            suffix = "" if own else "_company"
            claimed = sum(items.mapped("amount_currency" if own else "amount"))
            paid = sum(items.mapped(f"paid{suffix}"))
            credited = sum(items.mapped(f"credited{suffix}"))
            legal.amount_claimed = claimed
            legal.amount_paid = paid
            legal.amount_credited = credited
            legal.amount_open = max(0.0, claimed - paid - credited)
            legal.amount_recovered = sum(
                item.paid_company + item.paid_before for item in items
            )
            legal.amount_late = sum(items.mapped("paid_late"))

    @api.depends("amount_late", "is_open")
    def _compute_claim_alert(self):
        for legal in self:
            currency = legal.company_currency_id
            late = not legal.is_open and not currency.is_zero(legal.amount_late)
            legal.claim_alert = late and self.env._(
                "%(amount)s came in after the case was closed. They are matched in the "
                "ledger and counted as recovered; reopen the case if it goes on.",
                amount=currency.format(legal.amount_late),
            )

    @api.depends("date_filed")
    def _compute_claim_note(self):
        for legal in self:
            legal.claim_note = (
                self.env._(
                    "Frozen at the filing on %(day)s; payments come from the ledger.",
                    day=format_date(self.env, legal.date_filed),
                )
                if legal.date_filed
                else self.env._("Not filed yet.")
            )

    # ITEMS

    def action_refresh_items(self):
        """Take over what is open today; possible until the claim is filed."""
        for legal in self:
            legal._check_not_filed()
            legal._refresh_items()

    def _check_not_filed(self):
        if self.date_filed:
            raise UserError(
                self.env._(
                    "The claim of %(legal)s was filed and is frozen: add costs, or "
                    "undo the filing first.",
                    legal=self.name,
                )
            )

    def _refresh_items(self):
        """What is open today replaces what was open before; what was paid in between is
        remembered. Items added by hand stay."""
        self.ensure_one()
        items = self.item_ids.with_context(recovery_legal_items=True)
        derived = items.filtered("is_derived")
        known = {item.move_line_id.id: item for item in derived if item.move_line_id}
        (derived - derived.filtered("move_line_id")).unlink()  # counted anew
        for vals in self._prepare_items():
            item = known.pop(vals.get("move_line_id"), items.browse())
            if item:
                item.write({**vals, "paid_before": item._paid_so_far()})
            else:
                items.create({**vals, "legal_case_id": self.id, "is_derived": True})
        for item in known.values():  # nothing of it is claimed any more
            item.write(
                {
                    "amount_currency": 0.0,
                    "amount": 0.0,
                    "paid_before": item._paid_so_far(),
                    "partial_mark": self._last_partial(),
                }
            )

    def _prepare_items(self):
        """Seam: one dictionary per claimed item, principal first. Interest and fees
        come from the addon that counts them."""
        mark = self._last_partial()
        return [
            {
                "kind": "principal",
                "name": row.move_name,
                "move_line_id": row.move_line_id.id,
                "date_due": row.date_due,
                "currency_id": row.currency_id.id,
                "amount_currency": self._claimable(row, "_currency"),
                "amount": self._claimable(row),
                "partial_mark": mark,
            }
            for row in self.case_id._legal_rows()
        ]

    @api.model
    def _claimable(self, row, suffix=""):
        """Overdue less what is contested or agreed: what a court is asked for."""
        return row[f"amount_collectable{suffix}"] + row[f"amount_held{suffix}"]

    @api.model
    def _last_partial(self):
        """What is reconciled from now on counts as paid on the claim."""
        rows = self.env.execute_query(
            SQL("SELECT COALESCE(MAX(id), 0) FROM account_partial_reconcile")
        )
        return rows[0][0]

    # FILING

    def _file(self, day):
        """Freeze the claim on the day it is filed. Refused for claims that may no
        longer be sued for."""
        self.ensure_one()
        self._check_filing(day)
        self._refresh_items()
        self.date_filed = day

    def _check_filing(self, day):
        self._check_is_open()
        if self.date_filed:
            raise UserError(self.env._("%(legal)s was filed already.", legal=self.name))
        if day > self.company_id._recovery_today():
            raise UserError(
                self.env._("The day of the filing lies ahead: enter the real day.")
            )
        barred = barred_claims(
            self.case_id._legal_limitations(self.item_ids.move_line_id), day
        )
        if barred:
            raise UserError(
                self.env._(
                    "Time-barred on %(day)s: %(items)s. Take these items out of the "
                    "claim, or record what restarted the period (payment, "
                    "acknowledgement).",
                    day=self.case_id._format_day(barred[0].day),
                    items=", ".join(claim.name for claim in barred),
                )
            )
        if not sum(self.item_ids.mapped("amount_currency")):
            raise UserError(self.env._("Nothing is claimed: there is nothing to file."))

    # LEDGER

    def _read_paid(self):
        """``{item id: {"cash", "credit", "cash_company", …}}`` of what the ledger
        reconciled with posted counterparts since the mark of each item."""
        self.env.flush_all()
        facts = defaultdict(lambda: defaultdict(float))
        for row in self.env.execute_query_dict(self._paid_sql()):
            share = float(row["own_share"] or 0)
            part = (
                {"credit": 1.0}
                if row["kind"] == "credit"
                else {"cash": 1.0 - share, "credit": share}
            )
            found = facts[row["item_id"]]
            for kind, weight in part.items():
                found[kind] += row["amount_currency"] * weight
                found[f"{kind}_company"] += row["amount"] * weight
            if row["late"]:
                found["late"] += row["amount"] * part.get("cash", 0.0)
        return facts

    def _paid_sql(self):
        agreements = self.env["debt.recovery.agreement"]
        return SQL(
            """SELECT x.id AS item_id, p.amount, p.debit_amount_currency
                      AS amount_currency, own.share AS own_share, %s AS kind,
                      g.date_closed < c.date AS late
                 FROM debt_recovery_legal_item x
                 JOIN debt_recovery_legal_case g ON g.id = x.legal_case_id
                 JOIN account_partial_reconcile p ON p.debit_move_id = x.move_line_id
                      AND p.id > x.partial_mark
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id
                 LEFT JOIN LATERAL (%s) own ON TRUE
                WHERE x.legal_case_id IN %s AND c.parent_state = 'posted'
                  AND NOT EXISTS (SELECT 1 FROM account_partial_reconcile e
                                   WHERE e.exchange_move_id = c.move_id)""",
            agreements._facts_kind(),
            agreements._facts_own_share(),
            tuple(self.ids) or (0,),
        )

from odoo import api, models
from odoo.tools import SQL

from .receivable_sql import id_array


class DebtRecoveryReceivableSide(models.AbstractModel):
    """What acts on a line beside its residual: disputes, agreements, holds and
    money under way. Every piece takes the partners, so that a question about few
    customers reads few rows."""

    _name = "debt.recovery.receivable.side.mixin"
    _description = "Facts beside a receivable row"

    @api.model
    def _receivable_side_facts(self, days, partner_ids):
        components = self._receivable_components(days, partner_ids)
        return SQL(
            """(SELECT f.line_id, SUM(f.disputed) AS disputed,
                       SUM(f.covered) AS covered, SUM(f.signed) AS signed,
                       BOOL_OR(f.held) AS held
                  FROM (%s) f GROUP BY f.line_id) side""",
            SQL(" UNION ALL ").join(components),
        )

    @api.model
    def _receivable_components(self, days, partner_ids):
        """Selects of (line_id, disputed, covered, signed, held) in document currency;
        the seam for addons that contest, agree or hold something."""
        return [
            self._receivable_disputes(partner_ids),
            self._receivable_agreements(days, partner_ids),
            self._receivable_line_holds(days, partner_ids),
        ]

    @api.model
    def _receivable_partner_filter(self, alias, partner_ids):
        if partner_ids is None:
            return SQL("TRUE")
        return SQL(
            "%s = ANY(%s)",
            SQL.identifier(alias, "partner_id"),
            id_array(partner_ids),
        )

    @api.model
    def _receivable_disputes(self, partner_ids):
        """What is contested, less what credit notes have settled since."""
        return SQL(
            """SELECT d.move_line_id AS line_id,
                      GREATEST(0, d.amount_blocked - GREATEST(0,
                          COALESCE(cr.amount, 0) - COALESCE(d.credited_before, 0)))
                      AS disputed, 0 AS covered, 0 AS signed, FALSE AS held
                 FROM debt_recovery_dispute_line d
                 LEFT JOIN LATERAL (%s AND p.debit_move_id = d.move_line_id
                                     GROUP BY 1) cr ON TRUE
                WHERE d.amount_blocked > 0 AND %s""",
            self._receivable_credited(),
            self._receivable_partner_filter("d", partner_ids),
        )

    @api.model
    def _receivable_credited(self):
        """(journal item, amount in its currency) credited by posted credit notes; the
        caller narrows it down and groups by 1."""
        return SQL(
            """SELECT p.debit_move_id, SUM(p.debit_amount_currency) AS amount
                 FROM account_partial_reconcile p
                 JOIN account_move_line cl ON cl.id = p.credit_move_id
                 JOIN account_move cm ON cm.id = cl.move_id
                WHERE cm.move_type = 'out_refund' AND cm.state = 'posted'"""
        )

    @api.model
    def _receivable_agreements(self, days, partner_ids):
        """An agreement covers until its last day with grace has passed: validity is a
        date, not a flag that a job must flip. The rest of a settlement that was kept
        is not owed any more and waits for its waiver."""
        return SQL(
            """SELECT a.move_line_id, 0, a.amount_covered,
                      a.residual_at_signing - COALESCE(a.amount_credited, 0), FALSE
                 FROM debt_recovery_agreement_line a
                 JOIN debt_recovery_agreement g ON g.id = a.agreement_id
                 JOIN %s ON co.id = g.company_id
                WHERE (a.state IN ('active', 'to_sign') AND g.date_until >= co.day
                       OR g.kind = 'settlement'
                          AND a.state IN ('kept', 'kept_late'))
                  AND %s""",
            days,
            self._receivable_partner_filter("a", partner_ids),
        )

    @api.model
    def _receivable_line_holds(self, days, partner_ids):
        return SQL(
            """SELECT h.move_line_id, 0, 0, 0, TRUE %s
                  AND h.scope = 'line' AND h.move_line_id IS NOT NULL AND %s""",
            self._receivable_holds_from(days),
            self._receivable_partner_filter("h", partner_ids),
        )

    @api.model
    def _receivable_holds_from(self, days):
        """Holds that stop the strategy on the reference day of their company."""
        return SQL(
            """FROM debt_recovery_hold h
               JOIN debt_recovery_hold_type t ON t.id = h.type_id
               JOIN %s ON co.id = co.root_id
                AND co.root_id = COALESCE(h.company_id, co.root_id)
              WHERE t.stop_strategy = 'all' AND h.date_from <= co.day
                AND (h.date_to IS NULL OR h.date_to >= co.day)
                AND (h.date_released IS NULL OR h.date_released > co.day)
                AND COALESCE(h.approval_state, 'approved') = 'approved'""",
            days,
        )

    @api.model
    def _receivable_move_holds(self, days, partner_ids):
        return SQL(
            """(SELECT h.move_id %s AND h.scope = 'invoice' AND %s
                 GROUP BY h.move_id) hm""",
            self._receivable_holds_from(days),
            self._receivable_partner_filter("h", partner_ids),
        )

    @api.model
    def _receivable_partner_holds(self, days, partner_ids):
        return SQL(
            """(SELECT h.partner_id, co.root_id %s AND h.scope IN ('partner', 'case')
                   AND %s GROUP BY h.partner_id, co.root_id) hp""",
            self._receivable_holds_from(days),
            self._receivable_partner_filter("h", partner_ids),
        )

    @api.model
    def _receivable_under_way(self, partner_ids):
        """Money that is on its way but not in the ledger: payments without an entry
        and transactions pending at a provider, spread over the lines of their
        invoices, oldest first. A foreign amount without a known company value counts
        for the whole line: rather wait than chase paid money."""
        return SQL(
            """(SELECT s.line_id,
                       SUM(LEAST(s.residual, GREATEST(0, s.amount - s.before)))
                       AS amount
                  FROM (SELECT l.id AS line_id, l.amount_residual_currency AS residual,
                               CASE WHEN w.currency_id = l.currency_id THEN w.amount
                                    WHEN w.company_amount IS NULL
                                      OR l.amount_residual = 0
                                    THEN l.amount_residual_currency
                                    ELSE w.company_amount * l.amount_residual_currency
                                         / l.amount_residual END AS amount,
                               SUM(l.amount_residual_currency) OVER (
                                   PARTITION BY w.kind, w.id
                                   ORDER BY COALESCE(l.date_maturity, l.date), l.id)
                               - l.amount_residual_currency AS before
                          FROM (%s) w
                          JOIN account_move_line l ON l.move_id = w.invoice_id
                           AND l.account_id IN %s AND l.parent_state = 'posted'
                           AND l.amount_residual_currency > 0
                           AND (w.fresh
                                OR l.amount_residual_currency = l.amount_currency)
                         WHERE %s) s
                 GROUP BY s.line_id) way""",
            self._receivable_money_sources(),
            tuple(self.env["account.account"]._recovery_trade_account_ids()) or (0,),
            self._receivable_way_filter(partner_ids),
        )

    @api.model
    def _receivable_way_filter(self, partner_ids):
        if partner_ids is None:
            return SQL("TRUE")
        return SQL(
            """l.partner_id IN (SELECT id FROM res_partner
                                 WHERE commercial_partner_id = ANY(%s))""",
            id_array(partner_ids),
        )

    @api.model
    def _receivable_money_sources(self):
        """Selects of (kind, id, invoice_id, currency_id, amount, company_amount,
        fresh). A *paid* payment without entry counts only while nothing is matched on
        its invoice: afterwards the bank entry carries it (``account.move``
        ``_compute_payment_state`` judges in the same order)."""
        return SQL(
            """SELECT 'payment' AS kind, y.id, r.invoice_id, y.currency_id, y.amount,
                      ABS(y.amount_company_currency_signed) AS company_amount,
                      (y.state = 'in_process') AS fresh
                 FROM account_payment y
                 JOIN account_move__account_payment r ON r.payment_id = y.id
                WHERE y.move_id IS NULL AND y.state IN ('in_process', 'paid')
                  AND y.payment_type = 'inbound'
                UNION ALL
               SELECT 'transaction', x.id, r.invoice_id, x.currency_id, x.amount,
                      NULL, TRUE
                 FROM payment_transaction x
                 JOIN account_invoice_transaction_rel r ON r.transaction_id = x.id
                WHERE x.payment_id IS NULL AND x.amount > 0
                  AND (x.state IN ('pending', 'authorized')
                       OR (x.state = 'done' AND x.is_post_processed IS NOT TRUE))"""
        )

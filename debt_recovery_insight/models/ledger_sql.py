from odoo import api, models
from odoo.tools import SQL


class DebtRecoveryLedgerSql(models.AbstractModel):
    """Items of the receivable accounts as they were open at the end of a past day: what
    was posted until then, less what was matched until then. Summed up they are the
    balance of the accounts on that day, by construction: a match counts when both its
    sides are posted and dated until the day."""

    _name = "debt.recovery.ledger.sql.mixin"
    _description = "Ledger as of a Day"

    @api.model
    def _ledger_sql(self, company, day):
        """Rows (id, move_id, company_id, partner_id, invoice_date, date_due, days,
        residual, chased, no_followup) of one root company's tree; ``residual`` in
        company currency, ``chased`` for trade items of a customer."""
        accounts = self.env["account.account"]
        trade = accounts._recovery_trade_account_ids()
        return SQL(
            """SELECT w.*, w.is_trade AND w.partner_id IS NOT NULL
                      AND w.residual_currency <> 0 AS chased
                 FROM (SELECT l.id, l.move_id, l.company_id, l.currency_id,
                              p.commercial_partner_id AS partner_id,
                              l.date AS invoice_date, l.balance,
                              COALESCE(l.date_maturity, l.date) AS date_due,
                              %(day)s::date - COALESCE(l.date_maturity, l.date) AS days,
                              l.balance - COALESCE(d.amount, 0)
                                + COALESCE(c.amount, 0) AS residual,
                              l.amount_currency - COALESCE(d.amount_currency, 0)
                                + COALESCE(c.amount_currency, 0) AS residual_currency,
                              l.no_followup IS TRUE AS no_followup,
                              l.account_id IN %(trade)s AS is_trade
                         FROM (%(items)s) l
                         LEFT JOIN res_partner p ON p.id = l.partner_id
                         LEFT JOIN LATERAL (%(debit)s) d ON TRUE
                         LEFT JOIN LATERAL (%(credit)s) c ON TRUE) w
                WHERE w.residual <> 0""",
            day=day,
            trade=tuple(trade) or (0,),
            debit=self._ledger_matched("debit", "credit", day),
            credit=self._ledger_matched("credit", "debit", day),
            items=self._ledger_items(company, day),
        )

    @api.model
    def _ledger_matched(self, side, other, day):
        """What was matched until the day with item ``l`` on that side."""
        return SQL(
            """SELECT SUM(r.amount) AS amount, SUM(%s) AS amount_currency
                 FROM account_partial_reconcile r
                 JOIN account_move_line o ON o.id = %s
                WHERE l.is_matched AND %s = l.id AND r.max_date <= %s
                  AND o.parent_state = 'posted'""",
            SQL.identifier("r", f"{side}_amount_currency"),
            SQL.identifier("r", f"{other}_move_id"),
            SQL.identifier("r", f"{side}_move_id"),
            day,
        )

    @api.model
    def _ledger_accounts(self):
        return self.env["debt.recovery.tie.out"]._tie_out_accounts() or (0,)

    @api.model
    def _ledger_conditions(self, company, day):
        return [
            SQL("l.account_id IN %s", self._ledger_accounts()),
            SQL("l.company_id IN %s", tuple(company._recovery_branches().ids)),
            SQL("l.parent_state = 'posted'"),
            SQL("l.date <= %s", day),
        ]

    @api.model
    def _ledger_items(self, company, day):
        """Items that can have been open: open now, matched later, or matched with a
        draft. Two selects, so that the first finds its few rows by the index of what
        is not reconciled; of an item with its whole amount open nothing is matched."""
        columns = SQL(
            """l.id, l.move_id, l.company_id, l.currency_id, l.partner_id, l.account_id,
               l.date, l.date_maturity, l.balance, l.amount_currency, l.no_followup,
               (l.amount_residual, l.amount_residual_currency)
                 IS DISTINCT FROM (l.balance, l.amount_currency) AS is_matched"""
        )
        where = SQL(" AND ").join(self._ledger_conditions(company, day))
        return SQL(
            """SELECT %(columns)s FROM account_move_line l
                WHERE %(where)s AND l.reconciled IS NOT TRUE
                UNION ALL
               SELECT %(columns)s FROM account_move_line l
                WHERE %(where)s AND l.reconciled AND l.id IN (
                      SELECT UNNEST(ARRAY[r.debit_move_id, r.credit_move_id])
                        FROM account_partial_reconcile r WHERE r.max_date > %(day)s
                       UNION ALL %(drafts)s)""",
            columns=columns,
            where=where,
            day=day,
            drafts=self._ledger_draft_matches(),
        )

    @api.model
    def _ledger_draft_matches(self):
        """Items matched with one that is not posted, whose entry is found by the index
        that begins with the journal."""
        return SQL(
            """SELECT CASE WHEN r.debit_move_id = o.id THEN r.credit_move_id
                           ELSE r.debit_move_id END
                 FROM account_journal j
                 JOIN account_move m ON m.journal_id = j.id
                  AND m.state IN ('draft', 'cancel')
                 JOIN account_move_line o ON o.move_id = m.id AND o.account_id IN %s
                 JOIN account_partial_reconcile r
                   ON o.id IN (r.debit_move_id, r.credit_move_id)""",
            self._ledger_accounts(),
        )

    @api.model
    def _ledger_balance(self, company, day):
        """Posted balance of the receivable accounts at the end of a day."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(l.balance), 0) FROM account_move_line l WHERE %s",
                SQL(" AND ").join(self._ledger_conditions(company, day)),
            )
        )
        return rows[0][0]

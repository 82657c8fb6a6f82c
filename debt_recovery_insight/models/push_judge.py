from odoo import api, fields, models
from odoo.tools import SQL

#: Share of a commitment that must have come, as with promises.
ENOUGH = 0.95
#: Months whose rows are judged again, since matches may be undone.
MONTHS = 2


class DebtRecoveryPushJudge(models.AbstractModel):
    """What came of the commitments, from the ledger. Judged every day for this month
    and the two before: money unmatched later makes a hit a miss."""

    _name = "debt.recovery.push.judge.mixin"
    _description = "Judgement of the Month-end Push"

    @api.model
    def _judge_recent(self, company):
        today = company._recovery_today()
        month = fields.Date.subtract(
            fields.Date.start_of(today, "month"), months=MONTHS
        )
        self.search([("company_id", "=", company.id), ("month", ">=", month)])._judge()

    def _judge(self):
        """Write what differs from what stands there."""
        paid = self._read_paid()
        for row in self:
            vals = row._prepare_verdict(*paid.get(row.id, (0, 0)))
            if any(row[name] != value for name, value in vals.items()):
                row.sudo().write(vals)

    def _prepare_verdict(self, paid, in_time):
        """:param in_time: money until the day that was named"""
        currency = self.company_currency_id
        today = self.company_id._recovery_today()
        state = "open"
        if self.amount_committed:
            wanted = self.amount_committed * ENOUGH
            if currency.compare_amounts(in_time, wanted) >= 0:
                state = "hit"
            else:
                state = "waiting" if today <= self.date_committed else "missed"
        return {
            "amount_paid": currency.round(paid),
            "state": state,
        }

    def _read_paid(self):
        """``{row id: (money until the month ends, money until the day named)}``."""
        self.env.flush_all()
        agreements = self.env["debt.recovery.agreement"]
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        rows = self.env.execute_query(
            SQL(
                """SELECT x.id, SUM(x.cash),
                          SUM(x.cash) FILTER (WHERE x.day <= x.until)
                     FROM (SELECT u.id, u.date_committed AS until, p.max_date AS day,
                                  p.amount * (1 - COALESCE(own.share, 0)) AS cash,
                                  %(kind)s AS kind
                             FROM debt_recovery_push u
                             JOIN res_partner a
                               ON a.commercial_partner_id = u.partner_id
                             JOIN account_move_line l ON l.partner_id = a.id
                              AND l.account_id IN %(accounts)s
                              AND l.parent_state = 'posted' AND l.balance > 0
                              AND l.company_id IN (
                                  SELECT o.id FROM res_company o
                                   WHERE SPLIT_PART(o.parent_path, '/', 1)::int
                                         = u.company_id)
                             JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                              AND p.max_date BETWEEN
                                  COALESCE(u.committed_on, u.date_listed)
                                  AND u.month + INTERVAL '1 month - 1 day'
                             JOIN account_move_line c ON c.id = p.credit_move_id
                             JOIN account_move m ON m.id = c.move_id
                             LEFT JOIN LATERAL (%(own)s) own ON TRUE
                            WHERE u.id IN %(ids)s) x
                    WHERE x.kind = 'cash' GROUP BY x.id""",
                kind=agreements._facts_kind(),
                own=agreements._facts_own_share(),
                accounts=tuple(accounts) or (0,),
                ids=tuple(self.ids) or (0,),
            )
        )
        return {
            row_id: (float(paid), float(early or 0)) for row_id, paid, early in rows
        }

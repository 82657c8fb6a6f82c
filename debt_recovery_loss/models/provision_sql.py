from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL


class DebtRecoveryProvisionSql(models.AbstractModel):
    """The receivables of past days, aged, straight from the ledger in one query: what
    was open on a day is the item less what was matched until then."""

    _name = "debt.recovery.provision.sql.mixin"
    _description = "Ageing of Past Days"

    @api.model
    def _aged(self, company, days, later=0, keep_lost=False):
        """Open items by day and bucket, in company currency.

        :param later: read what of them was still open so many months later
        :param keep_lost: our own write-offs lower nothing: they are the losses
        :return: ``{day: {bucket: float}}``
        """
        self.env.flush_all()
        found = {day: {} for day in days}
        rows = self.env.execute_query(
            SQL(
                """SELECT day, bucket, SUM(GREATEST(rest, 0))
                     FROM (%s) item WHERE first > 0 GROUP BY day, bucket""",
                self._aged_items_sql(company, days, later, keep_lost),
            )
        )
        for day, bucket, amount in rows:
            found[day][bucket] = amount
        return found

    @api.model
    def _aged_items_sql(self, company, days, later, keep_lost):
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        pairs = [
            SQL("(%s::date, %s::date)", day, day + relativedelta(months=later))
            for day in days
        ]
        return SQL(
            """SELECT d.day, %(bucket)s AS bucket, %(first)s AS first, %(rest)s AS rest
                 FROM account_move_line l
                 JOIN (VALUES %(days)s) d(day, until) ON l.date <= d.day
                WHERE l.account_id IN %(accounts)s AND l.company_id IN %(companies)s
                  AND l.parent_state = 'posted' AND l.balance > 0""",
            bucket=self._aged_bucket_sql(),
            first=self._aged_rest_sql(SQL("d.day"), keep_lost=keep_lost),
            rest=self._aged_rest_sql(SQL("d.until"), keep_lost=keep_lost),
            days=SQL(", ").join(pairs),
            accounts=tuple(accounts) or (0,),
            companies=tuple(company._recovery_branches().ids),
        )

    @api.model
    def _aged_bucket_sql(self):
        """The buckets of the receivables (due today is not overdue)."""
        age = SQL("(d.day - COALESCE(l.date_maturity, l.date))")
        return SQL(
            """CASE WHEN %(age)s <= 0 THEN '0' WHEN %(age)s <= 30 THEN '1'
                    WHEN %(age)s <= 60 THEN '2' WHEN %(age)s <= 90 THEN '3'
                    ELSE '4' END""",
            age=age,
        )

    @api.model
    def _aged_rest_sql(self, day, keep_lost):
        own = SQL(
            """AND NOT EXISTS (SELECT 1 FROM account_move_line c
                                 JOIN debt_recovery_write_off w ON w.move_id = c.move_id
                                WHERE c.id = p.credit_move_id)"""
        )
        return SQL(
            """l.balance - COALESCE((SELECT SUM(p.amount)
                 FROM account_partial_reconcile p
                WHERE p.debit_move_id = l.id AND p.max_date <= %s %s), 0)""",
            day,
            own if keep_lost else SQL(""),
        )

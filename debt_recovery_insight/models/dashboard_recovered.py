from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..tools.pace import same_working_day


class DebtRecoveryDashboardRecovered(models.AbstractModel):
    """Money on overdue items by officer, in the period and the one before. One read of
    the matches serves the key figures of the period as well."""

    _name = "debt.recovery.dashboard.recovered.mixin"
    _description = "Recovered Money on the Dashboard"

    @api.model
    def _recovered_by_user(self, span):
        """{user id or None: {"now", "before"}}: money on overdue items by the officer
        of the customer's case, in the period and in the one before until the same
        working day."""
        return span.once("by_user", lambda: self._read_recovered(span))

    def _read_recovered(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        rows = reader._kpi_rows(self._recovered_sql(span))
        # the same matches are the flow of the period
        names = reader._flow_columns(span)
        span.known["matched"] = {
            name: sum((row[name] for row in rows), Decimal(0)) for name in names
        }
        return {
            row["user_id"]: {"now": row["cash_late"], "before": row["before"]}
            for row in rows
            if row["cash_late"] or row["before"]
        }

    @api.model
    def _recovered_sql(self, span):
        """The flow of the period by officer, and ``before``. Only who paid late is
        looked up among the cases."""
        reader = self.env["debt.recovery.kpi.reader"]
        first, last = same_working_day(span.date_from, span.date_to, self._step(span))
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        columns = {
            name: (amount, SQL("f.day >= %s AND %s", span.date_from, condition))
            for name, (amount, condition) in reader._flow_columns(span).items()
        }
        before = SQL("f.day > f.due AND f.day BETWEEN %s AND %s", first, last)
        columns["before"] = (SQL("f.cash"), before)
        return SQL(
            """SELECT c.user_id, %(columns)s FROM (%(matched)s) f
                 LEFT JOIN LATERAL (
                     SELECT c.user_id FROM debt_recovery_case c
                      WHERE f.day > f.due AND c.partner_id = f.partner_id
                        AND c.company_id = %(company)s
                      ORDER BY c.state = 'closed', c.id DESC LIMIT 1) c ON TRUE
                GROUP BY c.user_id""",
            columns=reader._flow_sums(columns),
            matched=reader._kpi_matched_sql(
                span,
                SQL("(%s OR p.max_date BETWEEN %s AND %s)", period, first, last),
            ),
            company=span.company.id,
        )

    @api.model
    def _step(self, span):
        """Months of the period."""
        months = 12 * (span.date_to.year - span.date_from.year)
        return months + span.date_to.month - span.date_from.month + 1

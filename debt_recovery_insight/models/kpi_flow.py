from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..tools.kpi.recovery import COHORT_DAYS

#: Days after the due date at which an invoice is at risk.
RISK_DAYS = 90


class DebtRecoveryKpiFlow(models.AbstractModel):
    """What was matched in a period and what became overdue in it. A match counts on the
    later day of its two sides; *late* is after the due date of the item."""

    _name = "debt.recovery.kpi.flow.mixin"
    _description = "Movements for Key Figures"

    @api.model
    def _kpi_due(self):
        return SQL("COALESCE(l.date_maturity, l.date)")

    @api.model
    def _kpi_matched_sql(self, span, conditions):
        """One row per match of an item: (id, due, issued, day, amount, cash, credit,
        own, match, partner_id, move_id, counterpart_id); ``own`` is what we gave up
        ourselves, beside money or as a whole. What is undone by its own reversal never
        moved. OFFSET 0 keeps the planner from asking for the kind once per column, and
        from reading the whole ledger for the matches of a month: the condition must
        narrow ``p.max_date``."""
        agreements = self.env["debt.recovery.agreement"]
        never_owed = agreements._facts_never_owed_conditions() or [SQL("FALSE")]
        written_off = agreements._facts_write_off_conditions() or [SQL("FALSE")]
        return SQL(
            """SELECT x.id, x.due, x.issued, x.day, x.amount, x.match, x.partner_id,
                      x.move_id, x.counterpart_id,
                      CASE WHEN x.kind = 'cash' THEN x.amount * (1 - x.share)
                           ELSE 0 END AS cash,
                      CASE WHEN x.kind = 'credit' AND NOT x.lost THEN x.amount
                           ELSE 0 END AS credit,
                      CASE WHEN x.kind = 'cash' THEN x.amount * x.share
                           WHEN x.kind = 'credit' AND x.lost THEN x.amount
                           ELSE 0 END AS own
                 FROM (SELECT l.id, %(due)s AS due, l.date AS issued,
                              p.max_date AS day, p.amount, %(kind)s AS kind,
                              p.id AS match, a.commercial_partner_id AS partner_id,
                              l.move_id, c.move_id AS counterpart_id,
                              COALESCE(own.share, 0) AS share, %(lost)s AS lost
                         FROM account_partial_reconcile p
                        %(item)s %(bill)s %(other)s %(entry)s
                         JOIN res_partner a ON a.id = l.partner_id
                         LEFT JOIN LATERAL (%(own)s) own ON TRUE
                        WHERE c.parent_state = 'posted' AND %(lines)s
                          AND %(conditions)s AND NOT (%(not_owed)s)
                          AND b.reversed_entry_id IS DISTINCT FROM m.id OFFSET 0) x""",
            item=self._flow_look_up("account_move_line", "l", SQL("p.debit_move_id")),
            bill=self._flow_look_up("account_move", "b", SQL("l.move_id")),
            other=self._flow_look_up("account_move_line", "c", SQL("p.credit_move_id")),
            entry=self._flow_look_up("account_move", "m", SQL("c.move_id")),
            due=self._kpi_due(),
            kind=agreements._facts_kind(),
            lost=SQL("(%s)", SQL(" OR ").join(written_off)),
            not_owed=SQL(" OR ").join(never_owed),
            own=agreements._facts_own_share(),
            lines=SQL(" AND ").join(self._kpi_line_conditions(span)),
            conditions=conditions,
        )

    @api.model
    def _flow_look_up(self, table, alias, link):
        """Join of one row by its id, match by match."""
        return SQL(
            """CROSS JOIN LATERAL (
                   SELECT t.* FROM %s t WHERE t.id = %s OFFSET 0) %s""",
            SQL.identifier(table),
            link,
            SQL.identifier(alias),
        )

    def _kpi_flow(self, span):
        """Sums of the period by name, see :meth:`_flow_columns`."""
        return span.once("flow", lambda: self._read_flow(span))

    def _read_flow(self, span):
        still_open = self._kpi_rows(
            SQL(
                "SELECT %s FROM (%s) o WHERE %s",
                self._flow_sums(self._flow_open_columns(span)),
                self._kpi_open_sql(span, span.date_to),
                self._flow_fresh(span),
            )
        )[0]
        return span.once("matched", lambda: self._read_matched(span)) | still_open

    def _read_matched(self, span):
        """What was matched in the period; a reader that looks at the same matches for
        another reason puts it into the span."""
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        return self._kpi_rows(
            SQL(
                "SELECT %s FROM (%s) f",
                self._flow_sums(self._flow_columns(span)),
                self._kpi_matched_sql(span, period),
            )
        )[0]

    @api.model
    def _flow_sums(self, columns):
        return SQL(", ").join(
            SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s), 0) AS %s",
                value,
                condition,
                SQL.identifier(name),
            )
            for name, (value, condition) in columns.items()
        )

    @api.model
    def _flow_columns(self, span):
        """name -> (amount, condition) over the matches ``f`` of the period."""
        late = SQL("f.day > f.due")
        fresh = SQL("(f.due >= %s OR f.issued > %s)", span.begin, span.begin)
        window = SQL("f.due >= %s AND f.due < %s", span.begin, span.date_to)
        return {
            "cash_all": (SQL("f.cash"), SQL("TRUE")),
            "cash_late": (SQL("f.cash"), late),
            "credit_late": (SQL("f.credit"), late),
            "own_late": (SQL("f.own"), late),
            "own_all": (SQL("f.own"), SQL("TRUE")),
            "matched_fresh": (SQL("f.amount"), SQL("%s AND %s", late, fresh)),
            "cash_due": (SQL("f.cash"), SQL("f.due < %s", span.date_to)),
            "matched_window": (SQL("f.amount"), window),
        }

    @api.model
    def _flow_fresh(self, span):
        """Items ``o`` that became overdue in the period."""
        return SQL(
            "o.days > 0 AND (o.date_due >= %s OR o.invoice_date > %s)",
            span.begin,
            span.begin,
        )

    @api.model
    def _flow_open_columns(self, span):
        """name -> (amount, condition) over the items ``o`` open at the end; all of them
        fresh."""
        fresh, window = self._flow_fresh(span), SQL("o.date_due >= %s", span.begin)
        return {
            "open_fresh": (SQL("o.residual"), fresh),
            "open_window": (SQL("o.residual"), SQL("%s AND %s", fresh, window)),
        }

    def _kpi_newly(self, span):
        """What became overdue in the period, as much as was open when it did."""
        flow = self._kpi_flow(span)
        return flow["open_fresh"] + flow["matched_fresh"]

    # INVOICES OF A PERIOD

    def _read_paid_days(self, span):
        """Invoices whose last money came in the period: days after the due date."""
        return self._kpi_rows(
            SQL(
                """SELECT COUNT(*) AS count, COALESCE(SUM(q.days), 0) AS total,
                          COALESCE(SUM(q.days * q.balance), 0) AS weighted,
                          COALESCE(SUM(q.balance), 0) AS amount FROM (%s) q""",
                self._paid_days_sql(span),
            )
        )[0]

    @api.model
    def _paid_days_sql(self, span):
        """(id, balance, days) of the invoices paid in full in the period."""
        return SQL(
            """SELECT l.id, l.balance,
                      GREATEST(paid.day - %(due)s, %(least)s) AS days
                 FROM account_move_line l
                 JOIN account_move b ON b.id = l.move_id
                  AND b.move_type IN ('out_invoice', 'out_receipt')
                 JOIN res_partner a ON a.id = l.partner_id
                 JOIN (%(paid)s) paid ON paid.id = l.id
                WHERE %(lines)s AND l.reconciled AND l.balance > 0
                  AND paid.day BETWEEN %(from)s AND %(to)s""",
            **{"from": span.date_from, "to": span.date_to},
            due=self._kpi_due(),
            least=SQL("0") if span.company.recovery_early_zero else SQL("NULL"),
            paid=self.env["debt.recovery.behaviour"]._behaviour_paid_sql(span.company),
            lines=SQL(" AND ").join(self._kpi_line_conditions(span)),
        )

    @api.model
    def _kpi_invoices_sql(self, span, condition, until, start=None):
        """Items of invoices with what was matched until so many days after the due
        date, or another start: (id, balance, due, matched)."""
        return SQL(
            """SELECT l.id, l.balance, %(due)s AS due, COALESCE(x.amount, 0) AS matched
                 FROM account_move_line l
                 JOIN account_move b ON b.id = l.move_id
                  AND b.move_type IN ('out_invoice', 'out_receipt')
                 JOIN res_partner a ON a.id = l.partner_id
                 LEFT JOIN LATERAL (
                     SELECT SUM(p.amount) AS amount FROM account_partial_reconcile p
                       JOIN account_move_line c ON c.id = p.credit_move_id
                        AND c.parent_state = 'posted'
                      WHERE p.debit_move_id = l.id
                        AND p.max_date <= %(due)s + %(until)s) x ON TRUE
                WHERE %(lines)s AND l.balance > 0 AND %(condition)s""",
            due=start or self._kpi_due(),
            until=until,
            lines=SQL(" AND ").join(self._kpi_line_conditions(span)),
            condition=condition,
        )

    def _read_at_risk(self, span):
        return self._kpi_rows(
            SQL(
                """SELECT COALESCE(SUM(q.balance - q.matched) FILTER (%(judged)s), 0)
                            AS unpaid,
                          COALESCE(SUM(q.balance) FILTER (%(judged)s), 0) AS issued,
                          COUNT(*) FILTER (WHERE q.due + %(days)s >= %(today)s)
                            AS young
                     FROM (%(rows)s) q""",
                judged=SQL("WHERE q.due + %s < %s", RISK_DAYS, span.today),
                days=RISK_DAYS,
                today=span.today,
                rows=self._risk_invoices_sql(span),
            )
        )[0]

    @api.model
    def _risk_invoices_sql(self, span):
        """The invoices issued in the period, 90 days after their due date or, if the
        company says so, after their issue."""
        issued = SQL("l.date BETWEEN %s AND %s", span.date_from, span.date_to)
        start = SQL("l.date") if span.company.recovery_risk_issued else None
        return self._kpi_invoices_sql(span, issued, RISK_DAYS, start)

    def _read_cohort(self, span):
        """({days: what became overdue in the period, of the items whose days are over},
        {days: money on them within those days}); 0 days are all items."""
        due = self._kpi_due()
        window = SQL("%s >= %s AND %s < %s", due, span.begin, due, span.date_to)
        placed = {
            f"days_{days}": (
                SQL("q.balance - q.matched"),
                SQL("q.due + %s < %s", days, span.today) if days else SQL("TRUE"),
            )
            for days in (0, *COHORT_DAYS)
        }
        cash = {
            f"days_{days}": (
                SQL("f.cash"),
                SQL("f.day <= f.due + %s AND f.due + %s < %s", days, days, span.today),
            )
            for days in COHORT_DAYS
        }
        conditions = SQL(
            """%s AND p.max_date > %s AND p.max_date > %s
               AND b.move_type IN ('out_invoice', 'out_receipt')""",
            window,
            span.begin,
            due,
        )
        rows = [
            self._kpi_rows(
                SQL("SELECT %s FROM (%s) %s", self._flow_sums(sums), source, alias)
            )[0]
            for sums, source, alias in (
                (placed, self._kpi_invoices_sql(span, window, 0), SQL("q")),
                (cash, self._kpi_matched_sql(span, conditions), SQL("f")),
            )
        ]
        return tuple(
            {int(name[5:]): Decimal(value) for name, value in row.items()}
            for row in rows
        )

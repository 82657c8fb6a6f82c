from odoo import api, models
from odoo.tools import SQL

from ..tools import risk


class DebtRecoveryRiskFacts(models.AbstractModel):
    """What the score looks at, for all customers of a company in one statement. A fact
    that is not known is NULL, never zero."""

    _name = "debt.recovery.risk.facts.mixin"
    _description = "Facts of the Risk Score"

    @api.model
    def _risk_rows(self, company, today):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL jit = off")
        return self.env.execute_query_dict(self._risk_facts_sql(company, today))

    @api.model
    def _risk_facts_sql(self, company, today):
        """Customers whose facts are others than those they were scored by, and those
        an alert may be about. ``facts_key`` stands for the facts, for the rules and for
        the borders of the company."""
        rules = f"{risk.COMPONENTS} {company._recovery_band_borders()}"
        facts = [
            SQL("ROUND(q.%s::numeric, 2)", SQL.identifier(c.code))
            for c in risk.COMPONENTS
        ]
        return SQL(
            """SELECT * FROM (
                   SELECT q.*, md5(ROW(%(facts)s, q.exposure, q.overdue_amount,
                                       q.case_id, %(rules)s)::text) AS facts_key
                     FROM (%(customers)s) q) q
                WHERE q.facts_key IS DISTINCT FROM q.known_key OR %(watched)s""",
            facts=SQL(", ").join(facts),
            rules=rules,
            customers=self._risk_customers_sql(company, today),
            watched=self._risk_watched(),
        )

    @api.model
    def _risk_watched(self):
        """Seam: facts ``q`` about which there may be an alert."""
        return SQL(
            """q.late_now > 0 OR q.oldest > %s
               OR q.exposure > LEAST(q.limit_amount, q.insured)
               OR q.score_known - q.score_before >= %s""",
            risk.UNUSUAL_DAYS,
            risk.SUDDEN_POINTS,
        )

    @api.model
    def _risk_customers_sql(self, company, today):
        """Facts of customers with matured invoices or something open."""
        return SQL(
            """WITH b AS MATERIALIZED (%(behaviour)s), r AS MATERIALIZED (%(open)s)
               SELECT u.partner_id, k.id AS case_id, x.facts_key AS known_key,
                      x.score AS score_known, %(columns)s
                 FROM (SELECT partner_id FROM b UNION SELECT partner_id FROM r) u
                 JOIN res_partner p ON p.id = u.partner_id
                 LEFT JOIN b ON b.partner_id = u.partner_id
                 LEFT JOIN r ON r.partner_id = u.partner_id
                 LEFT JOIN (%(rejected)s) j ON j.partner_id = u.partner_id
                 LEFT JOIN (%(first)s) f ON f.partner_id = u.partner_id
                 LEFT JOIN debt_recovery_risk x ON x.partner_id = u.partner_id
                      AND x.company_id = %(company)s
                 LEFT JOIN LATERAL (%(before)s) h ON TRUE
                 LEFT JOIN debt_recovery_case k ON k.partner_id = u.partner_id
                      AND k.company_id = %(company)s AND k.state <> 'closed'""",
            columns=SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name))
                for name, value in self._risk_columns(company, today).items()
            ),
            behaviour=self._risk_behaviour_sql(company),
            open=self._risk_open_sql(company, today),
            rejected=self._risk_rejected_sql(company, today),
            first=self._risk_first_sql(company),
            before=self._risk_before_sql(today),
            company=company.id,
        )

    @api.model
    def _risk_columns(self, company, today):
        """Seam: name -> value; those named as components are scored, the others are for
        the alerts."""
        limit = SQL("NULLIF((p.credit_limit ->> %s)::numeric, 0)", str(company.id))
        if not company.account_use_credit_limit:
            limit = SQL("NULL::numeric")
        judged = SQL("(b.promises_kept + b.promises_broken)")
        return {
            "days_late": SQL("b.days_late"),
            "late_amount": SQL("100 * b.late_amount_share"),
            "trend": SQL("b.trend_days"),
            "overdue": SQL("100 * r.overdue / NULLIF(r.total, 0)"),
            "oldest": SQL(
                """CASE WHEN r.total > 0
                        THEN GREATEST(%s::date - r.oldest, 0) END""",
                today,
            ),
            "broken": SQL("100.0 * b.promises_broken / NULLIF(%s, 0)", judged),
            "returned": SQL("CASE WHEN b.settled_count > 0 THEN b.returned_count END"),
            "rejected": SQL("j.count"),
            "limit": SQL("100 * r.exposure / %s", limit),
            "months": SQL("(%s::date - f.day) / 30", today),
            "external": SQL("NULLIF(x.external_score, 0)"),
            "limit_amount": limit,
            "insured": SQL("NULLIF(x.insured_limit, 0)"),
            "exposure": SQL("COALESCE(r.exposure, 0)"),
            "overdue_amount": SQL("COALESCE(r.overdue, 0)"),
            "count": SQL("COALESCE(b.invoice_count, 0)"),
            "late_count": SQL("COALESCE(b.late_count, 0)"),
            "late_now": SQL("COALESCE(r.late_now, 0)"),
            "settled": SQL("COALESCE(b.settled_count, 0)"),
            "median": SQL("b.median_days"),
            "score_before": SQL("h.score"),
        }

    @api.model
    def _risk_behaviour_sql(self, company):
        """Rows of customers; counts that nobody ever judged are no fact."""
        return SQL(
            """SELECT b.*, COALESCE(b.promises_kept, 0) AS kept
                 FROM (SELECT partner_id, days_late, late_amount_share, trend_days,
                              invoice_count, late_count, settled_count, median_days,
                              COALESCE(promises_kept, 0) AS promises_kept,
                              COALESCE(promises_broken, 0) AS promises_broken,
                              COALESCE(returned_count, 0) AS returned_count
                         FROM debt_recovery_behaviour
                        WHERE company_id = %s AND partner_id IS NOT NULL) b""",
            company.id,
        )

    @api.model
    def _risk_open_sql(self, company, today):
        """Open amounts from the one source of amounts."""
        receivables = self.env["debt.recovery.receivable"]
        rows = receivables._receivable_sql(today, company._recovery_branches())
        return SQL(
            """SELECT r.partner_id, SUM(r.amount_residual) AS exposure,
                      SUM(r.amount_residual) FILTER (WHERE NOT r.is_credit) AS total,
                      COALESCE(SUM(r.amount_overdue - r.amount_disputed)
                        FILTER (WHERE r.amount_overdue > 0), 0) AS overdue,
                      COALESCE(MIN(r.date_due)
                        FILTER (WHERE r.amount_overdue > r.amount_disputed), %s)
                        AS oldest,
                      COUNT(*) FILTER (WHERE r.amount_overdue > r.amount_disputed
                        AND r.days_overdue > %s) AS late_now
                 FROM (%s) r WHERE r.partner_id NOT IN %s GROUP BY 1""",
            today,
            company.recovery_late_grace,
            rows,
            tuple(company._recovery_own_partners()) or (0,),
        )

    @api.model
    def _risk_rejected_sql(self, company, today):
        """Disputes of a year that we did not find justified."""
        return SQL(
            """SELECT k.partner_id, COUNT(*) FILTER (WHERE g.state = 'rejected')
                      AS count
                 FROM debt_recovery_dispute g
                 JOIN debt_recovery_case k ON k.id = g.case_id
                WHERE k.company_id = %s AND g.kind = 'dispute'
                  AND g.date_resolved >= %s::date - 365 GROUP BY 1""",
            company.id,
            today,
        )

    @api.model
    def _risk_first_sql(self, company):
        """Day of the first invoice ever."""
        return SQL(
            """SELECT m.commercial_partner_id AS partner_id, MIN(m.date) AS day
                 FROM account_move m
                WHERE m.state = 'posted' AND m.company_id IN %s
                  AND m.move_type IN ('out_invoice', 'out_receipt') GROUP BY 1""",
            tuple(company._recovery_branches().ids),
        )

    @api.model
    def _risk_before_sql(self, today):
        """Score of the last month."""
        return SQL(
            """SELECT y.score FROM debt_recovery_risk_history y
                WHERE y.risk_id = x.id AND y.date < %s ORDER BY y.date DESC LIMIT 1""",
            today.replace(day=1),
        )

from odoo import api, models
from odoo.tools import SQL

from ..tools.buckets import spans


class DebtRecoveryAgeing(models.AbstractModel):
    """The ageing of all customers at the end of any day, in buckets of choice, from the
    ledger. Buckets and credits sum to the balance of the customer."""

    _name = "debt.recovery.ageing"
    _description = "Ageing"

    @api.model
    def _ageing(self, company, day, edges, filters=None):
        """Facts of the report.

        :param edges: last days of the buckets but the last, ``(30, 60, 90)``
        :param filters: ``{"partner_ids", "user_ids"}`` as for key figures
        :return: ``columns`` (labels), ``rows`` (partner_id, name, ref, user, amounts in
            the order of the columns), ``totals``; company currency, the largest first
        """
        reader = self.env["debt.recovery.kpi.reader"]
        span = reader._span(company, day, day, filters or {})
        rows = reader._kpi_rows(self._ageing_sql(span, edges))
        count = len(edges) + 4
        found = [
            {
                "partner_id": row["partner_id"],
                "name": row["name"] or "",
                "ref": row["ref"] or "",
                "user": row["user_name"] or "",
                "amounts": [row[f"c{number}"] for number in range(count)],
            }
            for row in rows
        ]
        return {
            "company": span.company,
            "day": span.date_to,
            "columns": self._ageing_columns(edges),
            "rows": found,
            "totals": [sum(r["amounts"][n] for r in found) for n in range(count)],
        }

    @api.model
    def _ageing_columns(self, edges):
        labels = [self.env._("Not due")]
        for first, last in spans(edges):
            if last is None:
                label = self.env._("Over %(days)s days", days=first - 1)
            else:
                label = self.env._("%(first)s–%(last)s days", first=first, last=last)
            labels.append(label)
        return [*labels, self.env._("Credits"), self.env._("Balance")]

    @api.model
    def _ageing_sql(self, span, edges):
        check = self.env["debt.recovery.snapshot.check"]
        reader = self.env["debt.recovery.kpi.reader"]
        owed = SQL("i.residual > 0")
        conditions = [SQL("%s AND i.days <= 0", owed)]
        for first, last in spans(edges):
            until = SQL("TRUE") if last is None else SQL("i.days <= %s", last)
            conditions.append(SQL("%s AND i.days >= %s AND %s", owed, first, until))
        conditions += [SQL("i.residual < 0"), SQL("TRUE")]
        columns = [
            SQL(
                "COALESCE(SUM(i.residual) FILTER (WHERE %s), 0) AS %s",
                condition,
                SQL.identifier(f"c{number}"),
            )
            for number, condition in enumerate(conditions)
        ]
        return SQL(
            """SELECT q.*, p.complete_name AS name, p.ref, u.name AS user_name
                 FROM (SELECT i.partner_id, %(columns)s FROM (%(ledger)s) i
                        WHERE i.chased AND NOT i.no_followup AND %(partners)s
                        GROUP BY i.partner_id) q
                 JOIN res_partner p ON p.id = q.partner_id
                 LEFT JOIN LATERAL (
                     SELECT c.user_id FROM debt_recovery_case c
                      WHERE c.partner_id = q.partner_id AND c.company_id = %(company)s
                      ORDER BY c.state = 'closed', c.id DESC LIMIT 1) c ON TRUE
                 LEFT JOIN res_users s ON s.id = c.user_id
                 LEFT JOIN res_partner u ON u.id = s.partner_id
                ORDER BY %(balance)s DESC, p.complete_name, q.partner_id""",
            columns=SQL(", ").join(columns),
            ledger=check._ledger_sql(span.company, span.date_to),
            partners=reader._kpi_partners(span, SQL("i.partner_id")),
            company=span.company.id,
            balance=SQL.identifier("q", f"c{len(conditions) - 1}"),
        )

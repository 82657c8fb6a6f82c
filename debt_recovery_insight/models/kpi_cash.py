from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ..tools.kpi import recovery
from .kpi_work import LEFT_OUT

#: Due dates on days off are moved as far back as that before the period.
ROLLED = timedelta(days=400)


class DebtRecoveryKpiCash(models.AbstractModel):
    """Whether the money that was expected came. Nobody wrote the forecast down, so it
    is made again from the ledger of the evening before the period."""

    _name = "debt.recovery.kpi.cash.mixin"
    _description = "Key Figure of Expected Cash"

    def _kpi_cash_hit(self, span):
        row = self._kpi_rows(
            SQL(
                """SELECT COALESCE(SUM(LEAST(e.received, e.amount)), 0) AS received,
                          COALESCE(SUM(e.amount), 0) AS expected
                     FROM (%s UNION ALL %s) e""",
                self._hit_items_sql(span),
                self._hit_instalments_sql(span),
            )
        )[0]
        return recovery.cash_hit(row["received"], row["expected"])

    def _hit_items_sql(self, span):
        """(amount, received, id) of the items on which money was expected."""
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        return SQL(
            """SELECT o.residual::numeric AS amount, COALESCE(c.cash, 0) AS received,
                      o.id
                 FROM (%(open)s) o
                 LEFT JOIN debt_recovery_behaviour b
                   ON b.partner_id = o.partner_id AND b.company_id = %(company)s
                 LEFT JOIN debt_recovery_behaviour book
                   ON book.partner_id IS NULL AND book.company_id = %(company)s
                 LEFT JOIN %(rolled)s ON roll.day = o.date_due
                 LEFT JOIN (SELECT f.id, SUM(f.cash) AS cash FROM (%(matched)s) f
                             GROUP BY f.id) c ON c.id = o.id
                WHERE COALESCE(roll.next, o.date_due) + ROUND(COALESCE(
                        b.median_days, book.median_days, 0))::int
                      BETWEEN %(first)s AND %(last)s
                  AND NOT EXISTS (%(disputed)s) AND NOT EXISTS (%(agreed)s)""",
            open=self._kpi_open_sql(span, span.begin),
            company=span.company.id,
            rolled=span.company._recovery_rolled_days(
                span.begin - ROLLED, span.date_to
            ),
            matched=self._kpi_matched_sql(span, period),
            first=span.date_from,
            last=span.date_to,
            disputed=self._hit_disputed_sql(span),
            agreed=self._hit_agreed_sql(span),
        )

    def _hit_disputed_sql(self, span):
        return SQL(
            """SELECT 1 FROM debt_recovery_dispute_line x
                 JOIN debt_recovery_dispute d ON d.id = x.dispute_id
                WHERE x.move_line_id = o.id AND d.date_opened <= %s
                  AND COALESCE(d.date_resolved, 'infinity') > %s""",
            span.begin,
            span.begin,
        )

    def _hit_agreed_sql(self, span):
        """Their money is expected as agreed."""
        return SQL(
            """SELECT 1 FROM debt_recovery_agreement_line x
                 JOIN debt_recovery_agreement g ON g.id = x.agreement_id
                WHERE x.move_line_id = o.id AND %s""",
            self._hit_running(span),
        )

    def _hit_running(self, span):
        """Agreements ``g`` that were running on the evening before."""
        return SQL(
            """g.date_signed <= %s AND g.state NOT IN %s
               AND COALESCE(g.date_verdict, 'infinity') > %s""",
            span.begin,
            ("draft", "to_approve", *LEFT_OUT),
            span.begin,
        )

    def _hit_agreed_items_sql(self, span):
        """Items covered by the agreements whose instalments were due in the period."""
        return SQL(
            """SELECT x.move_line_id AS id FROM debt_recovery_agreement_line x
                 JOIN debt_recovery_agreement g ON g.id = x.agreement_id
                WHERE g.company_id = %s AND %s AND %s AND EXISTS (
                    SELECT 1 FROM debt_recovery_instalment i
                     WHERE i.agreement_id = g.id AND i.date_due BETWEEN %s AND %s)""",
            span.company.id,
            self._hit_running(span),
            self._kpi_partners(span, SQL("g.partner_id")),
            span.date_from,
            span.date_to,
        )

    def _hit_instalments_sql(self, span):
        """Instalments due in the period, at the rate of the items they cover."""
        return SQL(
            """SELECT i.amount * COALESCE(rate.value, 1),
                      CASE WHEN COALESCE(i.date_paid, i.date_due) <= %(last)s
                           THEN COALESCE(i.amount_paid, 0) ELSE 0 END
                      * COALESCE(rate.value, 1), NULL::int
                 FROM debt_recovery_instalment i
                 JOIN debt_recovery_agreement g ON g.id = i.agreement_id
                 LEFT JOIN LATERAL (%(rate)s) rate ON TRUE
                WHERE g.company_id = %(company)s AND %(running)s AND %(partners)s
                  AND i.date_due BETWEEN %(first)s AND %(last)s""",
            rate=self.env["debt.recovery.expected.cash"]._cash_rate_sql(),
            company=span.company.id,
            running=self._hit_running(span),
            partners=self._kpi_partners(span, SQL("g.partner_id")),
            first=span.date_from,
            last=span.date_to,
        )

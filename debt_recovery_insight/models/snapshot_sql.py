from odoo import api, models
from odoo.tools import SQL

#: Components of the live bridge in the order of its waterfall.
WATERFALL = ("excluded", "in_payment", "not_due", "disputed", "agreed", "held")
AMOUNTS = (
    "balance",
    *WATERFALL,
    "collectable",
    "overdue",
    "credit",
    "legal",
)


class DebtRecoverySnapshotSql(models.AbstractModel):
    """The rows of a snapshot as one INSERT. The ledger of the day decides what is open;
    the bridge of today says what of it is disputed, agreed, held. A past day that is
    read later knows its ledger only: those figures are empty then, not zero."""

    _name = "debt.recovery.snapshot.sql.mixin"
    _description = "SQL of Snapshots"
    _inherit = ["debt.recovery.ledger.sql.mixin"]

    @api.model
    def _snapshot_insert_sql(self, check, live):
        """INSERT for one check; per customer and bucket, or per band and bucket.

        :param live: whether the bridge of today may speak for the day
        """
        key = "partner_id" if check.kind == "month" else "NULL::int"
        amounts = [SQL.identifier(f"amount_{name}") for name in AMOUNTS]
        return SQL(
            """INSERT INTO debt_recovery_snapshot (check_id, company_id, date, kind,
                      partner_id, band, bucket, user_id, item_count, customer_count,
                      amount_days, %(amounts)s)
               SELECT %(check)s, %(company)s, %(day)s, %(kind)s, %(key)s, s.band,
                      s.bucket, %(user)s, COUNT(*), COUNT(DISTINCT s.partner_id),
                      SUM(s.amount_days), %(sums)s
                 FROM (%(rows)s) s GROUP BY %(group)s""",
            amounts=SQL(", ").join(amounts),
            check=check.id,
            company=check.company_id.id,
            day=check.date,
            kind=check.kind,
            key=SQL(key),
            user=SQL("MIN(s.user_id)") if check.kind == "month" else SQL("NULL::int"),
            sums=SQL(", ").join(SQL("SUM(s.%s)", amount) for amount in amounts),
            rows=self._snapshot_rows_sql(check.company_id, check.date, live),
            group=SQL("s.partner_id, s.band, s.bucket")
            if check.kind == "month"
            else SQL("s.band, s.bucket"),
        )

    @api.model
    def _snapshot_rows_sql(self, company, day, live):
        """One row per open item with its components, and what its customer is."""
        customer = SQL(
            """, k.user_id, %s AS band, CASE WHEN s.code = 'legal' AND i.chased
                    THEN GREATEST(i.residual, 0) ELSE 0 END AS amount_legal""",
            self._snapshot_band(),
        )
        joins = SQL(
            """LEFT JOIN debt_recovery_case k ON k.partner_id = i.partner_id
                    AND k.company_id = %s AND k.state <> 'closed'
               LEFT JOIN debt_recovery_stage s ON s.id = k.stage_id %s""",
            company.id,
            self._snapshot_band_join(company),
        )
        return self._snapshot_items_sql(company, day, live, customer, joins)

    @api.model
    def _snapshot_items_sql(self, company, day, live, customer=None, joins=None):
        """One row per open item with its components; OFFSET 0 keeps the planner from
        writing the residual out in every column that uses it."""
        return SQL(
            """SELECT i.id, i.partner_id, %(bucket)s AS bucket,
                      CASE WHEN i.days > 0 AND i.residual > 0 AND i.chased
                            AND NOT i.no_followup
                           THEN i.days * i.residual ELSE 0 END AS amount_days,
                      i.residual AS amount_balance,
                      CASE WHEN i.chased AND NOT i.no_followup
                           THEN LEAST(i.residual, 0) ELSE 0 END AS amount_credit,
                      %(components)s %(customer)s
                 FROM (%(ledger)s OFFSET 0) i %(joins)s %(bridge)s""",
            bucket=self._snapshot_bucket(),
            components=self._snapshot_components(live),
            customer=customer or SQL(),
            ledger=self._ledger_sql(company, day),
            joins=joins or SQL(),
            bridge=self._snapshot_bridge(company, live),
        )

    @api.model
    def _snapshot_bucket(self):
        return SQL(
            """CASE WHEN NOT i.chased OR i.no_followup AND i.residual < 0 THEN 'other'
            WHEN i.residual < 0 THEN 'credit'
            WHEN i.days <= 0 THEN '0' WHEN i.days <= 30 THEN '1'
            WHEN i.days <= 60 THEN '2' WHEN i.days <= 90 THEN '3' ELSE '4' END"""
        )

    @api.model
    def _snapshot_band(self):
        """Seam: risk band of the customer of item ``i``."""
        return SQL("x.band")

    @api.model
    def _snapshot_band_join(self, company):
        return SQL(
            """LEFT JOIN debt_recovery_risk x ON x.partner_id = i.partner_id
                    AND x.company_id = %s""",
            company.id,
        )

    @api.model
    def _snapshot_bridge(self, company, live):
        """The live bridge of the item as running totals ``t1`` … ``t6``, never more
        than what was open on the day."""
        chased = SQL("CASE WHEN i.chased THEN GREATEST(i.residual, 0) ELSE 0 END")
        if not live:
            return SQL("CROSS JOIN LATERAL (SELECT %s AS r) v", chased)
        today = company._recovery_today()
        rows = self.env["debt.recovery.receivable"]._receivable_sql(
            today, company._recovery_branches()
        )
        totals = []
        for number in range(1, len(WATERFALL)):
            parts = SQL(" + ").join(
                SQL("COALESCE(b.%s, 0)", SQL.identifier(f"amount_{name}"))
                for name in WATERFALL[: number + 1]
            )
            totals.append(
                SQL("LEAST(v.r, %s) AS %s", parts, SQL.identifier(f"t{number}"))
            )
        return SQL(
            """LEFT JOIN (%s) b ON b.id = i.id
               CROSS JOIN LATERAL (SELECT %s AS r) v
               CROSS JOIN LATERAL (SELECT LEAST(v.r, COALESCE(b.amount_excluded, 0))
                    AS t0, %s) t""",
            rows,
            chased,
            SQL(", ").join(totals),
        )

    @api.model
    def _snapshot_components(self, live):
        if not live:
            return self._snapshot_ledger_components()
        names = [*WATERFALL, "collectable"]
        edges = [SQL("0")]
        edges += [SQL.identifier("t", f"t{n}") for n in range(len(WATERFALL))]
        edges.append(SQL("v.r"))
        columns = [
            SQL("%s - %s AS %s", high, low, SQL.identifier(f"amount_{name}"))
            for name, low, high in zip(names, edges, edges[1:], strict=False)
        ]
        columns.append(SQL("v.r - t.t2 AS amount_overdue"))
        return SQL(", ").join(columns)

    @api.model
    def _snapshot_ledger_components(self):
        """Of a past day: excluded, due and overdue; the rest was not written down."""
        columns = [
            SQL("CASE WHEN i.no_followup THEN v.r ELSE 0 END AS amount_excluded"),
            SQL(
                """CASE WHEN i.days <= 0 AND NOT i.no_followup THEN v.r ELSE 0 END
                   AS amount_not_due"""
            ),
            SQL(
                """CASE WHEN i.days > 0 AND NOT i.no_followup THEN v.r ELSE 0 END
                   AS amount_overdue"""
            ),
        ]
        unknown = ("in_payment", "disputed", "agreed", "held", "collectable")
        columns += [
            SQL("NULL::numeric AS %s", SQL.identifier(f"amount_{name}"))
            for name in unknown
        ]
        return SQL(", ").join(columns)

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ..tools.behaviour import BEFORE_DAYS, LATEST, RECENT_DAYS
from .res_company import BEHAVIOUR_MONTHS

FACTS = SQL.identifier("recovery_behaviour_fact")
FRESH = SQL.identifier("recovery_behaviour_fresh")
#: Disputes whose items say nothing about the customer: contested, or our mistake.
OUR_SIDE = ("open", "answered", "accepted", "partly")


class DebtRecoveryBehaviourSql(models.AbstractModel):
    """Payment behaviour of a whole book in a few statements. The facts of all matured
    invoices stand in a temporary table; every figure is a small piece of SQL on it."""

    _name = "debt.recovery.behaviour.sql.mixin"
    _description = "SQL of Payment Behaviour"

    @api.model
    def _behaviour_read_facts(self, company, today):
        """Fill the temporary table: one row per matured invoice item."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SET LOCAL jit = off")
        cr.execute("SET LOCAL work_mem = '64MB'")  # sorted in memory, not on the disk
        cr.execute(SQL("DROP TABLE IF EXISTS %s, %s", FACTS, FRESH))
        cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s",
                FACTS,
                self._behaviour_facts_sql(company, today),
            )
        )

    @api.model
    def _behaviour_facts_sql(self, company, today):
        """(id, partner_id, due, amount, settled, days, is_late, rank): ``rank`` counts
        the settled invoices of a customer from the latest."""
        grace = company.recovery_late_grace
        return SQL(
            """SELECT f.*, f.days > %(grace)s AS is_late,
                      CASE WHEN f.settled IS NOT NULL THEN ROW_NUMBER() OVER (
                          PARTITION BY f.partner_id
                          ORDER BY f.settled IS NULL, f.due DESC, f.id DESC)
                      END AS rank
                 FROM (SELECT i.id, i.partner_id, i.due, i.amount, paid.day AS settled,
                              COALESCE(paid.day, %(today)s) - i.due AS days
                         FROM (%(items)s) i
                         LEFT JOIN (%(paid)s) paid
                           ON paid.id = i.id AND i.reconciled
                        WHERE paid.day IS NOT NULL
                           OR (i.reconciled IS NOT TRUE
                               AND %(today)s - i.due > %(grace)s)) f""",
            grace=grace,
            today=today,
            items=self._behaviour_items_sql(company, today),
            paid=self._behaviour_paid_sql(company),
        )

    @api.model
    def _behaviour_items_sql(self, company, today):
        """Invoice items that fell due within the window, disputed ones left out."""
        start = today - relativedelta(months=BEHAVIOUR_MONTHS)
        return SQL(
            """SELECT l.id, p.commercial_partner_id AS partner_id, l.reconciled,
                      l.balance AS amount, COALESCE(roll.next, d.due) AS due
                 FROM account_move_line l
                 JOIN account_move b ON b.id = l.move_id
                      AND b.move_type IN ('out_invoice', 'out_receipt')
                 JOIN res_partner p ON p.id = l.partner_id
                 CROSS JOIN LATERAL (
                     SELECT COALESCE(l.date_maturity, l.date) AS due) d
                 LEFT JOIN %(rolled)s ON roll.day = d.due
                WHERE %(conditions)s
                  AND (l.date_maturity >= %(start)s AND l.date_maturity < %(today)s
                       OR l.date_maturity IS NULL
                          AND l.date >= %(start)s AND l.date < %(today)s)""",
            rolled=company._recovery_rolled_days(start, today),
            conditions=SQL(" AND ").join(self._behaviour_conditions(company)),
            start=start,
            today=today,
        )

    @api.model
    def _behaviour_conditions(self, company):
        """Seam: which items ``l`` tell something about the customer ``p``."""
        return [
            *self._behaviour_ledger_conditions(company),
            SQL("l.balance > 0"),
            SQL(
                "p.commercial_partner_id NOT IN %s",
                tuple(company._recovery_own_partners()) or (0,),
            ),
            SQL(
                """NOT EXISTS (SELECT 1 FROM debt_recovery_dispute_line x
                                JOIN debt_recovery_dispute g ON g.id = x.dispute_id
                               WHERE x.move_line_id = l.id AND g.state IN %s)""",
                OUR_SIDE,
            ),
        ]

    @api.model
    def _behaviour_ledger_conditions(self, company):
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return [
            SQL("l.account_id IN %s", tuple(accounts) or (0,)),
            SQL("l.company_id IN %s", tuple(company._recovery_branches().ids)),
            SQL("l.parent_state = 'posted'"),
        ]

    @api.model
    def _behaviour_paid_sql(self, company):
        """Day of the last money on every item; credit notes pay nothing. Both sides of
        a match stand on one account, so that one of them is enough to ask."""
        return SQL(
            """SELECT p.debit_move_id AS id,
                      MAX(c.date) FILTER (WHERE %s = 'cash') AS day
                 FROM account_partial_reconcile p
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id
                WHERE c.account_id IN %s AND c.company_id IN %s
                GROUP BY p.debit_move_id""",
            self.env["debt.recovery.agreement"]._facts_kind(),
            self.env["account.account"]._recovery_trade_account_ids() or (0,),
            tuple(company._recovery_branches().ids),
        )

    # FIGURES OVER THE FACTS

    @api.model
    def _behaviour_figures(self, today):
        """Column name -> aggregate over the facts ``f`` of a customer."""
        return {
            "invoice_count": SQL("COUNT(*)"),
            "late_count": SQL("COUNT(*) FILTER (WHERE f.is_late)"),
            "settled_count": SQL("COUNT(f.settled)"),
            "amount_matured": SQL("SUM(f.amount)"),
            "late_share": SQL("AVG(f.is_late::int)"),
            "late_amount_share": SQL(
                "SUM(f.amount) FILTER (WHERE f.is_late) / SUM(f.amount)"
            ),
            "days_late": self._behaviour_weighted(SQL("TRUE")),
            "days_late_recent": self._behaviour_weighted(
                SQL("f.due >= %s::date - %s", today, RECENT_DAYS)
            ),
            "days_late_before": self._behaviour_weighted(
                SQL(
                    "f.due >= %s::date - %s AND f.due < %s::date - %s",
                    *(today, BEFORE_DAYS, today, RECENT_DAYS),
                )
            ),
            "median_days": SQL(
                """percentile_cont(0.5) WITHIN GROUP (ORDER BY f.days)
                   FILTER (WHERE f.rank <= %s)""",
                LATEST,
            ),
            "date_first": SQL("MIN(f.due)"),
        }

    @api.model
    def _behaviour_weighted(self, condition):
        return SQL(
            """SUM(f.days * f.amount) FILTER (WHERE %(when)s)
               / NULLIF(SUM(f.amount) FILTER (WHERE %(when)s), 0)""",
            when=condition,
        )

    @api.model
    def _behaviour_side_figures(self, company, today):
        """Column name -> (default, select of (partner_id, value)) from elsewhere."""
        start = today - relativedelta(months=BEHAVIOUR_MONTHS)
        promises = SQL(
            """SELECT g.partner_id, COUNT(*) AS value FROM debt_recovery_agreement g
                WHERE g.company_id = %s AND g.kind <> 'settlement'
                  AND g.date_agreed >= %s""",
            company.id,
            start,
        )
        return {
            "promises_kept": SQL(
                "%s AND g.state IN ('kept', 'kept_late') GROUP BY 1", promises
            ),
            "promises_broken": SQL(
                "%s AND g.state IN ('partly_kept', 'broken') GROUP BY 1", promises
            ),
            "returned_count": self._behaviour_returned_sql(company, start),
            "date_oldest_overdue": SQL(
                """SELECT p.commercial_partner_id AS partner_id,
                          MIN(COALESCE(l.date_maturity, l.date)) AS value
                     FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id
                    WHERE %s AND l.reconciled IS NOT TRUE AND l.amount_residual > 0
                      AND l.no_followup IS NOT TRUE
                      AND COALESCE(l.date_maturity, l.date) < %s GROUP BY 1""",
                SQL(" AND ").join(self._behaviour_ledger_conditions(company)),
                today,
            ),
        }

    @api.model
    def _behaviour_returned_sql(self, company, start):
        """Seam: payments that came back: rejected, or their entry reversed."""
        return SQL(
            """SELECT p.commercial_partner_id AS partner_id, COUNT(*) AS value
                 FROM account_payment y
                 JOIN res_partner p ON p.id = y.partner_id
                WHERE y.payment_type = 'inbound' AND y.partner_type = 'customer'
                  AND y.company_id IN %s AND y.date >= %s
                  AND (y.state = 'rejected' OR y.move_id IN (
                        SELECT v.reversed_entry_id FROM account_move v
                         WHERE v.reversed_entry_id IS NOT NULL
                           AND v.state = 'posted'))
                GROUP BY 1""",
            tuple(company._recovery_branches().ids),
            start,
        )

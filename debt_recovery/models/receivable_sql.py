from odoo import api, models
from odoo.tools import SQL

COMPONENTS = (
    "excluded",
    "in_payment",
    "not_due",
    "disputed",
    "agreed",
    "held",
    "collectable",
)


def id_array(ids):
    """Thousands of ids as one constant: the same list in a statement many times is
    slow to parse."""
    return SQL("%s::int[]", f"{{{','.join(map(str, ids))}}}")


class DebtRecoveryReceivableSql(models.AbstractModel):
    """The one builder of receivable rows, shared by the model, the figures and
    the engine.

    The waterfall works with running totals in document currency: each component is
    the difference of two neighbours, so the components add up by construction. The
    company-currency side rounds the running totals, never the differences; hence it
    adds up to the cent as well and the last component takes the rest. ``OFFSET 0``
    keeps the planner from writing the totals of the first kind out in every column that
    uses them; those in company currency are written out: who needs three columns pays
    for three.

    Integrators add facts per line by extending :meth:`_receivable_components`.
    """

    _name = "debt.recovery.receivable.sql.mixin"
    _description = "Builder of receivable rows"

    @api.model
    def _receivable_sql(self, today, companies, partner_ids=None, line_ids=None):
        """Rows of the open trade receivable items of ``companies``.

        :param today: reference day, or None for each root company's own day
        :param companies: ``res.company`` whose lines are read (branches included by
            the caller)
        :param partner_ids: commercial partners to read; None reads the whole book
        :param line_ids: journal items to read; None reads all
        :rtype: SQL
        """
        days = self._receivable_companies(today, companies)
        return SQL(
            "%s %s %s",
            self._receivable_select(),
            self._receivable_from(days, partner_ids),
            self._receivable_where(companies, partner_ids, line_ids),
        )

    @api.model
    def _receivable_companies(self, today, companies):
        """VALUES list (company, root, reference day, digits), one row a company."""
        rows = []
        for company in companies.sudo():
            root = company.root_id
            day = today or root._recovery_today()
            digits = company.currency_id.decimal_places
            rows.append(SQL("(%s, %s, %s::date, %s)", company.id, root.id, day, digits))
        if not rows:
            rows = [SQL("(0, 0, NULL::date, 0)")]
        return SQL("(VALUES %s) AS co(id, root_id, day, digits)", SQL(", ").join(rows))

    @api.model
    def _receivable_select(self):
        return SQL(
            """
            SELECT l.id, l.id AS move_line_id, l.move_id, l.company_id,
                   p.commercial_partner_id AS partner_id, l.partner_id AS contact_id,
                   co.root_id AS root_company_id, l.currency_id, l.company_currency_id,
                   l.journal_id, l.account_id, m.invoice_user_id, l.move_name, m.ref,
                   m.move_type, COALESCE(m.invoice_date, l.date) AS date,
                   due.date_due, due.days_overdue, c.id AS case_id,
                   l.amount_residual, l.amount_residual_currency,
                   (l.amount_residual_currency < 0) AS is_credit, %s, %s, %s
            """,
            self._receivable_bucket(),
            self._receivable_status(),
            self._receivable_amounts(),
        )

    @api.model
    def _receivable_bucket(self):
        """Ageing bucket; due today is not overdue."""
        return SQL(
            """CASE WHEN due.days_overdue <= 0 THEN '0'
            WHEN due.days_overdue <= 30 THEN '1' WHEN due.days_overdue <= 60 THEN '2'
            WHEN due.days_overdue <= 90 THEN '3'
            ELSE '4' END AS bucket"""
        )

    @api.model
    def _receivable_status(self):
        """The one word for a row: what acts on it now, the collectable rest first."""
        return SQL(
            """CASE WHEN l.amount_residual_currency < 0 THEN 'credit'
            WHEN k.k7 > k.k6 THEN 'collectable' WHEN k.k6 > k.k5 THEN 'held'
            WHEN k.k5 > k.k4 THEN 'agreed' WHEN k.k4 > k.k3 THEN 'disputed'
            WHEN k.k3 > k.k2 THEN 'not_due' WHEN k.k2 > k.k1 THEN 'in_payment'
            ELSE 'excluded' END AS status"""
        )

    @api.model
    def _receivable_amounts(self):
        """Differences of the running totals, in both currencies."""
        columns = []
        for number, name in enumerate(COMPONENTS, 1):
            columns += self._receivable_component_columns(name, number - 1, number)
        columns += self._receivable_component_columns("overdue", 3, 7)
        columns.append(
            SQL(
                """CASE WHEN l.amount_residual_currency < 0 THEN l.amount_residual
                ELSE 0 END AS amount_credit"""
            )
        )
        columns.append(
            SQL("LEAST(l.amount_residual_currency, 0) AS amount_credit_currency")
        )
        return SQL(", ").join(columns)

    @api.model
    def _receivable_component_columns(self, name, low, high):
        """A component in both currencies; before the first total there is nothing."""
        return [
            SQL(
                "%s - %s AS %s",
                SQL.identifier(total, f"k{high}"),
                SQL.identifier(total, f"k{low}") if low else SQL("0"),
                SQL.identifier(f"amount_{name}{suffix}"),
            )
            for total, suffix in (("k", "_currency"), ("kc", ""))
        ]

    @api.model
    def _receivable_from(self, days, partner_ids):
        return SQL(
            """
            FROM account_move_line l
            JOIN %(days)s ON co.id = l.company_id
            JOIN res_partner p ON p.id = l.partner_id
            LEFT JOIN account_move m ON m.id = l.move_id
            LEFT JOIN debt_recovery_case c ON c.partner_id = p.commercial_partner_id
                 AND c.company_id = co.root_id AND c.state <> 'closed'
            LEFT JOIN %(side)s ON side.line_id = l.id
            LEFT JOIN %(way)s ON way.line_id = l.id
            LEFT JOIN %(blocked)s ON blocked.id = l.move_id
            LEFT JOIN %(move_holds)s ON hm.move_id = l.move_id
            LEFT JOIN %(partner_holds)s ON hp.partner_id = p.commercial_partner_id
                 AND hp.root_id = co.root_id
            CROSS JOIN LATERAL (SELECT COALESCE(l.date_maturity, l.date) AS date_due,
                co.day - COALESCE(l.date_maturity, l.date) AS days_overdue) due
            CROSS JOIN LATERAL (%(waterfall)s OFFSET 0) k
            CROSS JOIN LATERAL (%(company_totals)s) kc
            """,
            days=days,
            side=self._receivable_side_facts(days, partner_ids),
            way=self._receivable_under_way(partner_ids),
            blocked=self._receivable_blocked(),
            move_holds=self._receivable_move_holds(days, partner_ids),
            partner_holds=self._receivable_partner_holds(days, partner_ids),
            waterfall=self._receivable_waterfall(),
            company_totals=self._receivable_company_totals(),
        )

    @api.model
    def _receivable_blocked(self):
        """Documents blocked in accounting, found by the index that begins with the
        journal: asking each line's document reads the whole ledger."""
        return SQL(
            """(SELECT b.id FROM account_journal j
                  JOIN account_move b ON b.journal_id = j.id AND b.state = 'posted'
                   AND b.payment_state = 'blocked') blocked"""
        )

    @api.model
    def _receivable_waterfall(self):
        """Running totals k1..k7 of one row; every step refers to its neighbour once."""
        return SQL(
            """
            SELECT k1, k2, k3, k4, k5, k6, k7
              FROM (SELECT GREATEST(l.amount_residual_currency, 0) AS k7) t7
            CROSS JOIN LATERAL (
                SELECT CASE WHEN l.no_followup THEN k7 ELSE 0 END AS k1) t1
            CROSS JOIN LATERAL (
                SELECT LEAST(k7, k1 + COALESCE(way.amount, 0)) AS k2) t2
            CROSS JOIN LATERAL (
                SELECT CASE WHEN due.days_overdue <= 0 THEN k7 ELSE k2 END AS k3) t3
            CROSS JOIN LATERAL (
                SELECT LEAST(k7, k3 + COALESCE(side.disputed, 0)) AS k4) t4
            CROSS JOIN LATERAL (SELECT LEAST(k7, k4 + LEAST(k7,
                COALESCE(side.covered, 0), GREATEST(0, side.covered - side.signed
                + k7))) AS k5) t5
            CROSS JOIN LATERAL (SELECT CASE WHEN COALESCE(side.held, FALSE)
                OR hm.move_id IS NOT NULL OR hp.partner_id IS NOT NULL
                OR blocked.id IS NOT NULL THEN k7 ELSE k5 END AS k6) t6
            """
        )

    @api.model
    def _receivable_company_totals(self):
        """The running totals in company currency, each rounded; nothing stays nothing
        and all is all, to the cent."""
        return SQL(
            "SELECT %s",
            SQL(", ").join(
                SQL(
                    """CASE WHEN %(t)s = 0 THEN 0
                    WHEN %(t)s = k.k7 THEN l.amount_residual
                    ELSE ROUND(%(t)s * l.amount_residual / k.k7, co.digits)
                    END AS %(name)s""",
                    t=SQL.identifier("k", f"k{number}"),
                    name=SQL.identifier(f"k{number}"),
                )
                for number in range(1, 8)
            ),
        )

    @api.model
    def _receivable_where(self, companies, partner_ids, line_ids):
        """Account ids are inlined: joining ``account_account`` would make the planner
        read every journal item of the book."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        parts = [
            SQL("l.account_id IN %s", tuple(accounts) or (0,)),
            SQL("l.reconciled IS NOT TRUE"),
            SQL("l.parent_state = 'posted'"),
            SQL("l.amount_residual_currency <> 0"),
            SQL("l.company_id IN %s", tuple(companies.ids) or (0,)),
        ]
        if partner_ids is not None:
            ids = id_array(partner_ids)
            parts.append(SQL("p.commercial_partner_id = ANY(%s)", ids))
        if line_ids is not None:
            parts.append(SQL("l.id = ANY(%s)", id_array(line_ids)))
        return SQL("WHERE %s", SQL(" AND ").join(parts))

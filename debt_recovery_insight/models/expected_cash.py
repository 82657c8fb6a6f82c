from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

WEEKS = 13
#: Weeks that count as near.
CASH_WEEKS = 4
#: Days off are moved inside this window around today.
WINDOW = timedelta(days=400)


class DebtRecoveryExpectedCash(models.Model):
    """Money that should come: instalments as agreed, and the other open items on the
    day on which their customer usually pays. Week 1 is the week of today. Contested and
    excluded amounts are left out; what is older than the customer ever is has no date
    and says so. Live, in company currency, read only."""

    _name = "debt.recovery.expected.cash"
    _description = "Expected Cash"
    _auto = False
    _order = "week, date_expected, id"
    _rec_name = "partner_id"
    _depends = {
        "debt.recovery.receivable": ["amount_residual"],
        "debt.recovery.behaviour": ["median_days"],
        "debt.recovery.instalment": ["amount", "amount_open", "date_due", "state"],
    }

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Root Company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    move_line_id = fields.Many2one("account.move.line", "Item", readonly=True)
    move_id = fields.Many2one("account.move", "Document", readonly=True)
    instalment_id = fields.Many2one("debt.recovery.instalment", readonly=True)
    case_id = fields.Many2one("debt.recovery.case", readonly=True)
    source = fields.Selection(
        [
            ("agreed", "Agreed"),
            ("usual", "As the customer usually pays"),
            ("none", "No date: later than usual"),
        ],
        readonly=True,
    )
    date_due = fields.Date("Due Date", readonly=True)
    date_expected = fields.Date("Expected On", readonly=True)
    week = fields.Selection(
        selection="_selection_week",
        readonly=True,
        help="Week 1 is the week of today.",
    )
    amount = fields.Monetary(currency_field="company_currency_id", readonly=True)

    @api.model
    def _selection_week(self):
        weeks = [
            (f"{number:02}", self.env._("Week %(number)s", number=number))
            for number in range(1, WEEKS + 1)
        ]
        return [*weeks, ("14", self.env._("Later")), ("99", self.env._("No date"))]

    @property
    def _table_query(self):
        receivables = self.env["debt.recovery.receivable"].sudo()
        companies = receivables._receivable_all_companies()
        roots = companies.filtered(lambda company: company == company.root_id)
        today = fields.Date.to_date(self.env.context.get("recovery_today"))
        return SQL(
            """SELECT e.*, %s AS week FROM (%s UNION ALL %s) e
                 JOIN (SELECT co.id, co.day FROM %s WHERE co.id = co.root_id) co
                   ON co.id = e.company_id""",
            self._cash_week_sql(),
            self._cash_items_sql(roots, receivables._receivable_sql(today, companies)),
            self._cash_instalments_sql(),
            receivables._receivable_companies(today, companies),
        )

    @api.model
    def _cash_week_sql(self):
        """Whole weeks from the Monday of today."""
        return SQL(
            """CASE WHEN e.date_expected IS NULL THEN '99' ELSE LPAD(LEAST(%s, 1 + (
                   GREATEST(e.date_expected, co.day)
                   - date_trunc('week', co.day)::date) / 7)::text, 2, '0') END""",
            WEEKS + 1,
        )

    @api.model
    def _cash_items_sql(self, roots, rows):
        """Open items without what is agreed, contested or excluded. A date that has
        passed tells nothing any more; money under way comes at once."""
        return SQL(
            """SELECT x.id * 2 AS id, x.partner_id, x.company_id, x.id AS move_line_id,
                      x.move_id, NULL::int AS instalment_id, x.case_id,
                      CASE WHEN x.expected >= x.day THEN 'usual' ELSE 'none' END
                        AS source, x.date_due,
                      CASE WHEN x.expected >= x.day THEN x.expected END
                        AS date_expected, x.amount
                 FROM (SELECT r.id, r.partner_id, r.root_company_id AS company_id,
                              r.move_id, r.case_id, r.date_due, day.day,
                              COALESCE(roll.next, r.date_due) + ROUND(COALESCE(
                                b.median_days, book.median_days, 0))::int AS expected,
                              r.amount_residual - r.amount_agreed - r.amount_disputed
                              - r.amount_excluded AS amount
                         FROM (%(rows)s) r
                         JOIN %(days)s ON day.root_id = r.root_company_id
                         LEFT JOIN %(rolled)s ON roll.day = r.date_due
                              AND roll.root_id = r.root_company_id
                         LEFT JOIN debt_recovery_behaviour b
                           ON b.partner_id = r.partner_id
                          AND b.company_id = r.root_company_id
                         LEFT JOIN debt_recovery_behaviour book
                           ON book.partner_id IS NULL
                          AND book.company_id = r.root_company_id
                        WHERE NOT r.is_credit) x
                WHERE x.amount > 0""",
            rows=rows,
            days=self._cash_days_sql(roots),
            rolled=self._cash_rolled_sql(roots),
        )

    @api.model
    def _cash_days_sql(self, roots):
        rows = [SQL("(%s, %s::date)", r.id, r._recovery_today()) for r in roots]
        rows = rows or [SQL("(0, NULL::date)")]
        return SQL("(VALUES %s) AS day(root_id, day)", SQL(", ").join(rows))

    @api.model
    def _cash_rolled_sql(self, roots):
        today = (roots[:1] or self.env.company)._recovery_today()
        return roots._recovery_rolled_days(today - WINDOW, today + WINDOW)

    @api.model
    def _cash_instalments_sql(self):
        """Open instalments of running agreements, in company currency at the rate of
        the items they cover: it is never missing."""
        return SQL(
            """SELECT i.id * 2 + 1, g.partner_id, g.company_id, NULL::int, NULL::int,
                      i.id, g.case_id, 'agreed', i.date_due,
                      i.date_due, i.amount_open * COALESCE(rate.value, 1)
                 FROM debt_recovery_instalment i
                 JOIN debt_recovery_agreement g ON g.id = i.agreement_id
                      AND g.state IN ('active', 'to_sign')
                 LEFT JOIN LATERAL (%s) rate ON TRUE
                WHERE i.amount_open > 0""",
            self._cash_rate_sql(),
        )

    @api.model
    def _cash_rate_sql(self):
        """Booked rate of the items that instalment ``i`` of agreement ``g`` covers."""
        return SQL(
            """SELECT SUM(l.balance) / NULLIF(SUM(l.amount_currency), 0) AS value
                 FROM debt_recovery_agreement_line a
                 JOIN account_move_line l ON l.id = a.move_line_id
                WHERE a.agreement_id = g.id AND l.currency_id = i.currency_id"""
        )

    # GUARD AND READING

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise self._cash_error()

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._cash_error()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise self._cash_error()

    @api.model
    def _cash_error(self):
        return UserError(
            self.env._(
                "Expected cash follows from open items and agreements: change those."
            )
        )

    def action_open_source(self):
        """The invoice or the agreement behind a row."""
        self.ensure_one()
        record = self.instalment_id.agreement_id or self.move_id
        return record._get_records_action()

    @api.model
    def _near_amount(self, company):
        """What the next four weeks should bring, in company currency."""
        weeks = self._by_week(company)[:CASH_WEEKS]
        return sum(week["agreed"] + week["usual"] for week in weeks)

    @api.model
    def _by_week(self, company, domain=()):
        """Rows of the next 13 weeks of one root company: ``[{"week", "date_from",
        "agreed", "usual"}]``, then ``later`` and ``none`` as weeks 14 and 99.

        :param domain: narrows the rows, for example to the cases of an officer
        """
        groups = self._read_group(
            [("company_id", "=", company.root_id.id), *domain],
            ["week", "source"],
            ["amount:sum"],
        )
        sums = {(week, source): amount for week, source, amount in groups}
        today = company._recovery_today()
        monday = today - timedelta(days=today.weekday())
        return [
            {
                "week": code,
                "label": label,
                "date_from": monday + timedelta(weeks=number)
                if number < WEEKS
                else None,
                "agreed": sums.get((code, "agreed"), 0.0),
                "usual": sums.get((code, "usual"), 0.0) + sums.get((code, "none"), 0.0),
            }
            for number, (code, label) in enumerate(self._selection_week())
        ]

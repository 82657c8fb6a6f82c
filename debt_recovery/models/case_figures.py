from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .receivable_sql import id_array

FIGURES = (
    "amount_overdue",
    "amount_collectable",
    "amount_not_due",
    "amount_disputed",
    "amount_agreed",
    "amount_held",
    "amount_credit",
    "amount_excluded",
    "amount_in_payment",
    "date_oldest_due",
)
MARKED = "debt_recovery.marked_partners"


def _figure(label):
    return fields.Monetary(
        label, currency_field="company_currency_id", readonly=True, copy=False
    )


class DebtRecoveryCaseFigures(models.AbstractModel):
    """Stored copies of the live amounts, for sorting and filtering. One set-based
    UPDATE refreshes every touched case when a transaction flushes; a customer without
    a case costs one indexed query per transaction."""

    _name = "debt.recovery.case.figures.mixin"
    _description = "Figures of a Recovery Case"

    company_currency_id = fields.Many2one("res.currency")
    amount_overdue = _figure("Overdue")
    amount_collectable = _figure("Collectable")
    amount_not_due = _figure("Not Due")
    amount_disputed = _figure("Disputed")
    amount_agreed = _figure("Agreed")
    amount_held = _figure("On Hold")
    amount_credit = _figure("Credits")
    amount_excluded = _figure("Excluded")
    amount_in_payment = _figure("In Payment")
    date_oldest_due = fields.Date("Oldest Due Date", readonly=True, copy=False)
    figures_date = fields.Date("Figures Of", readonly=True, copy=False)
    days_overdue = fields.Integer(
        compute="_compute_days_overdue",
        search="_search_days_overdue",
        depends_context=("recovery_today",),
        help="Days since the oldest overdue item fell due.",
    )

    @api.depends("date_oldest_due", "company_id")
    def _compute_days_overdue(self):
        for case in self:
            today = case.company_id._recovery_today()
            due = case.date_oldest_due
            case.days_overdue = (today - due).days if due else 0

    @api.model
    def _search_days_overdue(self, operator, value):
        mirrored = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        if operator not in mirrored:
            return NotImplemented
        today = self.env.company.root_id._recovery_today()
        day = fields.Date.subtract(today, days=int(value))
        return [("date_oldest_due", mirrored[operator], day)]

    # MARKING: called from the hooks on foreign models

    @api.model
    def _mark_partners(self, partner_ids):
        """Remember customers whose open items changed; refreshed at flush."""
        partner_ids = [pid for pid in partner_ids if pid]
        if not partner_ids:
            return
        self._plan_refresh()
        self.env.cr.precommit.data[MARKED].update(partner_ids)

    @api.model
    def _plan_refresh(self):
        precommit = self.env.cr.precommit
        if MARKED not in precommit.data:
            precommit.data[MARKED] = set()
            precommit.add(self.sudo()._refresh_marked)

    @api.model
    def _refresh_marked(self):
        partner_ids = self.env.cr.precommit.data.pop(MARKED, None)
        if partner_ids is None:
            return
        env = self.env(context=self._recovery_clean_context())
        found = env["debt.recovery.case"]._find_touched(partner_ids)
        cases = found.pop("debt.recovery.case", env["debt.recovery.case"])
        for follower in found.values():
            follower._follow_books()
        if cases:
            cases.env["debt.recovery.agreement"]._judge_partners(partner_ids)
            live = cases.filtered(lambda case: case.state != "closed")
            live._refresh_figures()._refresh_priority()
            cases._settle()
            self.env["debt.recovery.action"]._cancel_if_paid(cases.partner_id.ids)

    @api.model
    def _recovery_clean_context(self):
        """The hook runs in anybody's transaction: only the reference day crosses."""
        day = self.env.context.get("recovery_today")
        return {"recovery_today": day} if day else {}

    @api.model
    def _find_touched(self, partner_ids):
        """Live cases of the customers, and those closed as paid, which a returned
        payment may bring back; and whose figures follow the payments and bills that
        changed: one indexed query. ``{model: records}``"""
        queries = self.env["debt.recovery.books.follower.mixin"]._pop_marked()
        if partner_ids:
            queries.append(self._touched_sql(partner_ids))
        found = defaultdict(list)
        if queries:
            query = SQL("%s ORDER BY 2", SQL(" UNION ALL ").join(queries))
            for name, record_id in self.env.execute_query(query):
                found[name].append(record_id)
        return {name: self.env[name].browse(ids) for name, ids in found.items()}

    @api.model
    def _touched_sql(self, partner_ids):
        return SQL(
            """SELECT 'debt.recovery.case', c.id FROM debt_recovery_case c
                WHERE c.partner_id IN (SELECT commercial_partner_id FROM res_partner
                                        WHERE id IN %s)
                  AND (c.state <> 'closed' OR c.close_reason = 'paid')""",
            tuple(partner_ids),
        )

    # REFRESHING

    def _refresh_figures(self):
        """Bring the stored figures of these cases up to the ledger.

        :return: the cases whose figures were different (the drift)
        """
        changed = self.browse()
        for company, cases in self.grouped("company_id").items():
            changed |= cases._refresh_company_figures(company)
        return changed

    def _refresh_company_figures(self, company):
        today = company._recovery_today()
        if not self.env.context.get("recovery_scan"):  # it has flushed; what is new
            self.env.flush_all()  # since then is computed once, with the figures
        rows = self.env.execute_query(self._refresh_sql(today, company))
        self.invalidate_recordset([*FIGURES, "figures_date"], flush=False)
        changed = self.browse([row[0] for row in rows])
        if changed:
            changed.modified(FIGURES)
        self._write_figures_date(today)
        return changed

    def _write_figures_date(self, today):
        self.env.execute_query(
            SQL(
                """UPDATE debt_recovery_case SET figures_date = %s
                    WHERE id = ANY(%s) AND figures_date IS DISTINCT FROM %s
                RETURNING id""",
                today,
                id_array(self.ids),
                today,
            )
        )

    def _refresh_sql(self, today, company):
        receivables = self.env["debt.recovery.receivable"]
        columns = [SQL.identifier(name) for name in FIGURES]
        return SQL(
            """UPDATE debt_recovery_case c
                  SET (%(cols)s, figures_date) = (%(new)s, %(day)s)
                 FROM (SELECT c.id, %(coalesced)s
                         FROM debt_recovery_case c
                         LEFT JOIN (SELECT r.partner_id, %(sums)s FROM (%(rows)s) r
                                     GROUP BY r.partner_id) f
                           ON f.partner_id = c.partner_id
                        WHERE c.id = ANY(%(ids)s)) f
                WHERE f.id = c.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
            RETURNING c.id""",
            cols=SQL(", ").join(columns),
            new=SQL(", ").join(SQL("f.%s", column) for column in columns),
            old=SQL(", ").join(SQL("c.%s", column) for column in columns),
            coalesced=SQL(", ").join(self._refresh_columns()),
            day=today,
            ids=id_array(self.ids),
            sums=receivables._receivable_sums(),
            rows=receivables._receivable_rows(
                today,
                company._recovery_branches(),
                partner_ids=self.partner_id.ids,
            ),
        )

    @api.model
    def _refresh_columns(self):
        for name in FIGURES:
            column = SQL.identifier(name)
            if name.startswith("amount_"):
                yield SQL("COALESCE(f.%s, 0) AS %s", column, column)
            else:
                yield SQL("f.%s", column)

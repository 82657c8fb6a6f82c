from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

BATCH = 2000
#: Nearer than this an end is judged every day, else once a week: what happens to a
#: claim moves its end away, or is undone within days.
NEAR = timedelta(days=400)


class DebtRecoveryLimitation(models.Model):
    """The day on which each overdue item becomes time-barred, for lists that sort and
    filter by it. Written by the daily run; whoever decides something asks the journal
    item itself (``_recovery_limitation``), which knows what happened today."""

    _name = "debt.recovery.limitation"
    _description = "Limitation of an Open Item"
    _rec_name = "move_line_id"
    _order = "date_end, id"

    move_line_id = fields.Many2one(
        "account.move.line", "Journal Item", required=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "debt.recovery.limitation.rule", index="btree_not_null", ondelete="set null"
    )
    country_id = fields.Many2one("res.country", "Law Of")
    date_end = fields.Date("Last Day", index=True)
    effect = fields.Char()
    suspended = fields.Boolean()

    _move_line_unique = models.UniqueIndex("(move_line_id)")

    # REFRESH

    @api.model
    def _refresh(self, company, everything=False):
        """Judge the overdue items of a root company: those that are new or whose end is
        near, or all. Paid ones are dropped; rules, customers and companies forget what
        they change."""
        self._drop_closed(company)
        today = company._recovery_today()
        ids = [row[0] for row in self._due_rows(company, today, everything)]
        for part in split_every(BATCH, ids):
            lines = self.env["account.move.line"].sudo().browse(part)
            self._store(lines._recovery_limitation())
            lines.invalidate_recordset(flush=False)
        self.invalidate_model(flush=False)

    @api.model
    def _due_rows(self, company, today, everything):
        self.env.flush_all()
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        near = SQL("TRUE")
        if not everything:
            near = SQL("(t.id IS NULL OR t.date_end <= %s)", today + NEAR)
        companies = company._recovery_branches()
        return self.env.execute_query(
            SQL(
                """SELECT l.id FROM account_move_line l
                     LEFT JOIN debt_recovery_limitation t ON t.move_line_id = l.id
                    WHERE l.account_id IN %s AND l.reconciled IS NOT TRUE
                      AND l.parent_state = 'posted' AND l.partner_id IS NOT NULL
                      AND l.amount_residual_currency > 0 AND l.company_id IN %s
                      AND COALESCE(l.date_maturity, l.date) < %s AND %s
                    ORDER BY l.id""",
                tuple(accounts) or (0,),
                tuple(companies.ids) or (0,),
                today,
                near,
            )
        )

    @api.model
    def _drop_closed(self, company):
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """DELETE FROM debt_recovery_limitation t
                    USING account_move_line l
                    WHERE l.id = t.move_line_id AND l.company_id IN %s
                      AND (l.reconciled OR l.parent_state <> 'posted')
                RETURNING t.id""",
                tuple(company._recovery_branches().ids) or (0,),
            )
        )

    @api.model
    def _store(self, found):
        """One statement; rows that say the same are not touched."""
        if not found:
            return
        rows = SQL(", ").join(
            self._prepare_row(line, result) for line, result in found.items()
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO debt_recovery_limitation AS t (move_line_id, rule_id,
                          country_id, date_end, effect, suspended)
                   SELECT v.line, v.rule, r.country_id, v.day, v.effect, v.suspended
                     FROM (VALUES %s) v (line, rule, day, effect, suspended)
                     LEFT JOIN debt_recovery_limitation_rule r ON r.id = v.rule
                       ON CONFLICT (move_line_id) DO UPDATE
                      SET rule_id = EXCLUDED.rule_id, date_end = EXCLUDED.date_end,
                          country_id = EXCLUDED.country_id, effect = EXCLUDED.effect,
                          suspended = EXCLUDED.suspended
                    WHERE (t.rule_id, t.date_end, t.effect, t.suspended)
                          IS DISTINCT FROM (EXCLUDED.rule_id, EXCLUDED.date_end,
                                            EXCLUDED.effect, EXCLUDED.suspended)
                RETURNING t.id""",
                rows,
            )
        )

    @api.model
    def _prepare_row(self, line, result):
        return SQL(
            "(%s::int, %s::int, %s::date, %s, %s)",
            line.id,
            result.rule_id or None,
            result.date,
            result.effect,
            result.suspended,
        )

    @api.model
    def _forget(self, domain):
        """These are judged anew by the next run."""
        self.sudo().search(Domain(domain)).unlink()

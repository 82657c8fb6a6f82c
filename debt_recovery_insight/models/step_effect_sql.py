from odoo import api, models
from odoo.tools import SQL

#: Days after a step in which money counts, and in which everything counts.
SHORT, LONG = 7, 14


class DebtRecoveryStepEffectSql(models.AbstractModel):
    """The pieces of the effect of steps. What came after an action is looked up per
    action, so that a question about one quarter reads that quarter only."""

    _name = "debt.recovery.step.effect.sql.mixin"
    _description = "SQL of the Effect of Steps"

    @api.model
    def _effect_actions_sql(self):
        """Actions of steps, with the day of their company."""
        return SQL(
            """SELECT a.id, a.company_id, a.strategy_id, a.step_id, a.channel_id,
                      a.case_id, a.partner_id, a.user_id, a.state, a.date_done, w.zone,
                      COALESCE(%(day)s, a.date_planned) AS day,
                      COALESCE(a.cost, 0) AS cost,
                      COALESCE(a.amount_claimed, 0) AS amount_claimed,
                      (a.state = 'done')::int AS sent
                 FROM debt_recovery_action a
                 JOIN %(companies)s ON w.id = a.company_id
                WHERE a.state IN ('done', 'refused', 'failed') AND %(step)s""",
            day=self._effect_day("a"),
            companies=self._effect_companies_sql(),
            step=self._effect_step("a"),
        )

    @api.model
    def _effect_companies_sql(self):
        """Zone of each root company."""
        roots = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        rows = [SQL("(%s, %s)", root.id, root._recovery_zone().zone) for root in roots]
        return SQL("(VALUES %s) AS w(id, zone)", SQL(", ").join(rows))

    @api.model
    def _effect_day(self, alias):
        """The moment an action was done as a day of its company ``w``."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE w.zone)::date",
            SQL.identifier(alias, "date_done"),
        )

    @api.model
    def _effect_step(self, alias):
        """Seam: what counts as a step: outgoing, of a strategy or an event."""
        return SQL(
            "%s IS NOT NULL AND %s = 'out' AND %s IS NULL",
            SQL.identifier(alias, "step_id"),
            SQL.identifier(alias, "direction"),
            SQL.identifier(alias, "correction_of_id"),
        )

    @api.model
    def _effect_later(self, until):
        """Condition: another step ``b`` was done after ``a``, until that day."""
        return SQL(
            """b.state = 'done' AND %s AND (b.date_done, b.id) > (a.date_done, a.id)
               AND (b.date_done AT TIME ZONE 'UTC' AT TIME ZONE a.zone)::date <= %s""",
            self._effect_step("b"),
            until,
        )

    @api.model
    def _effect_paid_sql(self):
        """Money on the claimed items for which ``a`` is the last step that claimed
        them. The inner DISTINCT keeps the planner from looking for later steps of
        every payment in the book."""
        agreements = self.env["debt.recovery.agreement"]
        return SQL(
            """SELECT SUM(x.cash) FILTER (WHERE x.gap <= %(short)s) AS short,
                      SUM(x.cash) AS long
                 FROM (SELECT p.amount * (1 - COALESCE(own.share, 0)) AS cash,
                              p.max_date - a.day AS gap, %(kind)s AS kind
                         FROM (SELECT DISTINCT p.id, p.debit_move_id, p.credit_move_id,
                                      p.amount, p.max_date
                                 FROM debt_recovery_action_line n
                                 JOIN account_partial_reconcile p
                                   ON p.debit_move_id = n.move_line_id
                                WHERE n.action_id = a.id AND a.sent = 1
                                  AND p.max_date BETWEEN a.day AND a.day + %(long)s) p
                         JOIN account_move_line c ON c.id = p.credit_move_id
                         JOIN account_move m ON m.id = c.move_id
                         LEFT JOIN LATERAL (%(own)s) own ON TRUE
                        WHERE NOT EXISTS (
                              SELECT 1 FROM debt_recovery_action_line n
                                JOIN debt_recovery_action b ON b.id = n.action_id
                               WHERE n.move_line_id = p.debit_move_id AND %(later)s)
                      ) x
                WHERE x.kind = 'cash'""",
            short=SHORT,
            long=LONG,
            kind=agreements._facts_kind(),
            own=agreements._facts_own_share(),
            later=self._effect_later(SQL("p.max_date")),
        )

    @api.model
    def _effect_replies_sql(self):
        received = SQL("(r.date AT TIME ZONE 'UTC' AT TIME ZONE a.zone)::date")
        return SQL(
            """SELECT COUNT(*)::int AS count FROM debt_recovery_reply r
                WHERE a.sent = 1 AND r.case_id = a.case_id AND r.kind = 'person'
                  AND r.date >= a.date_done AND %(day)s <= a.day + %(long)s
                  AND NOT EXISTS (
                      SELECT 1 FROM debt_recovery_action b
                       WHERE b.case_id = a.case_id AND b.date_done <= r.date
                         AND %(later)s)""",
            day=received,
            long=LONG,
            later=self._effect_later(received),
        )

    @api.model
    def _effect_disputes_sql(self):
        return SQL(
            """SELECT COUNT(*) FILTER (WHERE d.kind = 'dispute')::int AS disputes,
                      COUNT(*) FILTER (WHERE d.kind = 'complaint')::int AS complaints
                 FROM debt_recovery_dispute d
                WHERE a.sent = 1 AND d.case_id = a.case_id
                  AND d.date_opened BETWEEN a.day AND a.day + %(long)s
                  AND NOT EXISTS (
                      SELECT 1 FROM debt_recovery_action b
                       WHERE b.case_id = a.case_id AND %(later)s)""",
            long=LONG,
            later=self._effect_later(SQL("d.date_opened")),
        )

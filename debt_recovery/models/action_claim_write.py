from odoo import api, models
from odoo.tools import SQL


class DebtRecoveryActionClaimWrite(models.AbstractModel):
    """Claim lines of many actions, written by one statement each time."""

    _name = "debt.recovery.action.claim.write.mixin"
    _description = "Writing of a claim"

    def _claim_lines(self, wanted):
        """Create the lines of actions that have none yet.

        :param wanted: {action id: journal item ids}
        """
        pairs = [(action, line) for action, ids in wanted.items() for line in ids]
        if not pairs:
            return
        actions, lines = map(list, zip(*pairs, strict=True))
        self._claim_insert(
            SQL(
                """SELECT w.action_id, r.*
                     FROM unnest(%s, %s) AS w(action_id, line_id)
                     JOIN (%s) r ON r.id = w.line_id""",
                actions,
                lines,
                self._claim_sql(
                    self.company_id, self.partner_id.ids, sorted(set(lines))
                ),
            )
        )

    def _claim_everything(self):
        """Lines of messages planned without any: all that is collectable."""
        if not self:
            return
        self._claim_insert(
            SQL(
                """SELECT a.id AS action_id, r.*
                     FROM debt_recovery_action a
                     JOIN (%s) r ON r.partner_id = a.partner_id
                          AND r.root_company_id = a.company_id
                    WHERE a.id IN %s""",
                self._claim_sql(self.company_id, partner_ids=self.partner_id.ids),
                tuple(self.ids),
            )
        )

    def _claim_spoken(self, items=None):
        """Lines of a contact that a person had: what it was about, as collectable at
        this moment. A task of the strategy keeps its lines, brought up to date; a
        debtor who comes to us speaks of the ticked items alone.

        :param items: the ticked journal items; none means all that is collectable
        """
        self.ensure_one()
        action = self.sudo()._guarded()
        if action.line_ids:
            action._refresh_claim()
        elif items:
            action._claim_lines({action.id: items.ids})
        elif action.direction == "out":
            action._claim_everything()

    def _claim_insert(self, rows):
        """The claim lines of these actions, in one statement: what
        :meth:`_claim_line_vals` says, said by the database.

        :param rows: SQL of receivable rows, each with its ``action_id``
        """
        self._check_not_sealed()
        self.env.flush_all()
        columns = self._claim_insert_columns()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO debt_recovery_action_line (%(names)s)
                SELECT %(values)s
                  FROM (%(rows)s) r
                  JOIN debt_recovery_action a ON a.id = r.action_id
                  JOIN res_currency y ON y.id = r.currency_id
                  %(claimed)s
                 WHERE ROUND(claimed.in_currency / y.rounding) > 0
                 ORDER BY a.id, r.date_due, r.id
             RETURNING id
                """,
                names=SQL(", ").join(map(SQL.identifier, columns)),
                values=SQL(", ").join(columns.values()),
                rows=rows,
                claimed=self._claimed_sql(),
            )
        )
        self.env["debt.recovery.action.line"].invalidate_model(flush=False)
        self.invalidate_recordset(["line_ids"], flush=False)
        self._claim_write_amount()

    @api.model
    def _claimed_sql(self):
        """``claimed``: what action ``a`` may claim of receivable row ``r``."""
        return SQL(
            """
              LEFT JOIN debt_recovery_strategy_step s ON s.id = a.step_id
             CROSS JOIN LATERAL (
                SELECT COALESCE(s.event IS NULL AND s.day < 0, FALSE) AS predue) p
             CROSS JOIN LATERAL (
                SELECT r.amount_collectable_currency + CASE WHEN p.predue
                       THEN r.amount_not_due_currency ELSE 0 END AS in_currency,
                       r.amount_collectable + CASE WHEN p.predue
                       THEN r.amount_not_due ELSE 0 END AS in_company) claimed
            """
        )

    @api.model
    def _claim_insert_columns(self):
        """Columns of a claim line and what they are taken from: ``a`` the action, ``r``
        the receivable row, ``claimed`` the amounts."""
        who, now = SQL("%s", self.env.uid), SQL("%s", self.env.cr.now())
        return {
            "action_id": SQL("a.id"),
            "move_line_id": SQL("r.id"),
            "move_id": SQL("r.move_id"),
            "name": SQL("COALESCE(NULLIF(r.move_name, ''), r.label)"),
            "ref": SQL("r.ref"),
            "date": SQL("r.date"),
            "date_due": SQL("r.date_due"),
            "days_overdue": SQL("r.days_overdue"),
            "currency_id": SQL("r.currency_id"),
            "amount_original": SQL("r.amount_original"),
            "amount_currency": SQL("claimed.in_currency"),
            "amount": SQL("claimed.in_company"),
            "create_uid": who,
            "create_date": now,
            "write_uid": who,
            "write_date": now,
        }

    def _claim_write_amount(self):
        """Sum the lines up, in one statement."""
        if not self:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE debt_recovery_action a
                      SET amount_claimed = COALESCE((
                            SELECT SUM(x.amount) FROM debt_recovery_action_line x
                             WHERE x.action_id = a.id), 0),
                          write_uid = %s, write_date = %s
                    WHERE a.id IN %s RETURNING a.id""",
                self.env.uid,
                self.env.cr.now(),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["amount_claimed"], flush=False)

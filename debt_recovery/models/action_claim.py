from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, float_compare


class DebtRecoveryActionClaim(models.AbstractModel):
    """What an action claims, read from the ledger when it matters.

    Amounts come from the one builder of receivable rows, never from the cache of the
    receivable model, which does not notice a payment of the same transaction.
    """

    _name = "debt.recovery.action.claim.mixin"
    _description = "Claim of a recovery action"

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _claim_rows(self, root_companies, partner_ids=None, line_ids=None):
        """Receivable rows with the amount once invoiced, as dictionaries."""
        self.env.flush_all()
        rows = self._claim_sql(root_companies, partner_ids, line_ids)
        return self.env.execute_query_dict(SQL("%s ORDER BY date_due, id", rows))

    @api.model
    def _claim_sql(self, root_companies, partner_ids=None, line_ids=None):
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("id", "child_of", root_companies.ids)])
        )
        receivable = self.env["debt.recovery.receivable"].sudo()
        return SQL(
            """
            SELECT r.id, r.move_id, r.partner_id, r.root_company_id, r.move_name,
                   r.ref, r.date, r.date_due, r.days_overdue, r.currency_id,
                   r.amount_collectable, r.amount_collectable_currency,
                   r.amount_not_due, r.amount_not_due_currency,
                   l.amount_currency AS amount_original, l.name AS label
              FROM (%s) r
              JOIN account_move_line l ON l.id = r.id
             WHERE NOT r.is_credit
            """,
            receivable._receivable_sql(
                self._claim_today(),
                companies,
                partner_ids=partner_ids,
                line_ids=line_ids,
            ),
        )

    @api.model
    def _claim_today(self):
        """Reference day of the claim: the context's, else each company's own."""
        if self.env.context.get("recovery_today"):
            return self.env.company._recovery_today()
        return None

    def _claim_is_predue(self):
        """Steps before the due date announce what is not due yet."""
        return bool(self.step_id) and not self.step_id.event and self.step_id.day < 0

    def _claim_line_vals(self, row):
        """Values of a claim line, or None when nothing of the row is claimed."""
        amount = row["amount_collectable"]
        amount_currency = row["amount_collectable_currency"]
        if self._claim_is_predue():
            amount += row["amount_not_due"]
            amount_currency += row["amount_not_due_currency"]
        currency = self.env["res.currency"].browse(row["currency_id"])
        if currency.compare_amounts(amount_currency, 0) <= 0:
            return None
        return {
            "action_id": self.id,
            "move_line_id": row["id"],
            "move_id": row["move_id"],
            "name": row["move_name"] or row["label"],
            "ref": row["ref"],
            "date": row["date"],
            "date_due": row["date_due"],
            "days_overdue": row["days_overdue"],
            "currency_id": row["currency_id"],
            "amount_original": row["amount_original"],
            "amount_currency": amount_currency,
            "amount": amount,
        }

    def _claim_case(self):
        """The case as texts about this action see it."""
        self.ensure_one()
        if isinstance(self.id, int):
            return self.case_id.with_context(
                recovery_action_ids=(self.id,), recovery_preview=None
            )
        return self.case_id.with_context(recovery_preview=self)

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

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
                self._claim_sql(self.company_id, line_ids=sorted(set(lines))),
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
                  LEFT JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 CROSS JOIN LATERAL (
                    SELECT COALESCE(s.event, '') = '' AND s.day < 0 AS predue) p
                 CROSS JOIN LATERAL (
                    SELECT r.amount_collectable_currency + CASE WHEN p.predue
                           THEN r.amount_not_due_currency ELSE 0 END AS in_currency,
                           r.amount_collectable + CASE WHEN p.predue
                           THEN r.amount_not_due ELSE 0 END AS in_company) claimed
                 WHERE ROUND(claimed.in_currency / y.rounding) > 0
                 ORDER BY a.id, r.date_due, r.id
             RETURNING id
                """,
                names=SQL(", ").join(map(SQL.identifier, columns)),
                values=SQL(", ").join(columns.values()),
                rows=rows,
            )
        )
        self.env["debt.recovery.action.line"].invalidate_model(flush=False)
        self.invalidate_recordset(["line_ids"], flush=False)
        self._claim_write_amount()

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

    def _refresh_claim(self):
        """Bring the lines up to the ledger of this moment.

        Paid, disputed, held lines go; changed amounts are taken over.

        :return: actions whose claim is not what it was
        """
        changed = self.browse()
        self.env["debt.recovery.action.line"].flush_model()
        with_lines = self.filtered("line_ids")
        line_ids = with_lines.line_ids.move_line_id.ids
        rows = {}
        if line_ids:
            rows = {
                row["id"]: row
                for row in self._claim_rows(with_lines.company_id, line_ids=line_ids)
            }
        for action in with_lines:
            if action._refresh_claim_lines(rows):
                changed += action
        changed._claim_write_amount()
        return changed

    def _refresh_claim_lines(self, rows):
        """Bring one action's lines up to date; True when an amount changed."""
        self.ensure_one()
        changed = False
        gone = self.env["debt.recovery.action.line"]
        for line in self.line_ids:
            row = rows.get(line.move_line_id.id)
            if row and row["partner_id"] != self.partner_id.id:
                row = None
            vals = row and self._claim_line_vals(row)
            if not vals:
                gone += line
                continue
            if line.currency_id.compare_amounts(
                line.amount_currency, vals["amount_currency"]
            ):
                changed = True
            vals.pop("action_id")
            line._take_over(vals)
        gone.unlink()
        return changed or bool(gone)

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

    def _claim_totals(self):
        """Claimed amount per document currency, in a steady order."""
        self.ensure_one()
        totals = defaultdict(float)
        for line in self.line_ids.sorted(lambda x: (x.currency_id.name, x.id)):
            totals[line.currency_id] += line.amount_currency
        return dict(totals)

    def _claim_uncovered(self):
        """Actions that claim more than is collectable by now."""
        line_ids = self.line_ids.move_line_id.ids
        if not line_ids:
            return self.browse()
        rows = {
            row["id"]: row
            for row in self._claim_rows(self.company_id, line_ids=line_ids)
        }
        return self.filtered(lambda action: not action._claim_covered(rows))

    def _claim_covered(self, rows):
        """True when every claimed amount is still collectable in full."""
        self.ensure_one()
        for line in self.line_ids:
            row = rows.get(line.move_line_id.id)
            vals = row and self._claim_line_vals(row)
            if not vals:
                return False
            digits = line.currency_id.decimal_places
            now, claimed = vals["amount_currency"], line.amount_currency
            if float_compare(now, claimed, precision_digits=digits) < 0:
                return False
        return True

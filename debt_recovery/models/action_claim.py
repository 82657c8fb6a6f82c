from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


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
            SELECT r.id, r.move_id, r.partner_id, r.root_company_id, l.move_name,
                   m.ref, COALESCE(m.invoice_date, l.date) AS date,
                   r.date_due, r.days_overdue, r.currency_id,
                   r.amount_collectable, r.amount_collectable_currency,
                   r.amount_not_due, r.amount_not_due_currency,
                   l.amount_currency AS amount_original, l.name AS label
              FROM (%s) r
              JOIN account_move_line l ON l.id = r.id
              JOIN account_move m ON m.id = l.move_id
             WHERE NOT r.is_credit
            """,
            receivable._receivable_rows(
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
    # Bringing up to date
    # ------------------------------------------------------------------

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

    def _claim_totals(self):
        """Claimed amount per document currency, in a steady order."""
        self.ensure_one()
        totals = defaultdict(float)
        for line in self.line_ids.sorted(lambda x: (x.currency_id.name, x.id)):
            totals[line.currency_id] += line.amount_currency
        return dict(totals)

    def _claim_uncovered(self):
        """Actions that claim more than is collectable by now, in one query."""
        self.env.flush_all()
        line_ids = self._claimed_item_ids()
        if not line_ids:
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT a.id FROM debt_recovery_action a
                     JOIN debt_recovery_action_line x ON x.action_id = a.id
                     LEFT JOIN (%s) r ON r.id = x.move_line_id
                     JOIN res_currency y ON y.id = x.currency_id %s
                    WHERE a.id IN %s AND (claimed.in_currency IS NULL
                          OR ROUND(claimed.in_currency / y.rounding) <= 0
                          OR ROUND((claimed.in_currency - x.amount_currency)
                                   / y.rounding) < 0)""",
                self._claim_sql(self.company_id, line_ids=line_ids),
                self._claimed_sql(),
                tuple(self.ids),
            )
        )
        uncovered = {row[0] for row in rows}
        return self.browse(
            action_id for action_id in self.ids if action_id in uncovered
        )

    def _claimed_item_ids(self):
        """Journal items of the claims; thousands of lines are not read as records."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT x.move_line_id FROM debt_recovery_action_line x
                    WHERE x.action_id IN %s AND x.move_line_id IS NOT NULL""",
                tuple(self.ids) or (0,),
            )
        )
        return [row[0] for row in rows]

from odoo import api, models
from odoo.tools import SQL, format_date

from .statement_page import BUCKETS


class DebtRecoveryStatementLedger(models.AbstractModel):
    """Statements of account straight from the posted ledger, at any past day: open
    items as they were open on that day, or the movements between two days with opening
    and closing balance. Balances are those of the trade receivable accounts; only
    posted matches with posted counterparts on or before the day count.

    All customers of a batch are read in the same few queries."""

    _name = "debt.recovery.statement.ledger"
    _description = "Statement of Account"
    _inherit = ["debt.recovery.statement.page.mixin"]

    @api.model
    def _statements(self, partners, company, date_to, date_from=None):
        """``{partner id: [group per currency]}``; a group has ``currency``,
        ``opening``, ``closing``, ``lines``, ``ageing`` and ``beside`` (claimed outside
        the balance), oldest first. Amounts are in the document currency.

        :param date_from: first day of the movements; None lists open items
        """
        self.env.flush_all()
        found = {partner.id: {} for partner in partners.commercial_partner_id}
        if date_from:
            for row in self._statement_openings(found, company, date_from):
                group = self._statement_group(found[row["partner_id"]], row)
                group["opening"] = group["closing"] = float(row["amount"])
        self._add_lines(found, company, date_to, date_from)
        self._add_ageing(found, company, date_to)
        statements = {
            partner_id: sorted(groups.values(), key=lambda g: g["currency"].name)
            for partner_id, groups in found.items()
        }
        if not date_from:
            self._add_beside(statements, company, date_to)
        return statements

    @api.model
    def _add_beside(self, statements, company, date_to):
        """Seam: rows (``label``, ``amount``) of what is claimed outside the books, into
        ``beside`` of the groups."""

    def _add_lines(self, found, company, date_to, date_from):
        rows = (
            self._statement_movements(found, company, date_to, date_from)
            if date_from
            else self._statement_open_items(found, company, date_to)
        )
        notes = self._statement_notes(rows, company, date_to)
        for row in rows:
            group = self._statement_group(found[row["partner_id"]], row)
            line = self._prepare_statement_line(row, date_to)
            amount = line["original"] if date_from else line["amount"]
            group["closing"] = group["currency"].round(group["closing"] + amount)
            line |= {"balance": group["closing"], "note": notes.get(row["id"], "")}
            group["lines"].append(line)

    @api.model
    def _statement_group(self, groups, row):
        currency = self.env["res.currency"].browse(row["currency_id"])
        if currency not in groups:
            groups[currency] = {
                "currency": currency,
                "opening": 0.0,
                "closing": 0.0,
                "lines": [],
                "beside": [],
                "ageing": dict.fromkeys((*BUCKETS, "credit"), 0.0),
            }
        return groups[currency]

    @api.model
    def _prepare_statement_line(self, row, date_to):
        return {
            "id": row["id"],
            "name": row["name"],
            "ref": row["ref"],
            "kind": row["kind"],
            "date": row["date"],
            "date_due": row["date_due"],
            "days_overdue": max((date_to - row["date_due"]).days, 0),
            "original": float(row["original"]),
            "amount": float(row["amount"]),
        }

    # SQL

    @api.model
    def _statement_from(self, partner_ids, company):
        """Posted items of these customers on the trade receivable accounts."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return SQL(
            """FROM account_move_line l
               JOIN res_partner p ON p.id = l.partner_id
               JOIN account_move m ON m.id = l.move_id
              WHERE l.account_id IN %s AND l.parent_state = 'posted'
                AND l.company_id IN %s AND p.commercial_partner_id IN %s""",
            tuple(accounts) or (0,),
            tuple(company._recovery_branches().ids),
            tuple(partner_ids) or (0,),
        )

    @api.model
    def _statement_select(self):
        return SQL(
            """SELECT l.id, p.commercial_partner_id AS partner_id, l.currency_id,
                      COALESCE(l.move_name, l.name) AS name, m.ref,
                      CASE WHEN m.move_type <> 'entry' THEN m.move_type
                           WHEN l.payment_id IS NOT NULL
                             OR l.statement_line_id IS NOT NULL THEN 'payment'
                           ELSE 'entry' END AS kind,
                      l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                      l.amount_currency AS original"""
        )

    @api.model
    def _statement_openings(self, partner_ids, company, date_from):
        return self.env.execute_query_dict(
            SQL(
                """SELECT p.commercial_partner_id AS partner_id, l.currency_id,
                          SUM(l.amount_currency) AS amount
                     %s AND l.date < %s GROUP BY 1, 2
                   HAVING SUM(l.amount_currency) <> 0""",
                self._statement_from(partner_ids, company),
                date_from,
            )
        )

    @api.model
    def _statement_movements(self, partner_ids, company, date_to, date_from):
        return self.env.execute_query_dict(
            SQL(
                """%s, l.amount_currency AS amount %s
                  AND l.date BETWEEN %s AND %s AND l.amount_currency <> 0
                ORDER BY l.date, l.id""",
                self._statement_select(),
                self._statement_from(partner_ids, company),
                date_from,
                date_to,
            )
        )

    @api.model
    def _statement_open_items(self, partner_ids, company, date_to):
        """What was open at the end of the day."""
        return self.env.execute_query_dict(
            SQL(
                """SELECT s.* FROM (%s, l.amount_currency - %s + %s AS amount %s
                     AND l.date <= %s AND l.amount_currency <> 0) s
                    WHERE s.amount <> 0 ORDER BY s.date_due, s.id""",
                self._statement_select(),
                self._statement_matched("debit", "credit", date_to),
                self._statement_matched("credit", "debit", date_to),
                self._statement_from(partner_ids, company),
                date_to,
            )
        )

    @api.model
    def _statement_matched(self, side, other, date_to):
        """What was matched with an item on that side until the day."""
        return SQL(
            """COALESCE((SELECT SUM(%s) FROM account_partial_reconcile r
                          JOIN account_move_line o ON o.id = %s
                         WHERE %s = l.id AND r.max_date <= %s
                           AND o.parent_state = 'posted'), 0)""",
            SQL.identifier("r", f"{side}_amount_currency"),
            SQL.identifier("r", f"{other}_move_id"),
            SQL.identifier("r", f"{side}_move_id"),
            date_to,
        )

    # AGEING AND NOTES

    def _add_ageing(self, found, company, date_to):
        """Open items of the last day by age; credits apart, so that it adds up."""
        for row in self._statement_open_items(found, company, date_to):
            ageing = self._statement_group(found[row["partner_id"]], row)["ageing"]
            days = (date_to - row["date_due"]).days
            bucket = next(
                name
                for name, limit in zip(BUCKETS, (0, 30, 60, 90, None), strict=True)
                if limit is None or days <= limit
            )
            ageing["credit" if row["amount"] < 0 else bucket] += float(row["amount"])

    @api.model
    def _statement_notes(self, rows, company, date_to):
        """What was agreed and is contested today; the past had other notes."""
        today = company.with_env(self.env)._recovery_today()
        if not rows or date_to < today:
            return {}
        receivables = self.env["debt.recovery.receivable"].sudo()
        sql = receivables._receivable_sql(
            today,
            company._recovery_branches(),
            partner_ids=list({row["partner_id"] for row in rows}),
        )
        acted = self.env.execute_query(
            SQL(
                """SELECT r.id, r.currency_id, r.amount_disputed_currency,
                          r.amount_agreed_currency FROM (%s) r
                    WHERE r.amount_disputed_currency > 0
                       OR r.amount_agreed_currency > 0""",
                sql,
            )
        )
        agreed = self._statement_agreed_days([row[0] for row in acted])
        return {
            line_id: self._statement_note(
                self.env["res.currency"].browse(currency_id),
                float(disputed),
                float(promised),
                agreed.get(line_id),
            )
            for line_id, currency_id, disputed, promised in acted
        }

    @api.model
    def _statement_agreed_days(self, line_ids):
        lines = (
            self.env["debt.recovery.agreement.line"]
            .sudo()
            .search([("move_line_id", "in", line_ids), ("state", "=", "active")])
        )
        return {line.move_line_id.id: line.agreement_id.date_agreed for line in lines}

    @api.model
    def _statement_note(self, currency, disputed, agreed, day):
        parts = []
        if disputed > 0:
            text = self.env._(
                "in dispute: %(amount)s", amount=currency.format(disputed)
            )
            parts.append(text)
        if agreed > 0:
            parts.append(
                self.env._(
                    "agreed: %(amount)s by %(date)s",
                    amount=currency.format(agreed),
                    date=format_date(self.env, day) if day else "…",
                )
            )
        return "; ".join(parts)

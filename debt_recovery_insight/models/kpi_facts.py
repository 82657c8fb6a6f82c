from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.debt_recovery.tools.money import to_decimal

from ..tools.kpi.ageing import ORDER
from ..tools.kpi.dso import Month

#: Months the countback looks back at most.
COUNTBACK_MONTHS = 36
#: Months of sales that are read at once.
STRIDE_MONTHS = 4
#: More than any currency has: shares of amounts keep their rest.
DIGITS = 6
BRIDGE = ("disputed", "agreed", "held", "collectable")


@dataclass(frozen=True)
class Position:
    """What was open at the end of a day; amounts of the bridge are None where nobody
    wrote them down."""

    day: date
    net: Decimal
    credit: Decimal
    buckets: dict
    amount_days: Decimal
    bridge: dict
    check_id: int | None

    @property
    def not_due(self):
        return self.buckets["0"]

    @property
    def overdue(self):
        return sum((self.buckets[code] for code in ORDER[1:]), Decimal(0))


class DebtRecoveryKpiFacts(models.AbstractModel):
    """Balances and sales, one statement each. Customers of our own companies and items
    marked as no follow-up are left out; past month-ends come from their snapshot."""

    _name = "debt.recovery.kpi.facts.mixin"
    _description = "Balances and Sales for Key Figures"

    @api.model
    def _kpi_partners(self, span, column):
        """Condition on the commercial partner."""
        own = tuple(span.company._recovery_own_partners()) or (0,)
        condition = SQL("%s NOT IN %s", column, own)
        if span.partner_ids is None:
            return condition
        return SQL("%s AND %s IN %s", condition, column, span.partner_ids or (0,))

    @api.model
    def _kpi_line_conditions(self, span):
        """Trade receivable items ``l`` of customers ``a`` that count."""
        behaviour = self.env["debt.recovery.behaviour"]
        return [
            *behaviour._behaviour_ledger_conditions(span.company),
            SQL("l.no_followup IS NOT TRUE"),
            self._kpi_partners(span, SQL("a.commercial_partner_id")),
        ]

    @api.model
    def _kpi_rows(self, query):
        """Rows as dicts; the database's numbers become exact again at this border."""
        self.env.flush_all()
        return [
            {name: self._kpi_exact(value) for name, value in row.items()}
            for row in self.env.execute_query_dict(query)
        ]

    @api.model
    def _kpi_exact(self, value):
        return to_decimal(value, DIGITS) if isinstance(value, float) else value

    # POSITION

    def _kpi_position(self, span, day):
        """:rtype: Position"""
        return span.once(("position", day), lambda: self._read_position(span, day))

    def _read_position(self, span, day):
        check = self._kpi_check(span, day)
        live = check.is_live if check else day >= span.today
        rows = self._kpi_rows(self._position_sql(span, day, check, live))
        found = {row["bucket"]: row for row in rows}

        def total(name, codes=(*ORDER, "credit")):
            values = (found[code][name] for code in codes if code in found)
            return sum((value or Decimal(0) for value in values), Decimal(0))

        return Position(
            day=day,
            net=total("net"),
            credit=total("net", ("credit",)),
            buckets={code: total("net", (code,)) for code in ORDER},
            amount_days=total("amount_days"),
            bridge={name: total(name) if live else None for name in BRIDGE},
            check_id=check.id,
        )

    def _kpi_check(self, span, day):
        """The frozen month-end, if there is one."""
        return (
            self.env["debt.recovery.snapshot.check"]
            .sudo()
            .search(
                [
                    ("company_id", "=", span.company.id),
                    ("date", "=", day),
                    ("kind", "=", "month"),
                    ("state", "=", "done"),
                ],
                limit=1,
            )
        )

    def _position_sql(self, span, day, check, live):
        source = (
            SQL("SELECT * FROM debt_recovery_snapshot WHERE check_id = %s", check.id)
            if check
            else check._snapshot_items_sql(span.company, day, live)
        )
        return SQL(
            """SELECT s.bucket, SUM(s.amount_balance - s.amount_excluded) AS net,
                      SUM(s.amount_days)::numeric AS amount_days, %s
                 FROM (%s) s WHERE %s GROUP BY s.bucket""",
            SQL(", ").join(
                SQL("SUM(s.%s) AS %s", SQL.identifier(f"amount_{n}"), SQL.identifier(n))
                for n in BRIDGE
            ),
            source,
            self._kpi_partners(span, SQL("s.partner_id")),
        )

    # SALES

    def _kpi_sales(self, span, date_from=None, date_to=None):
        """Net credit invoicing including tax between two days."""
        first, last = date_from or span.date_from, date_to or span.date_to
        days = self._kpi_day_sales(span, first, last)
        return sum((days[day] for day in days if first <= day <= last), Decimal(0))

    def _kpi_day_sales(self, span, first, last):
        """{day: net invoicing} of these days at least: what was read for one figure
        serves the next, and few reads reach far back."""
        known, read = self._kpi_known_sales(span)
        begin = last.replace(day=1) - relativedelta(months=STRIDE_MONTHS)
        if not read:
            read[:] = min(first, begin), last
            known.update(self._read_sales(span, *read))
        if first < read[0]:
            begin = read[0] - relativedelta(months=STRIDE_MONTHS)
            begin, end = min(first, begin), read[0] - relativedelta(days=1)
            known.update(self._read_sales(span, begin, end))
            read[0] = begin
        if last > read[1]:
            begin = read[1] + relativedelta(days=1)
            known.update(self._read_sales(span, begin, last))
            read[1] = last
        return known

    def _kpi_known_sales(self, span):
        """({day: net invoicing} read so far, [first day, last day] of it)."""
        return span.once(("sales", "days"), dict), span.once(("sales", "read"), list)

    def _kpi_months(self, span, enough):
        """Months back from the end of the period until their sales are above ``enough``
        or there were none before; the last may be a part of one."""
        months, last, found = [], span.date_to, Decimal(0)
        while len(months) < COUNTBACK_MONTHS and found <= enough:
            start = last.replace(day=1)
            amount = self._kpi_sales(span, start, last)
            months.append(Month(start.strftime("%Y-%m"), amount, last.day))
            found += max(amount, 0)
            last = start - relativedelta(days=1)
        days, _read = self._kpi_known_sales(span)
        first = min((day for day in days if day <= span.date_to), default=None)
        return [m for m in months if first and m.label >= first.strftime("%Y-%m")]

    def _read_sales(self, span, first, last):
        rows = self._kpi_rows(
            SQL(
                """SELECT l.date, SUM(l.balance) AS amount
                     FROM account_move_line l
                     JOIN account_move m ON m.id = l.move_id
                      AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                      AND m.date BETWEEN %(first)s AND %(last)s
                     JOIN res_partner a ON a.id = l.partner_id
                    WHERE %(lines)s AND l.date BETWEEN %(first)s AND %(last)s
                    GROUP BY 1""",
                lines=SQL(" AND ").join(self._kpi_line_conditions(span)),
                first=first,
                last=last,
            )
        )
        return {row["date"]: row["amount"] for row in rows}

    # OPEN ITEMS

    def _kpi_open_sql(self, span, day):
        """Open items (not credits) at the end of a day, with their residual."""
        ledger = self.env["debt.recovery.snapshot.check"]._ledger_sql(span.company, day)
        return SQL(
            """SELECT i.* FROM (%s) i WHERE i.chased AND i.residual > 0
                  AND NOT i.no_followup AND %s""",
            ledger,
            self._kpi_partners(span, SQL("i.partner_id")),
        )

    def _kpi_bucket(self, alias):
        return SQL(
            """CASE WHEN %(d)s <= 0 THEN '0' WHEN %(d)s <= 30 THEN '1'
                    WHEN %(d)s <= 60 THEN '2' WHEN %(d)s <= 90 THEN '3' ELSE '4' END""",
            d=SQL.identifier(alias, "days"),
        )

    def _read_roll(self, span):
        """Items one month before the end and what became of them, by buckets."""
        before = self._roll_begin(span)
        rows = self._kpi_rows(
            SQL(
                """SELECT %s AS old, CASE WHEN n.id IS NOT NULL THEN %s END AS new,
                          SUM(o.residual) AS before, SUM(COALESCE(n.residual, 0))
                          AS after, COUNT(*) AS count
                     FROM (%s) o LEFT JOIN (%s) n ON n.id = o.id GROUP BY 1, 2""",
                self._kpi_bucket("o"),
                self._kpi_bucket("n"),
                self._kpi_open_sql(span, before),
                self._kpi_open_sql(span, span.date_to),
            )
        )
        names = ("old", "new", "before", "after", "count")
        return [tuple(row[name] for name in names) for row in rows]

    @api.model
    def _roll_begin(self, span):
        """One month before the last day; month-ends follow month-ends."""
        if (span.date_to + relativedelta(days=1)).day == 1:
            return span.date_to.replace(day=1) - relativedelta(days=1)
        return span.date_to - relativedelta(months=1)

    def _read_open_ages(self, span):
        """(month of issue, age, open amount) of the invoices open at the end, by day;
        opening entries and returned money have no month of sale."""
        rows = self._kpi_rows(
            SQL(
                """SELECT to_char(o.invoice_date, 'YYYY-MM') AS month,
                          %s::date - o.invoice_date AS age, SUM(o.residual) AS amount
                     FROM (%s) o JOIN account_move b ON b.id = o.move_id
                      AND b.move_type IN ('out_invoice', 'out_receipt')
                    GROUP BY 1, 2""",
                span.date_to,
                self._kpi_open_sql(span, span.date_to),
            )
        )
        return [(row["month"], row["age"], row["amount"]) for row in rows]

    def _read_open_days(self, span):
        """Mean age of the overdue items at the end of the period."""
        return self._kpi_rows(
            SQL(
                """SELECT COALESCE(SUM(o.days), 0) AS total, COUNT(*) AS count,
                          COALESCE(SUM(o.days * o.residual), 0) AS weighted,
                          COALESCE(SUM(o.residual), 0) AS amount
                     FROM (%s) o WHERE o.days > 0""",
                self._kpi_open_sql(span, span.date_to),
            )
        )[0]

import io

import xlsxwriter

from odoo import api, models
from odoo.tools import SQL, format_date

from ..tools.buckets import spans


class DebtRecoveryAgeing(models.AbstractModel):
    """The ageing of all customers at the end of any day, in buckets of choice, from the
    ledger. Buckets and credits sum to the balance of the customer."""

    _name = "debt.recovery.ageing"
    _description = "Ageing"

    @api.model
    def _ageing(self, company, day, edges, filters=None):
        """Facts of the report.

        :param edges: last days of the buckets but the last, ``(30, 60, 90)``
        :param filters: ``{"partner_ids", "user_ids"}`` as for key figures
        :return: ``columns`` (labels), ``rows`` (partner_id, name, ref, user, amounts in
            the order of the columns), ``totals``; company currency, the largest first
        """
        reader = self.env["debt.recovery.kpi.reader"]
        span = reader._span(company, day, day, filters or {})
        rows = reader._kpi_rows(self._ageing_sql(span, edges))
        count = len(edges) + 4
        found = [
            {
                "partner_id": row["partner_id"],
                "name": row["name"] or "",
                "ref": row["ref"] or "",
                "user": row["user_name"] or "",
                "amounts": [row[f"c{number}"] for number in range(count)],
            }
            for row in rows
        ]
        return {
            "company": span.company,
            "day": span.date_to,
            "columns": self._ageing_columns(edges),
            "rows": found,
            "totals": [sum(r["amounts"][n] for r in found) for n in range(count)],
        }

    @api.model
    def _ageing_columns(self, edges):
        labels = [self.env._("Not due")]
        for first, last in spans(edges):
            if last is None:
                label = self.env._("Over %(days)s days", days=first - 1)
            else:
                label = self.env._("%(first)s–%(last)s days", first=first, last=last)
            labels.append(label)
        return [*labels, self.env._("Credits"), self.env._("Balance")]

    @api.model
    def _ageing_sql(self, span, edges):
        check = self.env["debt.recovery.snapshot.check"]
        reader = self.env["debt.recovery.kpi.reader"]
        owed = SQL("i.residual > 0")
        conditions = [SQL("%s AND i.days <= 0", owed)]
        for first, last in spans(edges):
            until = SQL("TRUE") if last is None else SQL("i.days <= %s", last)
            conditions.append(SQL("%s AND i.days >= %s AND %s", owed, first, until))
        conditions += [SQL("i.residual < 0"), SQL("TRUE")]
        columns = [
            SQL(
                "COALESCE(SUM(i.residual) FILTER (WHERE %s), 0) AS %s",
                condition,
                SQL.identifier(f"c{number}"),
            )
            for number, condition in enumerate(conditions)
        ]
        return SQL(
            """SELECT q.*, p.complete_name AS name, p.ref, u.name AS user_name
                 FROM (SELECT i.partner_id, %(columns)s FROM (%(ledger)s) i
                        WHERE i.chased AND NOT i.no_followup AND %(partners)s
                        GROUP BY i.partner_id) q
                 JOIN res_partner p ON p.id = q.partner_id
                 LEFT JOIN LATERAL (
                     SELECT c.user_id FROM debt_recovery_case c
                      WHERE c.partner_id = q.partner_id AND c.company_id = %(company)s
                      ORDER BY c.state = 'closed', c.id DESC LIMIT 1) c ON TRUE
                 LEFT JOIN res_users s ON s.id = c.user_id
                 LEFT JOIN res_partner u ON u.id = s.partner_id
                ORDER BY %(balance)s DESC, p.complete_name, q.partner_id""",
            columns=SQL(", ").join(columns),
            ledger=check._ledger_sql(span.company, span.date_to),
            partners=reader._kpi_partners(span, SQL("i.partner_id")),
            company=span.company.id,
            balance=SQL.identifier("q", f"c{len(conditions) - 1}"),
        )

    # XLSX

    @api.model
    def _ageing_xlsx(self, facts):
        """The file: a sheet of customers with totals that Excel adds up, and a sheet
        with the buckets and their chart."""
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            self._write_customers(book, facts)
            self._write_summary(book, facts)
        return output.getvalue()

    @api.model
    def _ageing_title(self, facts):
        return self.env._(
            "Ageing of %(company)s on %(day)s, in %(currency)s",
            company=facts["company"].name,
            day=format_date(self.env, facts["day"]),
            currency=facts["company"].currency_id.name,
        )

    def _write_customers(self, book, facts):
        ledger = self.env["debt.recovery.statement.ledger"]
        sheet = book.add_worksheet(self.env._("Customers"))
        bold, money = (
            book.add_format(x) for x in ({"bold": 1}, {"num_format": "#,##0.00"})
        )
        head = book.add_format(
            {"bold": 1, "bg_color": "#E9ECEF", "bottom": 1, "text_wrap": 1}
        )
        total = book.add_format({"bold": 1, "top": 1, "num_format": "#,##0.00"})
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 2, 16)
        sheet.set_column(3, 2 + len(facts["columns"]), 14)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 1)
        sheet.write_string(0, 0, self._ageing_title(facts), bold)
        names = (self.env._("Customer"), self.env._("Reference"), self.env._("Officer"))
        sheet.write_row(2, 0, [*names, *facts["columns"]], head)
        for number, row in enumerate(facts["rows"], 3):
            values = [row["name"], row["ref"], row["user"], *map(float, row["amounts"])]
            for column, value in enumerate(values):
                ledger._xlsx_cell(sheet, number, column, value, None, money)
        last = 2 + len(facts["rows"])
        sheet.autofilter(2, 0, max(last, 3), 2 + len(facts["columns"]))
        self._write_totals(sheet, facts, last, total)

    def _write_totals(self, sheet, facts, last, total):
        """Sums of what the filter shows, with the value for readers without Excel."""
        sheet.write_string(last + 1, 0, self.env._("Total"), total)
        for number, amount in enumerate(facts["totals"]):
            column = 3 + number
            name = xlsxwriter.utility.xl_col_to_name(column)
            formula = f"=SUBTOTAL(109,{name}4:{name}{max(last, 3) + 1})"
            if facts["rows"]:
                sheet.write_formula(last + 1, column, formula, total, float(amount))
            else:
                sheet.write_number(last + 1, column, 0, total)

    def _write_summary(self, book, facts):
        sheet = book.add_worksheet(self.env._("Summary"))
        bold = book.add_format({"bold": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        share = book.add_format({"num_format": "0.0%"})
        sheet.set_column(0, 2, 18)
        sheet.write_string(0, 0, self._ageing_title(facts), bold)
        balance = float(facts["totals"][-1])
        pairs = zip(facts["columns"], facts["totals"], strict=True)
        for number, (label, amount) in enumerate(pairs, 2):
            sheet.write_string(number, 0, label)
            sheet.write_number(number, 1, float(amount), money)
            if balance:
                sheet.write_number(number, 2, float(amount) / balance, share)
        last = len(facts["columns"]) - 1
        chart = book.add_chart({"type": "column"})
        name = self.env._("Summary")
        chart.add_series(
            {
                "categories": [name, 2, 0, last, 0],
                "values": [name, 2, 1, last, 1],
                "fill": {"color": "#33658A"},
            }
        )
        chart.set_legend({"none": True})
        sheet.insert_chart(1, 4, chart)

import io

import xlsxwriter

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

#: A PDF with more lines is nothing that anybody reads.
PDF_LINES = 2000
BUCKETS = ("not_due", "1_30", "31_60", "61_90", "over_90")


class DebtRecoveryStatementPage(models.AbstractModel):
    """The statement as a page for PDF and as a sheet for XLSX, in the language of the
    environment."""

    _name = "debt.recovery.statement.page.mixin"
    _description = "Pages of a Statement"

    @api.model
    def _statement_page(self, partner, company, date_to, date_from=None):
        """Values of one page.

        Raises a sentence when nobody would read so long a page.
        """
        partner = partner.commercial_partner_id
        groups = self._statements(partner, company, date_to, date_from)[partner.id]
        count = sum(len(group["lines"]) for group in groups)
        if count > PDF_LINES:
            raise UserError(
                self.env._(
                    "The statement of %(customer)s has %(count)s lines, too many for a "
                    "PDF: take the XLSX file or a shorter period.",
                    customer=partner.display_name,
                    count=count,
                )
            )
        return {
            "partner": partner,
            "company": company.sudo(),
            "groups": groups,
            "date_from": date_from,
            "date_to": date_to,
            "buckets": self._bucket_labels(),
            "kinds": self._kind_labels(),
            "has_note": any(x["note"] for group in groups for x in group["lines"]),
            "format_date": lambda day: format_date(self.env, day) if day else "",
            "format_amount": lambda amount, currency: formatLang(
                self.env, amount, currency_obj=currency
            ),
        }

    @api.model
    def _bucket_labels(self):
        labels = (
            self.env._("Not due"),
            self.env._("1–30 days"),
            self.env._("31–60 days"),
            self.env._("61–90 days"),
            self.env._("Over 90 days"),
        )
        return [*zip(BUCKETS, labels, strict=True), ("credit", self.env._("Credits"))]

    @api.model
    def _kind_labels(self):
        return {
            "out_invoice": self.env._("Invoice"),
            "out_refund": self.env._("Credit note"),
            "out_receipt": self.env._("Receipt"),
            "payment": self.env._("Payment"),
            "entry": self.env._("Entry"),
        }

    # XLSX

    @api.model
    def _statement_xlsx(self, partners, company, date_to, date_from=None):
        """One sheet, one row per line, customers and currencies one after the other;
        rows are written as they come, so that size does not matter."""
        found = self._statements(partners, company, date_to, date_from)
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            sheet = book.add_worksheet(self.env._("Statement"))
            bold = book.add_format({"bold": True})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            money = book.add_format({"num_format": "#,##0.00"})
            sheet.set_column(0, 0, 28)
            sheet.set_column(1, 3, 18)
            sheet.set_column(4, 12, 13)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, self._xlsx_head(date_from), bold)
            number = 1
            for partner in partners.commercial_partner_id:
                for values in self._xlsx_rows(partner, found[partner.id], date_from):
                    for column, value in enumerate(values):
                        self._xlsx_cell(sheet, number, column, value, day, money)
                    number += 1
        return output.getvalue()

    @api.model
    def _xlsx_cell(self, sheet, row, column, value, day, money):
        if value is None or value == "":
            return
        if hasattr(value, "year"):
            sheet.write_datetime(row, column, value, day)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, money)
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))

    @api.model
    def _xlsx_head(self, date_from):
        amount = self.env._("Change") if date_from else self.env._("Open")
        return [
            self.env._("Customer"),
            self.env._("Kind"),
            self.env._("Number"),
            self.env._("Your reference"),
            self.env._("Date"),
            self.env._("Due"),
            self.env._("Days overdue"),
            self.env._("Currency"),
            self.env._("Amount"),
            amount,
            self.env._("Balance"),
            self.env._("Note"),
        ]

    @api.model
    def _xlsx_rows(self, partner, groups, date_from):
        kinds = self._kind_labels()
        for group in groups:
            currency = group["currency"].name
            blank = [partner.name, None, None, None, None, None, None, currency]
            if date_from:
                opening = self.env._("Opening balance")
                yield [partner.name, opening, *blank[2:], None, None, group["opening"]]
            for line in group["lines"]:
                yield [
                    partner.name,
                    kinds.get(line["kind"], ""),
                    line["name"],
                    line["ref"],
                    line["date"],
                    line["date_due"],
                    line["days_overdue"],
                    currency,
                    line["original"],
                    line["amount"],
                    line["balance"],
                    line["note"],
                ]
            closing = self.env._("Balance")
            yield [partner.name, closing, *blank[2:], None, None, group["closing"]]
            for row in group["beside"]:
                note = self.env._("Not in the balance")
                amount = row["amount"]
                yield [partner.name, row["label"], *blank[2:], amount, None, None, note]

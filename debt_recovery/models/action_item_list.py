import io

import xlsxwriter

from odoo import models

from .case_statement import XLSX

#: From so many claimed items on, a list goes along that a program can read.
LIST_FROM = 6


class DebtRecoveryActionItemList(models.AbstractModel):
    """The claimed items of an e-mail as a sheet: whoever owes many invoices looks them
    up by program."""

    _name = "debt.recovery.action.item.list.mixin"
    _description = "List of the claimed items"

    def _wants_item_list(self):
        return (
            self.channel == "email"
            and self.step_id.attach_invoices
            and len(self.line_ids) >= LIST_FROM
        )

    def _item_list_filename(self):
        """In the debtor's language, like its columns."""
        reader = self.with_context(lang=self.lang or self.env.lang)
        return f"{reader.env._('Open items')} {self.case_id.name}.xlsx".replace(
            "/", "_"
        )

    def _item_list(self):
        """The list as a file: name, content and kind."""
        self.ensure_one()
        action = self.with_context(lang=self.lang or self.env.lang)
        output = io.BytesIO()
        with xlsxwriter.Workbook(output) as book:
            action._write_item_list(book)
        name = self._item_list_filename()
        return {"filename": name, "content": output.getvalue(), "mimetype": XLSX}

    def _write_item_list(self, book):
        sheet = book.add_worksheet(self.env._("Open items"))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.set_column(0, 1, 20)
        sheet.set_column(2, 7, 13)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, self._item_list_head(), book.add_format({"bold": True}))
        cell = self.env["debt.recovery.statement.ledger"]._xlsx_cell
        for row, line in enumerate(self.line_ids.sorted("date_due"), 1):
            for column, value in enumerate(self._item_list_row(line)):
                cell(sheet, row, column, value, day, money)
        sheet.autofilter(0, 0, len(self.line_ids), len(self._item_list_head()) - 1)

    def _item_list_head(self):
        return [
            self.env._("Number"),
            self.env._("Your reference"),
            self.env._("Date"),
            self.env._("Due"),
            self.env._("Days overdue"),
            self.env._("Currency"),
            self.env._("Original"),
            self.env._("Open"),
        ]

    def _item_list_row(self, line):
        return [
            line.name,
            line.ref,
            line.date,
            line.date_due,
            max(line.days_overdue, 0),
            line.currency_id.name,
            line.amount_original,
            line.amount_currency,
        ]

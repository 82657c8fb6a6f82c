import io
import re
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from odoo import api, models
from odoo.exceptions import UserError

from .report_page import RIGHT

#: Rows of one sheet that a spreadsheet program can open.
MOST_ROWS = 1_048_000
CELL_LENGTH = 32_000
NUMBERS = RIGHT
WIDTHS = {
    "text": 24,
    "date": 12,
    "amount": 15,
    "integer": 11,
    "percent": 11,
    "days": 9,
    "figure": 16,
}
CHART_TYPES = {
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "line": {"type": "line"},
}


class DebtRecoveryReportXlsx(models.AbstractModel):
    """An answer as a workbook: a sheet for each part with title, filter, fixed head,
    totals that add up what the filter shows, and its chart. Rows are written as they
    come, so that size needs no memory."""

    _name = "debt.recovery.report.xlsx.mixin"
    _description = "Workbook of a Report"

    @api.model
    def _answer_xlsx(self, answer, company):
        """The file.

        :raises UserError: when a sheet would have more rows than can be opened
        """
        self._check_size(answer)
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            names = set()
            for section in answer["sections"]:
                self._write_section(book, answer, section, company, names)
            self._write_notes(book, answer, names)
        return output.getvalue()

    @api.model
    def _check_size(self, answer):
        for section in answer["sections"]:
            if len(section["rows"]) > MOST_ROWS:
                raise UserError(
                    self.env._(
                        "“%(title)s” has %(count)s rows, more than a sheet can hold "
                        "(%(most)s): choose officers, customers or a shorter period.",
                        title=section["title"] or answer["title"],
                        count=len(section["rows"]),
                        most=MOST_ROWS,
                    )
                )

    @api.model
    def _sheet_name(self, title, names):
        """A name a sheet may have, not taken yet."""
        stem = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31]
        stem = stem or self.env._("Report")
        name, number = stem, 2
        while name.lower() in names:
            name, number = f"{stem[:28]} {number}", number + 1
        names.add(name.lower())
        return name

    @api.model
    def _sheet_formats(self, book, digits):
        places = f".{'0' * digits}" if digits else ""
        numbers = {
            "date": "yyyy-mm-dd",
            "amount": f"#,##0{places}",
            "integer": "#,##0",
            "percent": '0.0" %"',
            "days": "#,##0",
            "span": f'0.0" {self.env._("days")}"',
            "rate": "0.00",
            "points": f'0.0" {self.env._("pts")}"',
        }
        head = {"bold": 1, "bg_color": "#E9ECEF", "bottom": 1, "text_wrap": 1}
        plain = {kind: {"num_format": number} for kind, number in numbers.items()}
        total = {"bold": 1, "top": 1}
        return {
            "title": book.add_format({"bold": 1, "font_size": 13}),
            "bold": book.add_format({"bold": 1}),
            "head": book.add_format(head | {"valign": "top"}),
            "head_right": book.add_format(head | {"valign": "top", "align": "right"}),
            "total": book.add_format(total),
            **{kind: book.add_format(look) for kind, look in plain.items()},
            **{
                f"total_{k}": book.add_format(look | total) for k, look in plain.items()
            },
        }

    # A PART

    def _write_section(self, book, answer, section, company, names):
        name = self._sheet_name(section["title"] or answer["title"], names)
        sheet = book.add_worksheet(name)
        formats = self._sheet_formats(book, self._section_digits(section, company))
        self._set_columns(sheet, section)
        first = self._write_top(sheet, answer, section, formats)
        if not section["columns"]:
            return
        last = self._write_table(sheet, section, formats, first)
        sheet.freeze_panes(first, 1)
        sheet.repeat_rows(first - 1)
        if section.get("chart") and section["rows"]:
            self._write_chart(book, sheet, name, section, (first, last))

    def _set_columns(self, sheet, section):
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for number, (_key, label, kind) in enumerate(section["columns"]):
            wide = 36 if not number and kind == "text" else WIDTHS.get(kind, 14)
            sheet.set_column(number, number, max(wide, min(len(label), 18) + 2))
        if not section["columns"]:
            sheet.set_column(0, 3, 28)

    def _write_top(self, sheet, answer, section, formats):
        """Title, sentences and figures; the number of the first row of the table."""
        words = dict.fromkeys(filter(None, (answer["title"], section["title"])))
        sheet.write_string(0, 0, " · ".join(words), formats["title"])
        row = 1
        for sentence in section.get("text") or []:
            sheet.write_string(row, 0, sentence)
            row += 1
        for figure in section.get("figures") or []:
            sheet.write_string(row, 0, figure["label"], formats["bold"])
            for column, key in enumerate(("text", "change", "reason"), 1):
                sheet.write_string(row, column, str(figure.get(key) or ""))
            row += 1
        if section["columns"]:
            row = max(row, 2)
            for column, (_key, label, kind) in enumerate(section["columns"]):
                style = "head_right" if kind in NUMBERS else "head"
                sheet.write_string(row, column, label, formats[style])
        return row + 1

    def _write_table(self, sheet, section, formats, first):
        """Rows and totals; the number of the last row."""
        columns, rows = section["columns"], section["rows"]
        for number, row in enumerate(rows, first):
            for column, (key, _label, kind) in enumerate(columns):
                place, real = (number, column), self._cell_kind(row, kind)
                self._write_cell(sheet, place, row.get(key), real, formats)
        last = first + max(len(rows), 1) - 1
        if not rows:
            sheet.write_string(first, 0, section.get("empty") or "")
        sheet.autofilter(first - 1, 0, last, len(columns) - 1)
        if section.get("totals") and rows:
            self._write_totals(sheet, section, formats, (first, last))
        return last

    @api.model
    def _write_cell(self, sheet, place, value, kind, formats):
        if value is None or value is False or value == "":
            return
        if isinstance(value, date):
            sheet.write_datetime(*place, value, formats["date"])
        elif kind in NUMBERS:
            sheet.write_number(*place, float(value), formats[kind])
        else:
            sheet.write_string(*place, str(value)[:CELL_LENGTH])

    def _write_totals(self, sheet, section, formats, span):
        """Sums of what the filter shows, with the value for readers that do not
        calculate. What is no sum of its column stays a number."""
        first, last = span
        for column, (key, _label, kind) in enumerate(section["columns"]):
            place, value = (last + 1, column), section["totals"].get(key)
            if value is None or kind not in NUMBERS:
                text = str(value or ("" if column else self.env._("Total")))
                sheet.write_string(*place, text, formats["total"])
                continue
            name = xl_col_to_name(column)
            formula = f"=SUBTOTAL(109,{name}{first + 1}:{name}{last + 1})"
            if self._is_sum(section["rows"], key, value):
                look = formats[f"total_{kind}"]
                sheet.write_formula(*place, formula, look, float(value))
            else:
                sheet.write_number(*place, float(value), formats[f"total_{kind}"])

    @api.model
    def _is_sum(self, rows, key, value):
        found = sum(float(row.get(key) or 0) for row in rows)
        return abs(found - float(value)) < 0.005 * max(1, len(rows)) ** 0.5

    def _write_chart(self, book, sheet, name, section, span):
        keys = [key for key, _label, _kind in section["columns"]]
        labels = {key: label for key, label, _kind in section["columns"]}
        chart = book.add_chart(CHART_TYPES[section["chart"]["kind"]])
        first, last = span
        label = keys.index(section["chart"]["label"])
        for key in section["chart"]["values"]:
            column = keys.index(key)
            chart.add_series(
                {
                    "name": labels[key],
                    "categories": [name, first, label, last, label],
                    "values": [name, first, column, last, column],
                }
            )
        if len(section["chart"]["values"]) < 2:
            chart.set_legend({"none": True})
        chart.set_title({"name": section["title"], "name_font": {"size": 11}})
        chart.set_size({"width": 640, "height": 320})
        sheet.insert_chart(first - 1, len(keys) + 1, chart)

    def _write_notes(self, book, answer, names):
        sentences = [*(answer.get("lead") or []), *(answer.get("notes") or [])]
        if not sentences:
            return
        sheet = book.add_worksheet(self._sheet_name(self.env._("Notes"), names))
        sheet.set_column(0, 0, 110, book.add_format({"text_wrap": 1, "valign": "top"}))
        sheet.write_string(0, 0, answer["title"], book.add_format({"bold": 1}))
        for row, sentence in enumerate(sentences, 1):
            sheet.write_string(row, 0, sentence)

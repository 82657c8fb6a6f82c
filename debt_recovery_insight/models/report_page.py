from datetime import date, datetime

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..tools.svg_chart import draw

#: A PDF with more rows is nothing that anybody reads.
PDF_ROWS = 1000
#: Rows of a table in an e-mail, and on the screen.
MAIL_ROWS, SCREEN_ROWS = 15, 500
#: With more columns a page lies down.
UPRIGHT_COLUMNS = 7
RIGHT = (
    *("amount", "integer", "percent", "days", "span", "rate", "points"),
    *("figure", "change"),
)
#: A table with fewer columns is not drawn over the whole width.
NARROW = 4
#: What a cell of type “figure” is, by the unit its row names.
UNITS = {
    "amount": "amount",
    "count": "integer",
    "percent": "percent",
    "days": "span",
    "rate": "rate",
}


class DebtRecoveryReportPage(models.AbstractModel):
    """An answer as texts for paper, screen and e-mail, in the language of the
    environment."""

    _name = "debt.recovery.report.page.mixin"
    _description = "Page of a Report"

    @api.model
    def _page(self, answer, company, most=None):
        """Values of the template: every cell as text.

        :param most: rows of each part; the workbook has the others
        """
        return {
            "title": answer["title"],
            "company": company.sudo(),
            "lead": answer.get("lead") or [],
            "notes": answer.get("notes") or [],
            "landscape": any(
                len(section["columns"]) > UPRIGHT_COLUMNS
                for section in answer["sections"]
            ),
            "sections": [
                self._page_section(section, company, most)
                for section in answer["sections"]
            ],
        }

    @api.model
    def _page_section(self, section, company, most=None):
        digits = self._section_digits(section, company)
        columns, rows = section["columns"], section["rows"][:most]
        more = len(section["rows"]) - len(rows)
        totals = section.get("totals")
        return {
            "title": section.get("title") or "",
            "narrow": len(columns) < NARROW,
            "new_page": bool(section.get("new_page")),
            "text": section.get("text") or [],
            "figures": section.get("figures") or [],
            "head": [
                {"text": label, "css": self._cell_css(kind)}
                for _key, label, kind in columns
            ],
            "rows": [self._page_row(columns, row, digits) for row in rows],
            "more": more
            and self.env._(
                "… and %(count)s more rows: the XLSX file of the report has them.",
                count=more,
            ),
            "totals": totals and self._page_totals(columns, totals, digits),
            "empty": ""
            if section["rows"] or not columns
            else section.get("empty") or self.env._("Nothing to show."),
            "svg": "" if more else self._section_svg(section),
        }

    @api.model
    def _page_row(self, columns, row, digits):
        return [
            {
                "text": self._cell_text(
                    row.get(key), self._cell_kind(row, kind), digits
                ),
                "css": self._cell_css(kind),
            }
            for key, _label, kind in columns
        ]

    @api.model
    def _cell_kind(self, row, kind):
        """The type of a cell; of a key figure its row says it, a change of percentages
        is one of points."""
        if kind not in ("figure", "change"):
            return kind
        real = UNITS[row["unit"]]
        return "points" if (kind, real) == ("change", "percent") else real

    @api.model
    def _page_totals(self, columns, totals, digits):
        """The row of totals: what is not totalled stays blank."""
        cells = [
            {
                "text": self._cell_text(totals[key], kind, digits)
                if key in totals
                else "",
                "css": self._cell_css(kind),
            }
            for key, _label, kind in columns
        ]
        if columns[0][0] not in totals:
            cells[0]["text"] = self.env._("Total")
        return cells

    @api.model
    def _section_digits(self, section, company):
        """Decimal places of the currency of the section, else of the company."""
        currency = company.sudo().currency_id
        if section.get("currency") and section["currency"] != currency.name:
            found = self.env["res.currency"].with_context(active_test=False)
            found = found.search([("name", "=", section["currency"])], limit=1)
            currency = found or currency
        return currency.decimal_places

    @api.model
    def _cell_css(self, kind):
        return "text-end text-nowrap" if kind in RIGHT else "text-start"

    @api.model
    def _cell_text(self, value, kind, digits):
        """One value in words; what is undefined is a dash."""
        if value is None:
            return "–"
        if isinstance(value, date | datetime):
            return format_date(self.env, value)
        if kind not in RIGHT:
            return str(value or "")
        places = {"amount": digits, "integer": 0, "days": 0, "rate": 2}.get(kind, 1)
        number = formatLang(self.env, float(value), digits=places)
        units = {
            "span": self.env._("days"),
            "points": self.env._("pts"),
            "percent": "%",
        }
        # a number and its unit stay on one line
        return "\N{NO-BREAK SPACE}".join(filter(None, (number, units.get(kind))))

    @api.model
    def _section_svg(self, section):
        chart = section.get("chart")
        if not chart or not section["rows"]:
            return ""
        labels = {key: label for key, label, _kind in section["columns"]}
        rows = section["rows"]
        return Markup(
            draw(
                chart["kind"],
                [
                    self._cell_text(row.get(chart["label"]), "text", 0) or "–"
                    for row in rows
                ],
                [
                    (labels.get(key, key), [float(row.get(key) or 0) for row in rows])
                    for key in chart["values"]
                ],
            )
        )

    # PDF, SCREEN, E-MAIL

    @api.model
    def _page_html(self, page, template="report_body"):
        return self.env["ir.qweb"]._render(
            f"debt_recovery_insight.{template}", {"page": page}
        )

    @api.model
    def _page_short(self, answer, company, whole=False):
        """The page for an e-mail: the first part, or all when nothing is attached, and
        of each the first rows."""
        page = self._page(answer, company, MAIL_ROWS)
        parts = [section for section in page["sections"] if section["head"]]
        figures = [figure for part in page["sections"] for figure in part["figures"]]
        return page | {"figures": figures, "sections": parts if whole else parts[:1]}

    @api.model
    def _is_readable(self, answer):
        """Short enough for paper."""
        return sum(len(section["rows"]) for section in answer["sections"]) <= PDF_ROWS

    @api.model
    def _answer_pdf(self, answer, company):
        """The file.

        :raises UserError: when it would have too many rows to be read
        """
        if not self._is_readable(answer):
            count = sum(len(section["rows"]) for section in answer["sections"])
            raise UserError(
                self.env._(
                    "%(count)s rows are too many for a PDF (at most %(most)s): take "
                    "the XLSX file, or one officer.",
                    count=count,
                    most=PDF_ROWS,
                )
            )
        report = self.env["ir.actions.report"].sudo()
        return report._render_qweb_pdf(
            "debt_recovery_insight.action_report_page",
            company.ids,
            data={"pages": [self._page(answer, company)]},
        )[0]

from odoo import api, models
from odoo.tools import format_date

from .expected_cash import CASH_WEEKS


class DebtRecoveryReportPackCash(models.AbstractModel):
    """Cash to come, seen from the day on which the pack is made, and how well earlier
    expectations held."""

    _name = "debt.recovery.report.pack.cash.mixin"
    _description = "Monthly Pack: Cash to Come"
    _inherit = ["debt.recovery.report.ask.mixin"]

    @api.model
    def _pack_cash(self, span):
        weeks = self._board()._weeks(span)
        rows = [
            {
                "week": self._week_label(week),
                "agreed": week["agreed"],
                "usual": week["usual"],
                "total": week["agreed"] + week["usual"],
            }
            for week in weeks
            if week["date_from"]
        ]
        return self._section(
            self.env._("Expected cash, 13 weeks"),
            [
                ("week", self.env._("Week from"), "text"),
                ("agreed", self.env._("Agreed"), "amount"),
                ("usual", self.env._("As customers usually pay"), "amount"),
                ("total", self.env._("Total"), "amount"),
            ],
            rows if any(row["total"] for row in rows) else [],
            text=self._cash_text(span, weeks),
            totals=self._totals(rows, "agreed", "usual", "total"),
            empty=self.env._("No payment is expected in these weeks."),
            chart={"kind": "stacked", "label": "week", "values": ["agreed", "usual"]},
            currency=span.company.currency_id.name,
            figures=self._cash_figures(span, rows),
        )

    @api.model
    def _week_label(self, week):
        return format_date(self.env, week["date_from"], date_format="d MMM")

    @api.model
    def _cash_text(self, span, weeks):
        """How it is counted, and what is not in the table."""
        board = self._board()
        rest = {week["week"]: week["agreed"] + week["usual"] for week in weeks}
        return [
            self.env._(
                "Seen from %(day)s: instalments as agreed, other open items on the day "
                "on which their customer usually pays; contested items are left out.",
                day=format_date(self.env, span.today),
            ),
            self.env._(
                "Not in the table: %(later)s expected later, %(undated)s later than "
                "these customers ever paid, so without a date.",
                later=board._money(span, rest["14"]),
                undated=board._money(span, rest["99"]),
            ),
        ]

    @api.model
    def _cash_figures(self, span, rows):
        """Tiles: the next weeks, and what came of the last ones."""
        board = self._board()
        near = rows[:CASH_WEEKS]
        hit = board._cash_hit(span)
        return [
            {
                "label": self.env._("Expected in 4 weeks"),
                "text": board._money(span, sum(row["total"] for row in near)),
                "change": self.env._(
                    "%(amount)s of it agreed",
                    amount=board._money(span, sum(row["agreed"] for row in near)),
                ),
                "reason": "",
            },
            {
                "label": self.env._("Expected in 13 weeks"),
                "text": board._money(span, sum(row["total"] for row in rows)),
                "change": "",
                "reason": "",
            },
            {
                "label": self.env._("Came of what was expected, 4 weeks"),
                "text": hit["text"],
                "change": self._hit_text(span, hit),
                "reason": " ".join(hit["reasons"]),
            },
        ]

    @api.model
    def _hit_text(self, span, hit):
        board = self._board()
        return self.env._(
            "%(received)s of %(expected)s until %(day)s",
            received=board._money(span, hit["parts"]["received"]),
            expected=board._money(span, hit["parts"]["expected"]),
            day=format_date(self.env, span.date_to),
        )

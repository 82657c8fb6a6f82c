from odoo import models
from odoo.tools import format_date

from ..tools.kpi.ageing import ORDER
from .kpi_work import KEPT, NOT_KEPT


class DebtRecoveryReportWeek(models.AbstractModel):
    """The week of the manager: where the money stands against the week before, which
    promises were kept, and what lies still."""

    _name = "debt.recovery.report.week.mixin"
    _description = "Report of the Week"
    _inherit = ["debt.recovery.report.still.mixin"]

    def _report_week_manager(self, ask):
        span = self._ask_span(ask)
        company = span.company
        return {
            "title": self.env._(
                "%(company)s: the week %(begin)s – %(end)s",
                company=company.name,
                begin=format_date(self.env, span.date_from),
                end=format_date(self.env, span.date_to),
            ),
            "lead": [self._week_lead(span)],
            "sections": [
                self._week_ageing(span),
                self._week_promises(span),
                self._week_broken(span),
                self._still_disputes(span),
                self._still_cases(span),
                self._still_holds(span),
            ],
            "notes": [
                self.env._(
                    "Amounts in %(currency)s. Disputes, stuck cases and holds are as "
                    "of %(today)s.",
                    currency=company.currency_id.name,
                    today=format_date(self.env, span.today),
                )
            ],
        }

    # MONEY

    def _week_positions(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        return [reader._kpi_position(span, day) for day in (span.date_to, span.begin)]

    def _week_lead(self, span):
        end, begin = self._week_positions(span)
        board = self.env["debt.recovery.dashboard"]
        values = {
            "overdue": board._money(span, end.overdue),
            "step": board._money(span, abs(end.overdue - begin.overdue)),
            "recovered": board._kpi(span, "recovered")["text"],
        }
        if not round(end.overdue - begin.overdue):
            return self.env._(
                "%(overdue)s is overdue, as much as a week before; %(recovered)s came "
                "in on overdue items.",
                **values,
            )
        if end.overdue > begin.overdue:
            return self.env._(
                "%(overdue)s is overdue, %(step)s more than before; %(recovered)s came "
                "in on overdue items.",
                **values,
            )
        return self.env._(
            "%(overdue)s is overdue, %(step)s less than before; %(recovered)s came in "
            "on overdue items.",
            **values,
        )

    def _week_figures(self, span):
        board = self.env["debt.recovery.dashboard"]
        tiles = [
            getattr(board, f"_tile_{code}")(span)
            for code in ("overdue", "over90", "recovered")
        ]
        kept = board._kpi(span, "promise_kept_value")
        figures = [
            {
                "label": tile["label"],
                "text": tile["text"],
                "change": self._week_change(tile.get("change")),
                "reason": tile.get("sub") or tile.get("why") or "",
            }
            for tile in tiles
        ]
        figures[-1] |= {"label": self.env._("Recovered"), "change": "", "reason": ""}
        return [
            *figures,
            {
                "label": self.env._("Promises kept by value"),
                "text": kept["text"],
                "change": "",
                "reason": " ".join(kept["reasons"]) if kept["value"] is None else "",
            },
        ]

    def _week_change(self, change):
        """“▲ 1,200”, as on the dashboard."""
        arrows = {"up": "▲ ", "down": "▼ "}
        return arrows.get(change["arrow"], "") + change["text"] if change else ""

    def _week_ageing(self, span):
        names = self.env["debt.recovery.dashboard"]._bucket_names()
        end, begin = self._week_positions(span)
        rows = [
            self._week_bucket(names[code], end.buckets[code], begin.buckets[code])
            for code in ORDER
        ]
        rows.append(self._week_bucket(self.env._("Credits"), end.credit, begin.credit))
        totals = {
            key: sum(row[key] for row in rows) for key in ("now", "before", "change")
        }
        return self._section(
            self.env._("Ageing against the week before"),
            [
                ("bucket", self.env._("Bucket"), "text"),
                ("now", format_date(self.env, span.date_to), "amount"),
                ("before", format_date(self.env, span.begin), "amount"),
                ("change", self.env._("Change"), "amount"),
            ],
            rows,
            totals=totals,
            figures=self._week_figures(span),
            chart={"kind": "column", "label": "bucket", "values": ["now", "before"]},
        )

    def _week_bucket(self, name, now, before):
        return {"bucket": name, "now": now, "before": before, "change": now - before}

    # PROMISES

    def _week_judged(self, span):
        """Promises judged in the week."""
        reader = self.env["debt.recovery.kpi.reader"]
        promises = self.env["debt.recovery.agreement"].sudo()
        return span.once(
            "judged",
            lambda: promises.search(
                reader._promise_domain(span), order="date_verdict, id"
            ),
        )

    def _week_promises(self, span):
        rows = []
        judged = self._week_judged(span)
        for user, promises in judged.grouped(lambda row: row.case_id.user_id).items():
            kept = promises.filtered(lambda row: row.state in KEPT)
            agreed = sum(promises.mapped("value_agreed"))
            paid = sum(min(row.value_paid, row.value_agreed) for row in promises)
            rows.append(
                {
                    "user": user.name or self.env._("Nobody"),
                    "kept": len(kept),
                    "broken": len(promises - kept),
                    "agreed": agreed,
                    "paid": paid,
                    "share": 100 * paid / agreed if agreed else None,
                }
            )
        names = ("kept", "broken", "agreed", "paid")
        totals = {name: sum(row[name] for row in rows) for name in names}
        if totals["agreed"]:
            totals["share"] = 100 * totals["paid"] / totals["agreed"]
        return self._section(
            self.env._("Promises judged in the week"),
            [
                ("user", self.env._("Officer"), "text"),
                ("kept", self.env._("Kept"), "integer"),
                ("broken", self.env._("Broken"), "integer"),
                ("agreed", self.env._("Promised"), "amount"),
                ("paid", self.env._("Paid of It"), "amount"),
                ("share", self.env._("Kept by Value"), "percent"),
            ],
            sorted(rows, key=lambda row: -row["agreed"]),
            totals=totals,
            empty=self.env._("No promise was judged in the week."),
        )

    def _week_broken(self, span):
        broken = self._week_judged(span).filtered(lambda row: row.state in NOT_KEPT)
        rows = [
            {
                "partner": row.case_id.partner_id.display_name,
                "day": row.date_verdict,
                "missing": max(row.value_agreed - row.value_paid, 0),
                "user": row.case_id.user_id.name,
                "status": row.case_id.status_sentence,
            }
            for row in broken
        ]
        return self._section(
            self.env._("Broken promises"),
            [
                ("partner", self.env._("Customer"), "text"),
                ("day", self.env._("Broken On"), "date"),
                ("missing", self.env._("Missing"), "amount"),
                ("user", self.env._("Officer"), "text"),
                ("status", self.env._("Where It Stands"), "text"),
            ],
            sorted(rows, key=lambda row: -row["missing"]),
            totals={"missing": sum(row["missing"] for row in rows)},
            empty=self.env._("No promise was broken in the week."),
        )

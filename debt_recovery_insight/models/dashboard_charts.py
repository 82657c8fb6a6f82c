from odoo import api, models
from odoo.tools import SQL, format_date

from ..tools.kpi.ageing import ORDER

#: Month-ends in the picture of the ageing, today beside them.
MONTHS = 12


class DebtRecoveryDashboardCharts(models.AbstractModel):
    """Pictures: ageing over time, bridge of the overdue amount, cash to come, stages,
    officers against their targets. Numbers are sent, the browser draws."""

    _name = "debt.recovery.dashboard.charts.mixin"
    _description = "Charts of the Dashboard"

    # AGEING

    @api.model
    def _bucket_names(self):
        return {
            "0": self.env._("Not due"),
            "1": self.env._("1–30 days"),
            "2": self.env._("31–60 days"),
            "3": self.env._("61–90 days"),
            "4": self.env._("Over 90 days"),
        }

    @api.model
    def _board_ageing(self, span):
        """Stacked amounts by bucket, month-ends then the end of the period."""
        found = self._read_month_ends(span)
        days = sorted({day for day, _bucket in found if day < span.date_to})[-MONTHS:]
        end = self._position(span, span.date_to).buckets
        now = self._is_now(span)
        last = self.env._("Today") if now else self._month_label(span.date_to)
        names = self._bucket_names()
        return {
            "labels": [*(self._month_label(day) for day in days), last],
            "days": [str(day) for day in (*days, span.date_to)],
            "series": [
                {
                    "code": code,
                    "label": names[code],
                    "data": [
                        *(float(found.get((day, code), 0)) for day in days),
                        float(end[code]),
                    ],
                }
                for code in ORDER
            ],
        }

    @api.model
    def _month_label(self, day):
        return format_date(self.env, day, date_format="MMM yy")

    def _read_month_ends(self, span):
        """{(day, bucket): amount} of the frozen month-ends of the last year."""
        reader = self.env["debt.recovery.kpi.reader"]
        rows = reader._kpi_rows(
            SQL(
                """SELECT s.date, s.bucket,
                          SUM(s.amount_balance - s.amount_excluded) AS amount
                     FROM debt_recovery_snapshot s
                     JOIN debt_recovery_snapshot_check k ON k.id = s.check_id
                      AND k.state = 'done'
                    WHERE s.company_id = %s AND s.kind = 'month'
                      AND s.date >= %s::date - 380 AND s.bucket IN %s AND %s
                    GROUP BY s.date, s.bucket""",
                span.company.id,
                span.date_to,
                ORDER,
                reader._kpi_partners(span, SQL("s.partner_id")),
            )
        )
        return {(row["date"], row["bucket"]): row["amount"] for row in rows}

    # BRIDGE

    @api.model
    def _board_bridge(self, span):
        """Opening overdue, what moved it, closing; ``from``, ``to`` place the bar."""
        parts = self._kpi(span, "overdue_reduction")["parts"]
        since = format_date(self.env, span.begin, date_format="d MMM")
        names = {
            "opening": (self.env._("Overdue %(day)s", day=since), 1),
            "newly": (self.env._("Newly overdue"), 1),
            "cash": (self.env._("Paid"), -1),
            "credit": (self.env._("Credited"), -1),
            "write_off": (self.env._("Given up"), -1),
            "other": (self.env._("Other"), 1),
            "closing": (self.env._("Overdue at the end"), 1),
        }
        rows, level = [], 0.0
        for name, (label, sign) in names.items():
            amount = sign * float(parts[name])
            if name == "closing":
                level = 0.0
            elif name not in ("opening", "newly", "cash") and not round(amount, 2):
                continue
            rows.append(
                {
                    "code": name,
                    "label": label,
                    "amount": amount,
                    "text": self._money(span, amount),
                    "from": level,
                    "to": level + amount,
                }
            )
            level += amount
        return rows

    # CASH

    @api.model
    def _board_cash(self, span):
        """The next 13 weeks, and what has no date."""
        weeks = self._weeks(span)
        dated = [week for week in weeks if week["date_from"]]
        undated = sum(week["usual"] for week in weeks if week["week"] == "99")
        return {
            "weeks": [
                {
                    "week": week["week"],
                    "label": format_date(
                        self.env, week["date_from"], date_format="d MMM"
                    ),
                    "agreed": week["agreed"],
                    "usual": week["usual"],
                }
                for week in dated
            ],
            "undated": self._money(span, undated) if undated else "",
        }

    # STAGES

    @api.model
    def _board_stages(self, span):
        """Open cases by stage in the order of the board, with what is overdue."""
        cases = self.env["debt.recovery.case"]
        groups = cases._read_group(
            self._case_domain(span), ["stage_id"], ["__count", "amount_overdue:sum"]
        )
        most = max((amount for _stage, _n, amount in groups), default=0)
        return [
            {
                "id": stage.id,
                "label": stage.name,
                "count": count,
                "text": self._money(span, amount),
                "share": round(100 * amount / most) if most else 0,
            }
            for stage, count, amount in groups
        ]

    # OFFICERS

    @api.model
    def _board_officers(self, span):
        """Recovered in the period by officer, against the target if there is one."""
        rows = self._recovered_by_user(span)
        targets = self._recovered_targets(span)
        users = (
            self.env["res.users"]
            .sudo()
            .browse({user for user in rows if user} | set(targets))
        )
        if span.user_ids is not None:
            users = users.filtered(lambda user: user.id in span.user_ids)
        most = max((float(row["now"]) for row in rows.values()), default=0)
        result = [
            self._officer_row(span, user, rows.get(user.id), targets.get(user.id), most)
            for user in users
        ]
        rest = rows.get(None)
        if rest and rest["now"] and span.user_ids is None:
            nobody = self.env["res.users"]
            result.append(self._officer_row(span, nobody, rest, None, most))
        return sorted(result, key=lambda row: -row["amount"])

    def _officer_row(self, span, user, row, target, most):
        amount = float(row["now"]) if row else 0.0
        whole = target.value if target else most
        return {
            "id": user.id or False,
            "name": user.name or self.env._("Without officer"),
            "amount": amount,
            "text": self._money(span, amount),
            "target": target.value_text if target else "",
            "percent": round(100 * amount / target.value) if target else None,
            "share": min(100, round(100 * amount / whole)) if whole else 0,
            "pace": target.pace if target else "",
        }

    def _recovered_targets(self, span):
        """{user id: target} of the very period; a month's target says nothing about a
        year."""
        targets = self.env["debt.recovery.target"].search(
            [
                ("company_id", "=", span.company.id),
                ("kpi_id.code", "=", "recovered"),
                ("user_id", "!=", False),
                ("date_from", "<=", span.date_to),
                ("date_to", ">=", span.date_to),
            ]
        )
        return {
            target.user_id.id: target
            for target in targets
            if target._is_about(span.date_from)
        }

from odoo import fields, models
from odoo.tools import format_date

from .push_sum import MONTHS


class DebtRecoveryReportPush(models.AbstractModel):
    """The month-end push: who can still pay, who committed to what, and how good the
    commitments of the months before were."""

    _name = "debt.recovery.report.push.mixin"
    _description = "Report of the Month-end Push"

    def _report_push(self, ask):
        month = fields.Date.start_of(ask["date_to"], "month")
        rows = self._push_rows(ask, month)
        return {
            "title": self.env._(
                "Month-end push %(month)s",
                month=format_date(self.env, month, date_format="MMMM y"),
            ),
            "lead": self._push_lead(rows, ask),
            "sections": [
                self._section_push_sums(ask, month),
                self._section_push(rows, ask),
                self._section_push_officers(rows, ask),
                self._section_push_months(ask, month),
            ],
            "notes": [
                self.env._(
                    "A commitment is hit when 95 % of it came in as matched money "
                    "until the day named, counted from the day it was made."
                ),
                self.env._(
                    "Still to find: the target less what was recovered and what is "
                    "committed and not in yet. Recovered is money on items that were "
                    "overdue; without a target there is nothing to find."
                ),
            ],
        }

    def _push_rows(self, ask, month, months=0):
        pushes = self.env["debt.recovery.push"]
        return pushes._push_between(ask["company"], month, months, ask["filters"])

    def _push_lead(self, rows, ask):
        currency = ask["company"].sudo().currency_id
        return rows and [
            self.env._(
                "%(count)s customers can still pay this month: %(expected)s are "
                "expected, officers committed to %(committed)s, %(paid)s came in.",
                count=len(rows),
                expected=currency.format(sum(rows.mapped("amount_expected"))),
                committed=currency.format(sum(rows.mapped("amount_committed"))),
                paid=currency.format(sum(rows.mapped("amount_paid"))),
            )
        ]

    def _section_push_sums(self, ask, month):
        """Officers; the team is the totals, whose target may be its own."""
        pushes = self.env["debt.recovery.push"]
        rows = pushes._push_sums(ask["company"], month, ask["filters"])
        team = next((row for row in rows if not row["user_id"]), None)
        keys = ("target", "recovered", "waiting", "missing", "rate", "judged")
        return self._section(
            self.env._("Where the month stands"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("target", self.env._("Target"), "amount"),
                ("recovered", self.env._("Recovered"), "amount"),
                ("waiting", self.env._("Committed, not in yet"), "amount"),
                ("missing", self.env._("Still to find"), "amount"),
                ("rate", self.env._("Earlier commitments hit"), "percent"),
                ("judged", self.env._("Of"), "integer"),
            ],
            [row for row in rows if row["user_id"]] or rows,
            totals=team and {key: team[key] for key in keys},
            empty=self.env._("No officer has a target, recovered or committed yet."),
            chart={
                "kind": "stacked",
                "label": "officer",
                "values": ["recovered", "waiting", "missing"],
            },
            currency=ask["company"].sudo().currency_id.name,
        )

    def _section_push(self, rows, ask):
        labels = dict(rows._fields["why"]._description_selection(self.env))
        lines = [
            {
                "customer": row.partner_id.display_name,
                "officer": row.user_id.name or "–",
                "why": labels[row.why],
                "day": row.date_expected or None,
                "expected": row.amount_expected,
                "collectable": row.amount_collectable,
                "committed": row.amount_committed,
                "until": row.date_committed or None,
                "paid": row.amount_paid,
                "note": row.note or "",
            }
            for row in rows
        ]
        amounts = ("expected", "collectable", "committed", "paid")
        return self._section(
            self.env._("Who can still pay"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("officer", self.env._("Officer"), "text"),
                ("why", self.env._("Why"), "text"),
                ("day", self.env._("Expected on"), "date"),
                ("expected", self.env._("Expected"), "amount"),
                ("collectable", self.env._("Collectable"), "amount"),
                ("committed", self.env._("Commitment"), "amount"),
                ("until", self.env._("Until"), "date"),
                ("paid", self.env._("Paid"), "amount"),
                ("note", self.env._("Remark"), "text"),
            ],
            lines,
            totals={key: sum(line[key] for line in lines) for key in amounts}
            if lines
            else None,
            empty=self.env._(
                "No list yet: it is made on the last five working days of the month."
            ),
            currency=ask["company"].sudo().currency_id.name,
        )

    def _section_push_officers(self, rows, ask):
        return self._section(
            self.env._("By officer"),
            [("officer", self.env._("Officer"), "text"), *self._hit_columns()],
            [
                {"officer": user.name or "–"} | self._hit_values(mine)
                for user, mine in rows.grouped("user_id").items()
            ],
            totals=self._hit_values(rows) if rows else None,
            empty=self.env._("Nobody stands on the list."),
            chart={
                "kind": "column",
                "label": "officer",
                "values": ["committed", "paid"],
            },
            currency=ask["company"].sudo().currency_id.name,
        )

    def _section_push_months(self, ask, month):
        rows = self._push_rows(ask, month, MONTHS)
        return self._section(
            self.env._("The months before"),
            [("month", self.env._("Month"), "text"), *self._hit_columns()],
            [
                {"month": format_date(self.env, first, date_format="MMMM y")}
                | self._hit_values(mine)
                for first, mine in sorted(rows.grouped("month").items(), reverse=True)
            ],
            empty=self.env._("There was no list in the six months before."),
            currency=ask["company"].sudo().currency_id.name,
        )

    def _hit_columns(self):
        return [
            ("rows", self.env._("Customers"), "integer"),
            ("made", self.env._("Commitments"), "integer"),
            ("committed", self.env._("Committed"), "amount"),
            ("paid", self.env._("Paid on them"), "amount"),
            ("rate", self.env._("Hit"), "percent"),
        ]

    def _hit_values(self, rows):
        """Undefined while no commitment was judged."""
        made = rows.filtered("amount_committed")
        judged = made.filtered(lambda row: row.state in ("hit", "missed"))
        hit = judged.filtered(lambda row: row.state == "hit")
        return {
            "rows": len(rows),
            "made": len(made),
            "committed": sum(made.mapped("amount_committed")),
            "paid": sum(made.mapped("amount_paid")),
            "rate": 100 * len(hit) / len(judged) if judged else None,
        }

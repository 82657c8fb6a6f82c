from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .kpi_work import LEFT_OUT

#: Not agreed yet, or no longer.
NOT_COUNTED = ("draft", "to_approve", *LEFT_OUT)
COUNTED = ("due", "kept", "late", "broken", "waits")
#: Column of the report a state counts in.
PART = {
    "kept": "kept",
    "kept_late": "late",
    "partly_kept": "broken",
    "broken": "broken",
    "active": "waits",
    "to_sign": "waits",
}


class DebtRecoveryReportPromises(models.AbstractModel):
    """Promises and plans by officer: what was due in the period and what became of it;
    plans with their progress and arrears today. Amounts are in company currency at the
    rate of the day of the agreement."""

    _name = "debt.recovery.report.promises.mixin"
    _description = "Report on Promises and Plans"
    _inherit = ["debt.recovery.report.ask.mixin"]

    @api.model
    def _report_promises_plans(self, ask):
        mine, span = self._begin(ask)
        return mine._promises_answer(span)

    @api.model
    def _promises_answer(self, span):
        return self._answer(
            self.env._(
                "Promises and plans of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            [
                self._promise_section(span),
                self._broken_section(span),
                self._plan_section(span),
            ],
            notes=self._promise_notes(span),
        )

    @api.model
    def _agreed_in(self, span, *extra):
        """Agreements of the question, under the rights of its reader."""
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._kpi_domain(span, *extra)

    @api.model
    def _promises_due(self, span):
        """Promises whose payment day lies in the period."""
        reader = self.env["debt.recovery.kpi.reader"]
        return self._agreed_in(
            span,
            Domain("kind", "=", "promise"),
            Domain("state", "not in", NOT_COUNTED),
            reader._kpi_within(span, "date_agreed"),
        )

    # PROMISES

    @api.model
    def _promise_section(self, span):
        rows = self._promise_rows(span)
        totals = self._totals(rows, *COUNTED, *(f"{key}_value" for key in COUNTED))
        if totals:
            totals["share"] = self._kept_share(totals)
        return self._section(
            self.env._("Promises by officer"),
            self._promise_columns(),
            rows,
            totals=totals,
            text=[self.env._("Promises whose payment day lies in the period.")],
            empty=self.env._("No promise was due."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _promise_columns(self):
        labels = {
            "due": (self.env._("Due"), self.env._("Due, value")),
            "kept": (self.env._("Kept"), self.env._("Kept, value")),
            "late": (self.env._("Kept late"), self.env._("Late, value")),
            "broken": (self.env._("Broken"), self.env._("Broken, value")),
            "waits": (self.env._("Not judged yet"), self.env._("Not judged, value")),
        }
        columns = [("officer", self.env._("Officer"), "text")]
        for key, (count, value) in labels.items():
            columns += [(key, count, "integer"), (f"{key}_value", value, "amount")]
        return [*columns, ("share", self.env._("Kept of judged"), "percent")]

    @api.model
    def _promise_rows(self, span):
        groups = self.env["debt.recovery.agreement"]._read_group(
            self._promises_due(span),
            ["user_id", "state"],
            ["__count", "value_agreed:sum"],
        )
        found = {}
        for user, state, count, value in groups:
            row = found.setdefault(user.id, self._empty_promises())
            for key in ("due", PART[state]):
                row[key] += count
                row[f"{key}_value"] += value
        names = self._user_names(found)
        rows = [
            {"officer": names[user_id], "user_id": user_id}
            | {"share": self._kept_share(row)}
            | row
            for user_id, row in found.items()
        ]
        return sorted(rows, key=lambda row: (-row["due_value"], row["officer"]))

    @api.model
    def _empty_promises(self):
        return {key: 0 for key in COUNTED} | {f"{key}_value": 0.0 for key in COUNTED}

    @api.model
    def _kept_share(self, row):
        """Kept in time or late, of what was judged, by value."""
        kept = row["kept_value"] + row["late_value"]
        judged = kept + row["broken_value"]
        return 100 * kept / judged if judged else None

    @api.model
    def _broken_section(self, span):
        """The promises that were not kept, the largest gap first."""
        broken = self.env["debt.recovery.agreement"].search(
            self._promises_due(span) & Domain("screen_state", "=", "broken")
        )
        rows = [
            {
                "officer": promise.user_id.sudo().name or "",
                "customer": promise.partner_id.sudo().display_name,
                "day": promise.date_agreed,
                "amount": promise.value_agreed,
                "paid": promise.value_paid,
                "missing": max(0.0, promise.value_agreed - promise.value_paid),
            }
            for promise in broken
        ]
        rows.sort(key=lambda row: -row["missing"])
        return self._section(
            self.env._("Promises not kept"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("customer", self.env._("Customer"), "text"),
                ("day", self.env._("Promised for"), "date"),
                ("amount", self.env._("Promised"), "amount"),
                ("paid", self.env._("Paid"), "amount"),
                ("missing", self.env._("Missing"), "amount"),
            ],
            rows,
            totals=self._totals(rows, "amount", "paid", "missing"),
            empty=self.env._("Every promise that was judged was kept."),
            currency=span.company.currency_id.name,
        )

    # PLANS

    @api.model
    def _plan_section(self, span):
        rows = self._plan_rows(span)
        totals = self._totals(rows, "amount", "paid", "arrears")
        if totals:
            whole = totals["amount"]
            totals["progress"] = 100 * totals["paid"] / whole if whole else None
        return self._section(
            self.env._("Payment plans"),
            [
                ("officer", self.env._("Officer"), "text"),
                ("customer", self.env._("Customer"), "text"),
                ("state", self.env._("State"), "text"),
                ("count", self.env._("Instalments paid"), "text"),
                ("amount", self.env._("Agreed"), "amount"),
                ("paid", self.env._("Paid"), "amount"),
                ("progress", self.env._("Progress"), "percent"),
                ("arrears", self.env._("Arrears today"), "amount"),
                ("next", self.env._("Next due"), "date"),
            ],
            rows,
            totals=totals,
            text=[self.env._("Plans that run today or ended in the period.")],
            empty=self.env._("No plan runs, and none ended in the period."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _plans(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        return self.env["debt.recovery.agreement"].search(
            self._agreed_in(
                span,
                Domain("kind", "=", "plan"),
                Domain("state", "not in", NOT_COUNTED),
                Domain("state", "in", ("active", "to_sign"))
                | reader._kpi_within(span, "date_verdict"),
            )
        )

    @api.model
    def _plan_rows(self, span):
        plans = self._plans(span)
        facts = self._read_instalments(span, plans)
        states = dict(plans._fields["screen_state"]._description_selection(self.env))
        rows = []
        for plan in plans:
            fact = facts[plan.id]
            agreed, paid = plan.value_agreed, plan.value_paid
            rows.append(
                {
                    "officer": plan.user_id.sudo().name or "",
                    "customer": plan.partner_id.sudo().display_name,
                    "state": states.get(plan.screen_state, ""),
                    "count": f"{fact['done']} / {fact['count']}",
                    "amount": agreed,
                    "paid": paid,
                    "progress": 100 * paid / agreed if agreed else None,
                    "arrears": fact["arrears"],
                    "next": fact["next"],
                }
            )
        return sorted(rows, key=lambda row: (-row["arrears"], row["customer"]))

    def _read_instalments(self, span, plans):
        """{plan id: count, done, arrears, next}; arrears of other currencies at the
        rate at which the covered items are booked."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT g.id, COUNT(i.id) AS count,
                          COUNT(i.id) FILTER (WHERE i.state IN ('paid', 'paid_late'))
                            AS done,
                          COALESCE(SUM(i.amount_open * COALESCE(rate.value, 1)) FILTER (
                            WHERE i.date_due < %(today)s), 0)::float AS arrears,
                          MIN(i.date_due) FILTER (
                            WHERE i.date_due >= %(today)s AND i.amount_open > 0) AS next
                     FROM debt_recovery_agreement g
                     LEFT JOIN debt_recovery_instalment i ON i.agreement_id = g.id
                     LEFT JOIN LATERAL (%(rate)s) rate ON TRUE
                    WHERE g.id IN %(plans)s GROUP BY g.id""",
                today=span.today,
                rate=self.env["debt.recovery.expected.cash"]._cash_rate_sql(),
                plans=tuple(plans.ids) or (0,),
            )
        )
        return {row["id"]: row for row in rows}

    @api.model
    def _promise_notes(self, span):
        reader = self.env["debt.recovery.kpi.reader"]
        within = reader._kpi_within(span, "date_agreed")
        agreements = self.env["debt.recovery.agreement"]
        left_out = self._agreed_in(
            span,
            Domain("kind", "=", "promise"),
            Domain("state", "in", LEFT_OUT),
            within,
        )
        currencies = self.env["debt.recovery.instalment"]._read_group(
            self._agreed_in(span, reader._kpi_within(span, "date_due")), ["currency_id"]
        )
        return [
            self.env._(
                "A promise kept in part counts as broken; what was paid on it is under "
                "Paid. %(count)s promises were withdrawn or replaced and are left out.",
                count=agreements.search_count(left_out),
            ),
            *self._board()._unrated_note(
                span, self.env["res.currency"].union(*(c for (c,) in currencies))
            ),
        ]

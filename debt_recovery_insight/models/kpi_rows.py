from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.kpi.recovery import COHORT_VALUE
from .kpi_flow import RISK_DAYS

#: Figures made of what is open at the end of the period.
POSITION = (
    "dso_balance",
    "dso_countback",
    "dso_best",
    "delinquent_days",
    "weighted_days",
    "days_overdue_open",
    "cei",
    "cei_monthly",
    "current_share",
    "ageing",
    "dispute_rate",
)
LATE = ("1", "2", "3", "4")
#: Ageing buckets a position is narrowed to; the others are net of credits.
BUCKETS = {
    "ageing": ("4",),
    "current_share": ("0",),
    "dso_best": ("0",),
    "delinquent_days": LATE,
    "weighted_days": LATE,
    "days_overdue_open": LATE,
}
#: Figures made of movements; the rows are those the figure adds up.
MONEY = {
    "recovered": [("is_late", "=", True), ("amount_cash", "!=", 0)],
    "recovery_rate": [("is_late", "=", True), ("amount_cash", "!=", 0)],
    "cost_to_collect": [("is_late", "=", True), ("amount_cash", "!=", 0)],
    "overdue_reduction": [("is_late", "=", True)],
    "bad_debt": [("amount_given_up", "!=", 0)],
}


class DebtRecoveryKpiRows(models.AbstractModel):
    """From a figure to its rows: the action that shows what it was counted from."""

    _name = "debt.recovery.kpi.rows.mixin"
    _description = "Rows behind Key Figures"

    def _kpi_action(self, kpi, span):
        """Window action, or None where the figure has no rows."""
        if kpi.code in POSITION:
            action = self._position_action(kpi, span)
        elif kpi.code in MONEY:
            action = self._money_action(span, MONEY[kpi.code])
        elif opener := getattr(self, f"_rows_of_{kpi.code}", None):
            action = opener(span)
        else:
            action = self._work_action(kpi.code, span)
        title = {"name": kpi.name, "display_name": kpi.name, "target": "current"}
        return action and action | title

    def _rows_action(self, xmlid, domain, **extra):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        views = [(False, "list"), (False, "form")]
        return action | {
            "domain": list(domain),
            "context": {},
            "view_mode": "list,form",
            "views": extra.pop("views", views),
            **extra,
        }

    def _position_action(self, kpi, span):
        """Live items today, frozen rows of a month-end; a day between has neither."""
        disputed = kpi.code == "dispute_rate"
        narrow = Domain("amount_disputed", ">", 0) if disputed else Domain.TRUE
        return self._position_rows(span, BUCKETS.get(kpi.code, ()), narrow)

    def _position_rows(self, span, buckets=(), narrow=Domain.TRUE):
        """What is open at the end of the period, in the buckets asked for; who may not
        read frozen rows sees the items themselves."""
        domain = Domain(narrow) & self._rows_partners(span)
        if buckets:
            domain &= Domain("bucket", "in", buckets)
        views = [(False, "list"), (False, "pivot"), (False, "graph")]
        if span.date_to >= span.today:
            domain &= self._chased_domain(span)
            if buckets:
                domain &= Domain("is_credit", "=", False)
            name = "debt_recovery.debt_recovery_receivable_action"
            return self._rows_action(name, domain, views=views)
        check = self._kpi_check(span, span.date_to)
        if not check or not self.env["debt.recovery.snapshot"].has_access("read"):
            return self._open_lines_action(span, span.date_to, buckets)
        name = "debt_recovery_insight.debt_recovery_snapshot_action"
        domain &= Domain("check_id", "=", check.id) & Domain("bucket", "!=", "other")
        return self._rows_action(name, domain, views=views)

    def _chased_domain(self, span):
        """The items the figures count: what nobody is asked for stands apart."""
        own = span.company._recovery_own_partners()
        return Domain(
            [
                ("root_company_id", "=", span.company.id),
                ("partner_id", "not in", own),
                ("move_line_id.no_followup", "=", False),
            ]
        )

    def _rows_partners(self, span):
        if span.partner_ids is None:
            return Domain.TRUE
        return Domain("partner_id", "in", span.partner_ids)

    def _open_lines_action(self, span, day, buckets=()):
        """Journal items that were open on a day."""
        bucket = SQL("%s IN %s", self._kpi_bucket("o"), tuple(buckets) or (0,))
        query = SQL(
            "SELECT o.id FROM (%s) o WHERE %s",
            self._kpi_open_sql(span, day),
            bucket if buckets else SQL("TRUE"),
        )
        return self._lines_action(query)

    def _money_action(self, span, domain, first=None, last=None):
        """The movements of the period, or of other days."""
        return self._rows_action(
            "debt_recovery_insight.debt_recovery_movement_action",
            Domain("company_id", "=", span.company.id)
            & Domain(domain)
            & self._rows_partners(span),
            views=[(False, "list"), (False, "pivot"), (False, "graph")],
            context={
                "recovery_period": [
                    str(first or span.date_from),
                    str(last or span.date_to),
                ]
            },
        )

    def _rows_of_dso_invoice(self, span):
        """Open invoices: other items have no month of sale."""
        if span.date_to < span.today:
            return self._open_lines_action(span, span.date_to)
        invoices = Domain("move_type", "in", ("out_invoice", "out_receipt"))
        return self._position_rows(span, ("0", *LATE), invoices)

    def _rows_of_collection_efficiency(self, span):
        return self._money_action(
            span, [("date_due", "<", span.date_to), ("amount_cash", "!=", 0)]
        )

    def _rows_of_recovery_cohort(self, span):
        """Money within its days on what became overdue in the period."""
        domain = [
            ("date_due", ">=", span.begin),
            ("date_due", "<", span.date_to),
            ("move_id.move_type", "in", ("out_invoice", "out_receipt")),
            ("date_due", "<", fields.Date.subtract(span.today, days=COHORT_VALUE)),
            ("days_late", ">", 0),
            ("days_late", "<=", COHORT_VALUE),
            ("amount_cash", "!=", 0),
        ]
        return self._money_action(span, domain, span.begin, span.today)

    def _rows_of_roll_forward(self, span):
        """The items that were overdue a month before the last day."""
        return self._open_lines_action(span, self._roll_begin(span), LATE)

    def _rows_of_days_late_paid(self, span):
        query = SQL("SELECT q.id FROM (%s) q", self._paid_days_sql(span))
        return self._lines_action(query)

    def _rows_of_at_risk(self, span):
        """The invoices that could be judged."""
        query = SQL(
            "SELECT q.id FROM (%s) q WHERE q.due + %s < %s",
            self._risk_invoices_sql(span),
            RISK_DAYS,
            span.today,
        )
        return self._lines_action(query)

    def _rows_of_cash_hit(self, span):
        """The items on which money was expected."""
        query = SQL(
            "SELECT e.id FROM (%s) e UNION SELECT e.id FROM (%s) e",
            self._hit_items_sql(span),
            self._hit_agreed_items_sql(span),
        )
        return self._lines_action(query)

    def _newly_action(self, span):
        """The items that became overdue in the period, settled since or not."""
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        gone = self._flow_columns(span)["matched_fresh"][1]
        here = self._flow_open_columns(span)["open_fresh"][1]
        query = SQL(
            "SELECT f.id FROM (%s) f WHERE %s UNION SELECT o.id FROM (%s) o WHERE %s",
            self._kpi_matched_sql(span, period),
            gone,
            self._kpi_open_sql(span, span.date_to),
            here,
        )
        return self._lines_action(query)

    def _rows_of_recovered_after(self, span):
        return self._after_action(span)

    def _after_action(self, span):
        """The entries with which the money was booked."""
        moves = [row["move_id"] for row in self._kpi_after_rows(span)]
        lines = [("move_id", "in", moves), ("account_type", "=", "asset_receivable")]
        return self._items_action(lines)

    def _lines_action(self, query):
        self.env.flush_all()
        ids = [row[0] for row in self.env.execute_query(query)]
        return self._items_action([("id", "in", ids)])

    def _items_action(self, domain):
        action = self._rows_action("account.action_account_moves_all", domain)
        return action | {"search_view_id": False}

    def _work_action(self, code, span):
        agreements = "debt_recovery.debt_recovery_agreement_action"
        cases = "debt_recovery.debt_recovery_case_action"
        log = "debt_recovery.debt_recovery_action_action_log"
        found = {
            "promise_kept_count": (agreements, self._promise_domain),
            "promise_kept_value": (agreements, self._promise_domain),
            "plan_adherence": (
                "debt_recovery.debt_recovery_instalment_action",
                self._instalment_domain,
            ),
            "rpc_rate": (log, self._attempt_domain),
            "rpc_answered": (log, self._attempt_domain),
            "contact_promise": (log, self._attempt_domain),
            "compliance": (
                "debt_recovery.debt_recovery_action_action_refused",
                self._refused_domain,
            ),
            "dispute_days": (
                "debt_recovery.debt_recovery_dispute_action",
                self._dispute_domain,
            ),
            "legal_success": (
                "debt_recovery.debt_recovery_legal_case_action",
                self._filed_domain,
            ),
            "agency_yield": (
                "debt_recovery.debt_recovery_placement_action",
                self._placed_domain,
            ),
            "turnaround": (cases, self._opened_domain),
            "record_accuracy": (cases, self._failing_domain),
        }.get(code)
        return found and self._rows_action(found[0], found[1](span))

    def _failing_domain(self, span):
        rules = self._accuracy_rules(span.today)
        return self._accuracy_domain(span) & Domain.OR(rules.values())

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

#: Figures made of what is open at the end of the period.
POSITION = (
    "dso_balance",
    "dso_countback",
    "dso_invoice",
    "dso_best",
    "delinquent_days",
    "weighted_days",
    "days_overdue_open",
    "cei",
    "cei_monthly",
    "current_share",
    "ageing",
    "roll_forward",
    "dispute_rate",
)
#: Figures made of money on overdue items.
MONEY = (
    "recovered",
    "recovery_rate",
    "recovery_cohort",
    "overdue_reduction",
    "collection_efficiency",
    "cost_to_collect",
    "days_late_paid",
)
#: Narrower rows of a position.
BUCKETS = {
    "ageing": [("bucket", "=", "4")],
    "current_share": [("bucket", "=", "0")],
    "weighted_days": [("bucket", "in", ("1", "2", "3", "4"))],
    "days_overdue_open": [("bucket", "in", ("1", "2", "3", "4"))],
    "dispute_rate": [("amount_disputed", ">", 0)],
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
            action = self._money_action(span, SQL("f.day > f.due"))
        elif kpi.code == "bad_debt":
            action = self._money_action(span, SQL("f.own > 0"))
        elif kpi.code == "recovered_after":
            action = self._after_action(span)
        elif kpi.code == "at_risk":
            action = self._issued_action(span)
        else:
            action = self._work_action(kpi.code, span)
        return action and action | {"name": kpi.name, "target": "current"}

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
        narrow = Domain(BUCKETS.get(kpi.code, []))
        if span.date_to >= span.today:
            domain = Domain("root_company_id", "=", span.company.id)
            return self._rows_action(
                "debt_recovery.debt_recovery_receivable_action",
                domain & narrow & self._rows_partners(span),
                views=[(False, "list"), (False, "pivot"), (False, "graph")],
            )
        check = self._kpi_check(span, span.date_to)
        if not check:
            return self._open_lines_action(span)
        return self._rows_action(
            "debt_recovery_insight.debt_recovery_snapshot_action",
            Domain("check_id", "=", check.id) & narrow & self._rows_partners(span),
            views=[(False, "list"), (False, "pivot"), (False, "graph")],
        )

    def _rows_partners(self, span):
        if span.partner_ids is None:
            return Domain.TRUE
        return Domain("partner_id", "in", span.partner_ids)

    def _open_lines_action(self, span):
        query = SQL("SELECT o.id FROM (%s) o", self._kpi_open_sql(span, span.date_to))
        return self._lines_action(query)

    def _money_action(self, span, condition):
        """Items matched in the period: overdue when they were paid, credited or given
        up, or narrower."""
        period = SQL("p.max_date BETWEEN %s AND %s", span.date_from, span.date_to)
        query = SQL(
            "SELECT DISTINCT f.id FROM (%s) f WHERE %s",
            self._kpi_matched_sql(span, period),
            condition,
        )
        return self._lines_action(query)

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

    def _issued_action(self, span):
        domain = [
            ("move_type", "in", ("out_invoice", "out_receipt")),
            ("state", "=", "posted"),
            ("date", ">=", span.date_from),
            ("date", "<=", span.date_to),
            ("company_id", "child_of", span.company.id),
        ]
        if span.partner_ids is not None:
            domain.append(("commercial_partner_id", "in", span.partner_ids))
        return self._rows_action("account.action_move_out_invoice_type", domain)

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

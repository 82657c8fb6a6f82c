from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.kpi import work

KEPT, NOT_KEPT = ("kept", "kept_late"), ("partly_kept", "broken")
LEFT_OUT = ("cancelled", "replaced")
#: Stages in which somebody else is to act: an agreement, a hold, a dispute, a court or
#: an agency has its own dates.
WAITING = ("agreed", "paused", "legal", "agency")


class DebtRecoveryKpiWork(models.AbstractModel):
    """Key figures of promises, plans, disputes and cases."""

    _name = "debt.recovery.kpi.work.mixin"
    _description = "Key Figures of the Work"
    _inherit = ["debt.recovery.kpi.contact.mixin"]

    # PROMISES AND PLANS

    def _promise_domain(self, span):
        return self._kpi_domain(
            span,
            Domain("kind", "=", "promise"),
            Domain("state", "in", KEPT + NOT_KEPT),
            self._kpi_within(span, "date_verdict"),
        )

    def _left_out_promises(self, span):
        domain = self._kpi_domain(
            span,
            Domain("kind", "=", "promise"),
            Domain("state", "in", LEFT_OUT),
            self._kpi_within(span, "date_verdict"),
        )
        return self.env["debt.recovery.agreement"].sudo().search_count(domain)

    def _kpi_promise_kept_count(self, span):
        groups = (
            self.env["debt.recovery.agreement"]
            .sudo()
            ._read_group(self._promise_domain(span), ["state"], ["__count"])
        )
        counts = dict(groups)
        kept = sum(counts.get(state, 0) for state in KEPT)
        judged = Decimal(sum(counts.values()))
        return work.promise_kept(Decimal(kept), judged, self._left_out_promises(span))

    def _kpi_promise_kept_value(self, span):
        promises = self.env["debt.recovery.agreement"].sudo()
        rows = promises.search_fetch(
            self._promise_domain(span), ["value_agreed", "value_paid"]
        )
        agreed = sum((Decimal(str(row.value_agreed)) for row in rows), Decimal(0))
        paid = sum(
            (Decimal(str(min(row.value_paid, row.value_agreed))) for row in rows),
            Decimal(0),
        )
        return work.promise_kept(paid, agreed, self._left_out_promises(span))

    def _instalment_domain(self, span):
        """Due in the period with their grace over, or paid."""
        return self._kpi_domain(
            span,
            Domain("kind", "=", "plan"),
            Domain("agreement_state", "not in", ("draft", "to_approve", *LEFT_OUT)),
            self._kpi_within(span, "date_due"),
            Domain("state", "in", ("paid", "paid_late", "missed"))
            | Domain("state", "in", ("late", "open"))
            & Domain("date_grace_end", "<", span.today),
        )

    def _kpi_plan_adherence(self, span):
        groups = (
            self.env["debt.recovery.instalment"]
            .sudo()
            ._read_group(self._instalment_domain(span), ["state"], ["__count"])
        )
        counts = dict(groups)
        return work.plan_adherence(
            counts.get("paid", 0), sum(counts.values()), self._count_plans(span)
        )

    def _count_plans(self, span):
        plans = self.env["debt.recovery.agreement"].sudo()
        of_kind = self._kpi_domain(span, Domain("kind", "=", "plan"))
        judged = of_kind & self._kpi_within(span, "date_verdict")
        return {
            "completed": plans.search_count(judged & Domain("state", "in", KEPT)),
            "broken": plans.search_count(judged & Domain("state", "in", NOT_KEPT)),
            "running": plans.search_count(
                of_kind & Domain("state", "in", ("active", "to_sign"))
            ),
        }

    # DISPUTES

    def _kpi_dispute_rate(self, span):
        end = self._kpi_position(span, span.date_to)
        return work.dispute_rate(end.bridge["disputed"], end.net)

    def _dispute_domain(self, span):
        return self._kpi_domain(
            span,
            Domain("kind", "=", "dispute"),
            Domain("state", "in", ("accepted", "partly", "rejected")),
            self._kpi_within(span, "date_resolved"),
        )

    def _kpi_dispute_days(self, span):
        rows = (
            self.env["debt.recovery.dispute"]
            .sudo()
            .search_fetch(
                self._dispute_domain(span),
                ["days_to_resolve", "amount", "amount_accepted"],
            )
        )
        return work.dispute_days(
            rows.mapped("days_to_resolve"),
            Decimal(str(sum(rows.mapped("amount_accepted")))),
            Decimal(str(sum(rows.mapped("amount")))),
        )

    # CASES

    def _opened_domain(self, span):
        return self._kpi_domain(
            span,
            Domain("state", "!=", "watch"),
            Domain("close_reason", "not in", ("watch_ended", "merged")),
            self._kpi_within(span, "date_opened"),
        )

    def _kpi_turnaround(self, span):
        """Cases opened in the period, seen from today."""
        cases = self.env["debt.recovery.case"].sudo().search(self._opened_domain(span))
        rows = self._kpi_rows(self._turnaround_sql(cases))
        paid = [row["paid"] for row in rows if row["paid"] is not None]
        closed = [row["closed"] for row in rows if row["closed"] is not None]
        return work.turnaround(paid, closed, len(rows) - len(paid))

    def _turnaround_sql(self, cases):
        """Days to the first money on an item that was due, and to closing."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return SQL(
            """SELECT k.date_closed - k.date_opened AS closed,
                      MIN(c.date) - k.date_opened AS paid
                 FROM debt_recovery_case k
                 LEFT JOIN res_partner a ON a.commercial_partner_id = k.partner_id
                 LEFT JOIN account_move_line l ON l.partner_id = a.id
                      AND l.account_id IN %s AND l.company_id IN (
                          SELECT o.id FROM res_company o
                           WHERE SPLIT_PART(o.parent_path, '/', 1)::int = k.company_id)
                      AND COALESCE(l.date_maturity, l.date)
                          <= COALESCE(k.date_closed, 'infinity')
                 LEFT JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                 LEFT JOIN account_move_line c ON c.id = p.credit_move_id
                      AND c.date >= k.date_opened
                      AND c.date <= COALESCE(k.date_closed, 'infinity')
                 LEFT JOIN account_move m ON m.id = c.move_id
                WHERE k.id IN %s AND (c.id IS NULL OR %s = 'cash')
                GROUP BY k.id""",
            tuple(accounts) or (0,),
            tuple(cases.ids) or (0,),
            self.env["debt.recovery.agreement"]._facts_kind(),
        )

    def _accuracy_domain(self, span):
        domain = self._kpi_domain(span, Domain("state", "=", "open"))
        if span.user_ids is not None:
            domain &= Domain("user_id", "in", span.user_ids)
        return domain

    def _accuracy_rules(self, today):
        """Seam: quality rules, name -> domain of the cases that fail it."""
        return {
            "no_owner": Domain("user_id", "=", False),
            "no_strategy": Domain("strategy_id", "=", False),
            "no_next_action": self._no_next_action(today),
            "no_contact_point": Domain("partner_id.email", "in", (False, ""))
            & Domain("partner_id.phone", "in", (False, ""))
            & Domain("contact_ids", "=", False),
            "no_outcome": Domain(
                "action_ids",
                "any",
                [
                    ("state", "=", "done"),
                    ("channel_id.code", "in", ("phone", "visit")),
                    ("outcome_id", "=", False),
                ],
            ),
            "task_overdue": Domain("activity_date_deadline", "<", today),
        }

    def _no_next_action(self, today):
        """Nothing comes: no step, no task, no message on its way, and the case waits
        for nobody else."""
        coming = [
            ("state", "in", ("planned", "approved", "queued")),
            ("date_planned", ">=", today),
        ]
        return (
            (
                Domain("next_action_date", "=", False)
                | Domain("next_action_date", "<", today)
            )
            & Domain("stage_id.code", "not in", WAITING)
            & Domain("action_ids", "not any", coming)
            & Domain("activity_ids", "not any", [("date_deadline", ">=", today)])
        )

    def _kpi_record_accuracy(self, span):
        """Of the cases open now; the past is not kept."""
        cases = self.env["debt.recovery.case"].sudo()
        domain = self._accuracy_domain(span)
        rules = self._accuracy_rules(span.today)
        failed = {
            name: cases.search_count(domain & rule) for name, rule in rules.items()
        }
        bad = cases.search_count(domain & Domain.OR(rules.values()))
        total = cases.search_count(domain)
        return work.record_accuracy(total - bad, total, failed)

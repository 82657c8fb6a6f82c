from odoo import models
from odoo.fields import Domain


class DebtRecoveryReportStill(models.AbstractModel):
    """What lies still: disputes past their deadline, stuck cases, holds without end."""

    _name = "debt.recovery.report.still.mixin"
    _description = "Report of What Lies Still"

    def _still_rows(self, span, model, *domains, order=None):
        """Records of the question; officers ask for their own, so the rules that hide
        a colleague's dispute from them are kept by the question itself."""
        reader = self.env["debt.recovery.kpi.reader"]
        records = self.env[model].sudo()
        return records.search(reader._kpi_domain(span, *domains), order=order)

    def _still_disputes(self, span):
        late = [("state", "=", "open"), ("date_due", "<", span.today)]
        disputes = self._still_rows(
            span, "debt.recovery.dispute", Domain(late), order="date_due, id"
        )
        rows = [
            {
                "partner": row.case_id.partner_id.display_name,
                "name": row.name,
                "owner": row.user_id.name or self.env._("Nobody"),
                "due": row.date_due,
                "days": (span.today - row.date_due).days,
                "amount": row.amount_live,
            }
            for row in disputes
        ]
        return self._section(
            self.env._("Disputes past their deadline"),
            [
                ("partner", self.env._("Customer"), "text"),
                ("name", self.env._("Dispute"), "text"),
                ("owner", self.env._("Owner"), "text"),
                ("due", self.env._("Answer Due"), "date"),
                ("days", self.env._("Days Late"), "days"),
                ("amount", self.env._("Contested"), "amount"),
            ],
            rows,
            totals={"amount": sum(row["amount"] for row in rows)},
            empty=self.env._("No dispute is past its deadline."),
        )

    def _still_cases(self, span):
        cases = self._still_rows(
            span,
            "debt.recovery.case",
            Domain("state", "=", "open"),
            Domain("is_rotting", "=", True),
            order="amount_overdue desc, id",
        )
        rows = [
            {
                "partner": case.partner_id.display_name,
                "stage": case.stage_id.name,
                "days": case.rotting_days,
                "overdue": case.amount_overdue,
                "user": case.user_id.name or self.env._("Nobody"),
                "status": case.status_sentence,
            }
            for case in cases
        ]
        return self._section(
            self.env._("Stuck cases"),
            [
                ("partner", self.env._("Customer"), "text"),
                ("stage", self.env._("Stage"), "text"),
                ("days", self.env._("Days in It"), "days"),
                ("overdue", self.env._("Overdue"), "amount"),
                ("user", self.env._("Officer"), "text"),
                ("status", self.env._("Where It Stands"), "text"),
            ],
            rows,
            totals={"overdue": sum(row["overdue"] for row in rows)},
            empty=self.env._("No case is stuck in its stage."),
        )

    def _still_holds(self, span):
        holds = self._still_rows(
            span,
            "debt.recovery.hold",
            Domain(self.env["debt.recovery.hold"]._valid_domain(span.today)),
            Domain("date_to", "=", False),
            order="date_from, id",
        )
        return self._section(
            self.env._("Holds without end"),
            [
                ("partner", self.env._("Customer"), "text"),
                ("type", self.env._("Hold"), "text"),
                ("since", self.env._("Since"), "date"),
                ("user", self.env._("Placed By"), "text"),
                ("reason", self.env._("Reason"), "text"),
            ],
            [
                {
                    "partner": hold.partner_id.display_name,
                    "type": hold.name,
                    "since": hold.date_from,
                    "user": hold.user_id.name,
                    "reason": hold.reason,
                }
                for hold in holds
            ],
            empty=self.env._("No hold runs without end."),
        )

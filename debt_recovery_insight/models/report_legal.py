from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.debt_recovery.models.legal_stage import PHASES


class DebtRecoveryReportLegal(models.AbstractModel):
    """Legal cases: where they stand, what they cost and bring. Whoever reads sees the
    cases that the rules of access show."""

    _name = "debt.recovery.report.legal.mixin"
    _description = "Report of Legal Cases"

    def _report_legal(self, ask):
        """Open cases by stage, those closed in the period, and what they brought; the
        success counts what was filed in the period."""
        running = self._legal_cases(ask, Domain("is_open", "=", True))
        closed = self._legal_cases(
            ask,
            Domain("date_closed", ">=", ask["date_from"]),
            Domain("date_closed", "<=", ask["date_to"]),
            order="date_closed, id",
        )
        return {
            "title": self.env._(
                "%(company)s: legal cases, %(begin)s – %(end)s",
                company=ask["company"].name,
                begin=format_date(self.env, ask["date_from"]),
                end=format_date(self.env, ask["date_to"]),
            ),
            "lead": [
                self.env._(
                    "Open legal cases: %(open)s. Closed in the period: %(closed)s.",
                    open=len(running),
                    closed=len(closed),
                )
            ],
            "sections": [
                self._stage_section(ask, running),
                self._case_section(self.env._("Open cases"), running),
                self._case_section(self.env._("Closed in the period"), closed),
            ],
            "notes": [
                self.env._(
                    "Amounts in %(currency)s, claims and judgments at the rate of the "
                    "claimed invoices. Received: paid on the claimed items since the "
                    "hand-over.",
                    currency=ask["company"].currency_id.name,
                )
            ],
        }

    def _stage_section(self, ask, running):
        rows = [
            self._stage_row(stage, cases)
            for stage, cases in running.grouped("stage_id").items()
        ]
        order = [phase for phase, _label in PHASES]
        rows.sort(key=lambda row: (order.index(row["phase"]), row["sequence"]))
        names = ("count", "claimed", "awarded", "received", "cost")
        return self._section(
            self.env._("Open cases by stage"),
            [
                ("stage", self.env._("Stage"), "text"),
                ("count", self.env._("Cases"), "integer"),
                ("claimed", self.env._("Claimed"), "amount"),
                ("awarded", self.env._("Awarded"), "amount"),
                ("received", self.env._("Received"), "amount"),
                ("cost", self.env._("Costs"), "amount"),
            ],
            rows,
            totals=self._totals(rows, *names),
            empty=self.env._("No legal case is open."),
            chart={"kind": "column", "label": "stage", "values": ["claimed"]},
            figures=self._success_figures(ask),
        )

    def _stage_row(self, stage, cases):
        rows = [self._case_row(legal) for legal in cases]
        return {
            "stage": stage.name,
            "phase": stage.phase,
            "sequence": stage.sequence,
            "count": len(rows),
            "claimed": sum(row["claimed"] for row in rows),
            "awarded": sum(row["awarded"] or 0 for row in rows) or None,
            "received": sum(row["received"] for row in rows),
            "cost": sum(row["cost"] for row in rows),
        }

    def _success_figures(self, ask):
        """Tiles: judgments of what was filed, money of judgments, cost of money."""
        answer = ask["company"]._recovery_kpi(
            "legal_success", ask["date_from"], ask["date_to"], ask["filters"]
        )
        parts = answer["parts"]
        shares = [
            (self.env._("Judgments ÷ filed"), answer["value"]),
            (self.env._("Received ÷ awarded"), parts.get("recovered")),
            (
                self.env._("Costs ÷ received"),
                parts["cost"] * 100 if parts.get("cost") is not None else None,
            ),
        ]
        why = " ".join(answer["reasons"])
        return [
            {
                "label": label,
                "text": "–" if share is None else f"{float(share):.1f} %",
                "change": "",
                "reason": why if share is None else "",
            }
            for label, share in shares
        ]

    def _case_row(self, legal):
        """A judgment counts at the rate at which its claim was invoiced."""
        claimed = sum(legal.item_ids.mapped("amount"))
        rate = claimed / legal.amount_claimed if legal.amount_claimed else 1.0
        return {
            "customer": legal.partner_id.sudo().display_name,
            "name": legal.name,
            "court": legal.court_id.sudo().name or "",
            "stage": legal.stage_id.name,
            "day": legal.date_closed or legal.date_filed or legal.date_handed or None,
            "claimed": claimed,
            "awarded": legal.judgment_amount * rate if legal.judgment_date else None,
            "received": legal.amount_recovered,
            "cost": legal.cost_actual,
            "result": legal.result,
        }

    def _case_section(self, title, cases):
        rows = [self._case_row(legal) for legal in cases]
        rows.sort(key=lambda row: -row["claimed"])
        names = ("claimed", "awarded", "received", "cost", "result")
        return self._section(
            title,
            [
                ("customer", self.env._("Customer"), "text"),
                ("name", self.env._("Case"), "text"),
                ("court", self.env._("Court"), "text"),
                ("stage", self.env._("Stage"), "text"),
                ("day", self.env._("Since"), "date"),
                ("claimed", self.env._("Claimed"), "amount"),
                ("awarded", self.env._("Awarded"), "amount"),
                ("received", self.env._("Received"), "amount"),
                ("cost", self.env._("Costs"), "amount"),
                ("result", self.env._("Received less Costs"), "amount"),
            ],
            rows,
            totals=self._totals(rows, *names),
            empty=self.env._("None."),
        )

    # QUESTION

    def _legal_filter(self, ask, prefix=""):
        """Company, customers and people asked for; officers see what is theirs."""
        domain = Domain("company_id", "=", ask["company"].id)
        partners, users = (ask["filters"].get(k) for k in ("partner_ids", "user_ids"))
        if partners is not None:
            domain &= Domain(f"{prefix}partner_id", "child_of", partners)
        if users is not None:
            lawyers = Domain(f"{prefix}user_id", "in", users)
            domain &= lawyers | Domain(f"{prefix}case_id.user_id", "in", users)
        return domain

    def _legal_cases(self, ask, *domains, order="id"):
        cases = self.env["debt.recovery.legal.case"]
        return cases.search(
            Domain.AND([self._legal_filter(ask), *domains]), order=order
        )

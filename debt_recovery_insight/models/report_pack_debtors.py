from odoo import api, models
from odoo.fields import Domain

from .dashboard_lists import TOP

#: Rows of the shorter tables of the page.
FEW = 6


class DebtRecoveryReportPackDebtors(models.AbstractModel):
    """The customers that matter, as they stand on the day on which the pack is made:
    the largest debtors with their status in words, disputes, courts, losses."""

    _name = "debt.recovery.report.pack.debtors.mixin"
    _description = "Monthly Pack: Customers"
    _inherit = ["debt.recovery.report.dispute.mixin"]

    @api.model
    def _pack_customers(self, span):
        """Sections of the last page."""
        sections = [
            self._pack_debtors(span) | {"new_page": True},
            self._pack_disputes(span),
        ]
        if span.company.recovery_legal:
            sections.append(self._pack_legal(span))
        return [*sections, self._pack_losses(span)]

    @api.model
    def _pack_debtors(self, span):
        cases = self.env["debt.recovery.case"].search(
            self._board()._case_domain(span) & Domain("amount_overdue", ">", 0),
            order="amount_overdue desc, id",
            limit=TOP,
        )
        rows = [
            {
                "customer": case.partner_id.sudo().display_name,
                "amount": case.amount_overdue,
                "days": case.days_overdue,
                "band": case.risk_band or "",
                "officer": case.user_id.sudo().name or "",
                "status": case.status_sentence or "",
            }
            for case in cases
        ]
        return self._section(
            self.env._("Largest debtors"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("amount", self.env._("Overdue"), "amount"),
                ("days", self.env._("Days"), "days"),
                ("band", self.env._("Risk"), "text"),
                ("officer", self.env._("Officer"), "text"),
                ("status", self.env._("Status"), "text"),
            ],
            rows,
            totals=self._totals(rows, "amount"),
            empty=self.env._("Nobody is overdue."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _pack_disputes(self, span):
        """Root causes of what is contested now, the largest first."""
        causes = [row for row in self._read_causes(span) if row["live"]]
        causes.sort(key=lambda row: -row["live_amount"])
        rows = self._fold(
            causes, {"cause": self.env._("Others")}, "live", "live_amount"
        )
        return self._section(
            self.env._("Disputes that wait"),
            [
                ("cause", self.env._("Root cause"), "text"),
                ("category", self.env._("Category"), "text"),
                ("live", self.env._("Disputes"), "integer"),
                ("live_amount", self.env._("Contested"), "amount"),
            ],
            rows,
            totals=self._totals(rows, "live", "live_amount"),
            empty=self.env._("Nothing is contested."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _fold(self, rows, others, *keys):
        """The first rows, and one that sums up what is left out."""
        if len(rows) <= FEW:
            return rows
        rest = rows[FEW - 1 :]
        total = {key: sum(row[key] for row in rest) for key in keys}
        return [*rows[: FEW - 1], others | total]

    @api.model
    def _pack_legal(self, span):
        """Legal cases that run, the largest first."""
        legal = self.env["debt.recovery.legal.case"]
        reader = self.env["debt.recovery.kpi.reader"]
        cases = legal.search(reader._kpi_domain(span, Domain("is_open", "=", True)))
        rows = [self._legal_row(span, case) for case in cases]
        rows.sort(key=lambda row: -row["claim"])
        rows = self._fold(
            rows, {"customer": self.env._("Others")}, "claim", "recovered", "cost"
        )
        return self._section(
            self.env._("Legal cases that run"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("stage", self.env._("Stage"), "text"),
                ("next", self.env._("Next deadline"), "date"),
                ("claim", self.env._("Claim"), "amount"),
                ("recovered", self.env._("Recovered"), "amount"),
                ("cost", self.env._("Costs"), "amount"),
            ],
            rows,
            totals=self._totals(rows, "claim", "recovered", "cost"),
            empty=self.env._("No legal case runs."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _legal_row(self, span, case):
        """Claims of other currencies at today's rate."""
        claim = case.currency_id._convert(
            case.amount_claimed, span.company.currency_id, span.company, span.today
        )
        return {
            "customer": case.partner_id.sudo().display_name,
            "stage": case.stage_id.name,
            "next": case.date_next or None,
            "claim": claim,
            "recovered": case.amount_recovered,
            "cost": case.cost_actual,
        }

    @api.model
    def _pack_losses(self, span):
        """What was given up in the period, the largest first, and what came on earlier
        losses."""
        reader = self.env["debt.recovery.kpi.reader"]
        rows = [
            {
                "customer": row["customer"],
                "reason": row["reason"],
                "day": row["date"],
                "amount": row["amount"],
            }
            for row in span.company._recovery_write_offs(span.date_from, span.date_to)
            if not row["date_reversed"]
            and (span.partner_ids is None or row["partner_id"] in span.partner_ids)
        ]
        rows.sort(key=lambda row: -row["amount"])
        rows = self._fold(rows, {"customer": self.env._("Others")}, "amount")
        after = reader._kpi_after_write_off(span)
        share = self._board()._kpi(span, "bad_debt")
        return self._section(
            self.env._("Write-offs of the period"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("reason", self.env._("Reason"), "text"),
                ("day", self.env._("Day"), "date"),
                ("amount", self.env._("Written off"), "amount"),
            ],
            rows,
            text=[
                self.env._(
                    "Given up: %(amount)s with the rests beside payments, %(share)s of "
                    "sales. Received on what was written off before: %(after)s.",
                    amount=self._board()._money(span, reader._kpi_written_off(span)),
                    share=share["text"],
                    after=self._board()._money(span, after),
                )
            ],
            totals=self._totals(rows, "amount"),
            empty=self.env._("Nothing was written off."),
            currency=span.company.currency_id.name,
        )

from odoo import api, models


class DebtRecoveryReportKpi(models.AbstractModel):
    """Every key figure of a period beside the one before, with its definition, and why
    it is undefined where it is."""

    _name = "debt.recovery.report.kpi.mixin"
    _description = "Report on Key Figures"
    _inherit = ["debt.recovery.report.ask.mixin"]

    @api.model
    def _report_recovery_kpi(self, ask):
        mine, span = self._begin(ask)
        return mine._kpi_answer(span)

    @api.model
    def _kpi_answer(self, span):
        board = self._board()
        bridge = board._board_bridge(span)
        return self._answer(
            self.env._(
                "Recovery and key figures of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            [
                self._kpi_table(span),
                self._section(
                    self.env._("What moved the overdue amount"),
                    [
                        ("label", self.env._("Movement"), "text"),
                        ("amount", self.env._("Amount"), "amount"),
                    ],
                    [
                        {"label": row["label"], "amount": row["amount"]}
                        for row in bridge
                    ],
                    currency=span.company.currency_id.name,
                ),
                self._kpi_beside(span),
            ],
            notes=[
                self.env._(
                    "Sales are net credit invoices including tax; percentages and days "
                    "are of the period itself, not of a year."
                )
            ],
        )

    @api.model
    def _kpi_table(self, span):
        board = self._board()
        before = self._span_before(span)
        kpis = span.once("kpis", board._read_kpis).values()
        active = sorted(
            (kpi for kpi in kpis if kpi.active), key=lambda kpi: (kpi.sequence, kpi.id)
        )
        topics = dict(
            self.env["debt.recovery.kpi"]
            ._fields["topic"]
            ._description_selection(self.env)
        )
        rows = []
        for kpi in sorted(active, key=lambda kpi: list(topics).index(kpi.topic)):
            row = self._figure_row(span, before, kpi.code)
            rows.append(
                row
                | {
                    "topic": topics[kpi.topic],
                    "better": self.env._("higher")
                    if kpi.direction == "up"
                    else self.env._("lower"),
                    "remark": " ".join(row["reasons"]),
                }
            )
        return self._section(
            self.env._("Key figures"),
            [
                ("topic", self.env._("Subject"), "text"),
                *self._figure_columns(span),
                ("better", self.env._("Better"), "text"),
                ("remark", self.env._("Remark"), "text"),
                ("definition", self.env._("Definition"), "text"),
            ],
            rows,
            empty=self.env._("All key figures are archived."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _kpi_beside(self, span):
        """What the figures of the period were made of."""
        board, reader = self._board(), self.env["debt.recovery.kpi.reader"]
        rows = []
        for kpi in span.once("kpis", board._read_kpis).values():
            answer = kpi.active and board._kpi(span, kpi.code)
            parts = answer and reader._part_rows(
                kpi.code, answer["parts"], span.company
            )
            text = " · ".join(f"{label}: {value}" for label, value in parts or ())
            if text:
                rows.append({"name": kpi.name, "text": text})
        return self._section(
            self.env._("Beside the figures"),
            [
                ("name", self.env._("Key figure"), "text"),
                ("text", self.env._("Made of"), "text"),
            ],
            rows,
        )

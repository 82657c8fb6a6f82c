from odoo import api, fields, models
from odoo.tools import format_date

from .dashboard_tiles import DSO_DAYS

#: Key figures of the first page; those counted over longer spans than a month apart.
FIGURES = (
    "recovered",
    "overdue_reduction",
    "collection_efficiency",
    "cei",
    "promise_kept_value",
    "plan_adherence",
    "dispute_rate",
    "bad_debt",
    "cost_to_collect",
    "record_accuracy",
)
LONG_FIGURES = ("dso_countback", "dso_best")


class DebtRecoveryReportPack(models.AbstractModel):
    """The monthly pack for management, four pages: key figures with the manager's
    commentary and the tie to the ledger; ageing and what moved it; cash to come; the
    customers that matter."""

    _name = "debt.recovery.report.pack.mixin"
    _description = "Monthly Pack"
    _inherit = [
        "debt.recovery.report.pack.cash.mixin",
        "debt.recovery.report.pack.debtors.mixin",
        "debt.recovery.report.pack.ledger.mixin",
    ]

    @api.model
    def _report_month_pack(self, ask):
        mine, span = self._begin(ask)
        return mine._pack_answer(span)

    @api.model
    def _pack_answer(self, span):
        sections = [
            self._pack_figures(span),
            self._pack_tie(span),
            self._pack_ageing(span) | {"new_page": True},
            self._pack_bridge(span),
            self._pack_cash(span) | {"new_page": True},
            *self._pack_customers(span),
        ]
        return self._answer(
            self.env._(
                "Receivables of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            sections,
            self._pack_lead(span),
            self._pack_notes(span),
        )

    # PAGE 1

    @api.model
    def _pack_lead(self, span):
        """What the manager says, or that nobody has."""
        notes = self.env["debt.recovery.commentary"]
        lines = notes._of_month(span.company, span.date_to)._lines()
        return lines or [
            self.env._(
                "Nobody has commented on %(month)s yet: the recovery manager writes it "
                "under Insight, Commentary.",
                month=self._month_name(span.date_to),
            )
        ]

    @api.model
    def _pack_figures(self, span):
        rows = self._pack_rows(span)
        return self._section(
            self.env._("Key figures"),
            [
                *self._figure_columns(span),
                ("target", self.env._("Target"), "figure"),
                ("remark", self.env._("Remark"), "text"),
            ],
            rows,
            currency=span.company.currency_id.name,
        )

    @api.model
    def _pack_rows(self, span):
        before = self._span_before(span)
        rows = self._position_rows(span, before)
        wide, wide_before = (self._wide(part, DSO_DAYS) for part in (span, before))
        rows += [self._figure_row(wide, wide_before, code) for code in LONG_FIGURES]
        rows += [self._figure_row(span, before, code) for code in FIGURES]
        targets = self._targets(span)
        for row in rows:
            target = targets.get(row["code"])
            row["target"] = target.value if target else None
            row["remark"] = " ".join([*row["reasons"], *self._pace(target)])
        return rows

    @api.model
    def _position_rows(self, span, before):
        board = self._board()
        end, begin = (board._position(s, s.date_to) for s in (span, before))
        pairs = [
            (self.env._("Receivables less credits"), end.net, begin.net),
            (self.env._("Overdue"), end.overdue, begin.overdue),
            (self.env._("Over 90 days"), end.buckets["4"], begin.buckets["4"]),
        ]
        rows = [self._amount_row(*pair) for pair in pairs]
        collectable = self._amount_row(
            self.env._("Overdue and collectable"),
            *(place.bridge["collectable"] for place in (end, begin)),
        )
        if collectable["value"] is None:
            collectable["reasons"] = [self._not_frozen()]
        return [*rows[:2], collectable, rows[2]]

    @api.model
    def _not_frozen(self):
        return self.env._("That day was not frozen with its disputes and holds.")

    @api.model
    def _targets(self, span):
        """{code: target} of the team, or of the one officer asked about."""
        found = self._board()._board_targets(span)
        targets = self.env["debt.recovery.target"]
        return {code: targets.browse(row["id"]) for code, row in found.items()}

    @api.model
    def _pace(self, target):
        if not target or target.pace == "unknown":
            return []
        paces = dict(target._fields["pace"]._description_selection(self.env))
        return [self.env._("Target: %(pace)s.", pace=paces[target.pace].lower())]

    @api.model
    def _month_figures(self, company, day):
        """The first table alone, for whoever writes the commentary."""
        today = company._recovery_today()
        first = min(day, today).replace(day=1)
        ask = {
            "company": company,
            "date_from": first,
            "date_to": min(fields.Date.end_of(first, "month"), today),
        }
        mine, span = self._begin(ask)
        return mine._pack_figures(span)

    # PAGE 2

    @api.model
    def _pack_ageing(self, span):
        """Month-ends as they were frozen."""
        found = self._board()._board_ageing(span)
        codes = [series["code"] for series in found["series"]]
        rows = []
        for number, label in enumerate(found["labels"]):
            row = {"month": label} | {
                f"b{series['code']}": series["data"][number]
                for series in found["series"]
            }
            row["total"] = sum(row[f"b{code}"] for code in codes)
            rows.append(row)
        return self._section(
            self.env._("Ageing over time"),
            [
                ("month", self.env._("Month-end"), "text"),
                *((f"b{s['code']}", s["label"], "amount") for s in found["series"]),
                ("total", self.env._("Total"), "amount"),
            ],
            rows,
            text=self._ageing_text(rows),
            chart={
                "kind": "stacked",
                "label": "month",
                "values": [f"b{code}" for code in codes],
            },
            currency=span.company.currency_id.name,
        )

    @api.model
    def _ageing_text(self, rows):
        if len(rows) > 1:
            return []
        return [
            self.env._(
                "No earlier month-end is frozen: they are read from the ledger in the "
                "background, see Snapshots."
            )
        ]

    @api.model
    def _pack_bridge(self, span):
        found = self._board()._board_bridge(span)
        return self._section(
            self.env._("What moved the overdue amount"),
            [
                ("label", self.env._("From the evening before to the end"), "text"),
                ("amount", self.env._("Amount"), "amount"),
            ],
            [{"label": row["label"], "amount": row["amount"]} for row in found],
            text=[
                self.env._(
                    "%(begin)s to %(end)s. Newly overdue is counted as it fell due.",
                    begin=format_date(self.env, span.begin),
                    end=format_date(self.env, span.date_to),
                )
            ],
            currency=span.company.currency_id.name,
        )

from statistics import median

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.debt_recovery.models.dispute_decide import LIVE


class DebtRecoveryReportDispute(models.AbstractModel):
    """Where disputes come from, how long they take, what was justified, and who owes an
    answer. Amounts are those of the opening, at the rate of the ledger."""

    _name = "debt.recovery.report.dispute.mixin"
    _description = "Report on Disputes"
    _inherit = ["debt.recovery.report.ask.mixin"]

    @api.model
    def _report_month_dispute(self, ask):
        mine, span = self._begin(ask)
        return mine._dispute_answer(span)

    @api.model
    def _dispute_answer(self, span):
        return self._answer(
            self.env._(
                "Disputes of %(company)s, %(period)s",
                company=span.company.name,
                period=self._period_label(span),
            ),
            [
                self._dispute_causes(span),
                self._dispute_owners(span),
                self._dispute_credits(span),
            ],
            notes=[
                self.env._(
                    "Days are calendar days from opening to decision. Contested "
                    "amounts are those of the opening, in %(currency)s at the rate of "
                    "the documents; enquiries and complaints have none.",
                    currency=span.company.currency_id.name,
                )
            ],
        )

    # DOMAINS

    @api.model
    def _dispute_in(self, span, *extra):
        """Disputes of the question, under the rights of its reader."""
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._kpi_domain(span, Domain("kind", "=", "dispute"), *extra)

    @api.model
    def _dispute_decided(self, span):
        return self.env["debt.recovery.kpi.reader"]._dispute_domain(span)

    @api.model
    def _dispute_late(self, span):
        return self._dispute_in(
            span, Domain("state", "=", "open"), Domain("date_due", "<", span.today)
        )

    # ROOT CAUSES

    @api.model
    def _dispute_causes(self, span):
        rows = self._read_causes(span)
        sums = self._totals(
            rows,
            *("opened", "contested", "decided", "decided_amount", "accepted"),
            *("live", "live_amount"),
        )
        if sums:
            whole = sums["decided_amount"]
            sums["share"] = 100 * sums["accepted"] / whole if whole else None
        return self._section(
            self.env._("Root causes"),
            [
                ("cause", self.env._("Root cause"), "text"),
                ("category", self.env._("Category"), "text"),
                ("opened", self.env._("Opened"), "integer"),
                ("contested", self.env._("Contested"), "amount"),
                ("decided", self.env._("Decided"), "integer"),
                ("days", self.env._("Days to resolve (median)"), "days"),
                ("accepted", self.env._("Accepted"), "amount"),
                ("share", self.env._("Share accepted"), "percent"),
                ("live", self.env._("Undecided now"), "integer"),
                ("live_amount", self.env._("Contested now"), "amount"),
            ],
            rows,
            totals=sums,
            empty=self.env._("No dispute was opened, decided or waits."),
            currency=span.company.currency_id.name,
            figures=self._dispute_figures(span, sums),
        )

    @api.model
    def _read_causes(self, span):
        """Rows by root cause and category, the most contested first."""
        reader = self.env["debt.recovery.kpi.reader"]
        opened = self._dispute_in(span, reader._kpi_within(span, "date_opened"))
        live = self._dispute_in(span, Domain("state", "in", LIVE))
        found = {}
        for domain, names in (
            (opened, ("opened", "contested")),
            (live, ("live", "live_amount")),
            (self._dispute_decided(span), ("decided", "decided_amount")),
        ):
            for key, *values in self._group_causes(domain):
                row = found.setdefault(key, self._empty_cause(key))
                row |= dict(zip(names, values[:2], strict=True))
                if names[0] == "decided":
                    row |= self._decided_part(*values)
        return sorted(
            found.values(),
            key=lambda row: (-row["contested"] - row["live_amount"], row["cause"]),
        )

    def _group_causes(self, domain):
        """((root cause, category), count, amount, accepted, days of each)"""
        groups = self.env["debt.recovery.dispute"]._read_group(
            domain,
            ["department", "category_id"],
            [
                "__count",
                "amount:sum",
                "amount_accepted:sum",
                "days_to_resolve:array_agg",
            ],
        )
        return [
            ((cause or "", category), *values) for cause, category, *values in groups
        ]

    @api.model
    def _empty_cause(self, key):
        cause, category = key
        numbers = (
            *("opened", "contested", "decided", "decided_amount", "accepted"),
            *("live", "live_amount"),
        )
        return dict.fromkeys(numbers, 0) | {
            "cause": cause or self.env._("Not known"),
            "category": category.name or "",
            "days": None,
            "share": None,
        }

    @api.model
    def _decided_part(self, _count, amount, accepted, days):
        return {
            "days": median(day or 0 for day in days),
            "accepted": accepted,
            "share": 100 * accepted / amount if amount else None,
        }

    @api.model
    def _dispute_figures(self, span, sums):
        board = self._board()
        answer = board._kpi(span, "dispute_days")
        return [
            {
                "label": self.env._("Days to resolve (median)"),
                "text": answer["text"],
                "change": "",
                "reason": " ".join(answer["reasons"]),
            },
            {
                "label": self.env._("Accepted"),
                "text": board._money(span, sums["accepted"] if sums else 0),
                "change": board._percent(sums["accepted"], sums["decided_amount"])
                if sums
                else "",
                "reason": "",
            },
            {
                "label": self.env._("Answers overdue"),
                "text": str(
                    self.env["debt.recovery.dispute"].search_count(
                        self._dispute_late(span)
                    )
                ),
                "change": "",
                "reason": "",
            },
        ]

    # OWNERS

    @api.model
    def _dispute_owners(self, span):
        """Who owes answers that are overdue today."""
        groups = self.env["debt.recovery.dispute"]._read_group(
            self._dispute_late(span),
            ["user_id"],
            ["__count", "amount:sum", "date_due:min"],
        )
        names = self._user_names([user.id for user, *_rest in groups])
        rows = [
            {
                "owner": names[user.id],
                "count": count,
                "amount": amount,
                "since": first,
                "days": (span.today - first).days,
            }
            for user, count, amount, first in groups
        ]
        rows.sort(key=lambda row: (-row["days"], row["owner"]))
        return self._section(
            self.env._("Answers overdue, by owner"),
            [
                ("owner", self.env._("Owner"), "text"),
                ("count", self.env._("Answers"), "integer"),
                ("amount", self.env._("Contested"), "amount"),
                ("since", self.env._("Oldest was due"), "date"),
                ("days", self.env._("Days late"), "days"),
            ],
            rows,
            totals=self._totals(rows, "count", "amount"),
            empty=self.env._("No answer is overdue."),
            currency=span.company.currency_id.name,
        )

    # CREDIT

    @api.model
    def _dispute_credits(self, span):
        """What was accepted against a credit note, and what of it is booked."""
        disputes = self.env["debt.recovery.dispute"].search(
            self._dispute_decided(span) & Domain("remedy", "=", "credit"),
            order="amount_accepted desc, id",
        )
        rows = [self._credit_row(dispute) for dispute in disputes]
        return self._section(
            self.env._("Credit notes"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("subject", self.env._("Dispute"), "text"),
                ("decided", self.env._("Decided"), "date"),
                ("accepted", self.env._("Accepted"), "amount"),
                ("credited", self.env._("Credit issued"), "amount"),
                ("missing", self.env._("Still to issue"), "amount"),
            ],
            rows,
            totals=self._totals(rows, "accepted", "credited", "missing"),
            empty=self.env._("Nothing was accepted against a credit note."),
            currency=span.company.currency_id.name,
        )

    @api.model
    def _credit_row(self, dispute):
        notes = dispute.sudo().credit_move_ids.filtered(lambda m: m.state == "posted")
        credited = -sum(notes.mapped("amount_total_signed"))
        return {
            "customer": dispute.partner_id.sudo().display_name,
            "subject": dispute.name,
            "decided": dispute.date_resolved,
            "accepted": dispute.amount_accepted,
            "credited": credited,
            "missing": max(0.0, dispute.amount_accepted - credited),
        }

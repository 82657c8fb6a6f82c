from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from .step_effect_sql import LONG

#: Rows of a section that lists customers.
MOST = 50
#: Sums of a step in the order in which they are read.
STEP_VALUES = (
    "sent",
    "short",
    "long",
    "replies",
    "disputes",
    "complaints",
    "refused",
    "cost",
)


class DebtRecoveryReportStrategy(models.AbstractModel):
    """The quarterly look at the strategies: what each step brought, what the contact
    rules stopped, and invoices that leave the agreed terms."""

    _name = "debt.recovery.report.strategy.mixin"
    _description = "Report on Strategies"

    def _report_quarter_strategy(self, ask):
        """Effect of the steps of a period, see ``debt.recovery.step.effect``."""
        return {
            "title": self.env._("Effect of the strategies"),
            "lead": self._strategy_lead(),
            "sections": self._strategy_sections(ask),
            "notes": self._strategy_notes(ask),
        }

    def _strategy_lead(self):
        return [
            self.env._(
                "Each payment counts once: for the last step that claimed the paid "
                "item, if the money came within %(days)s days after it.",
                days=LONG,
            ),
            self.env._(
                "A step followed by money is not proved to be its cause: a split test "
                "proves that."
            ),
        ]

    def _strategy_sections(self, ask):
        """Seam: sections of the report."""
        return [
            self._section_steps(ask),
            self._section_tests(ask),
            self._section_refusals(ask),
            self._section_terms(ask),
        ]

    def _strategy_notes(self, ask):
        today = ask["company"]._recovery_today()
        notes = [
            self.env._(
                "Money is cash matched with claimed items, in company currency; credit "
                "notes and discounts are none. Costs are those of the log."
            )
        ]
        if (today - ask["date_to"]).days < LONG:
            notes.append(
                self.env._(
                    "Steps of the last %(days)s days before %(day)s still have time to "
                    "bring money.",
                    days=LONG,
                    day=format_date(self.env, today),
                )
            )
        return notes

    # THE STEPS

    def _effect_domain(self, ask):
        filters = ask["filters"]
        domain = Domain("company_id", "=", ask["company"]._recovery_root().id)
        domain &= Domain("date", ">=", ask["date_from"])
        domain &= Domain("date", "<=", ask["date_to"])
        for key, fname in (("partner_ids", "partner_id"), ("user_ids", "user_id")):
            if filters.get(key) is not None:
                domain &= Domain(fname, "in", filters[key])
        return domain

    def _section_steps(self, ask):
        rows = self._step_rows(self._effect_domain(ask))
        return self._section(
            self.env._("Steps"),
            self._step_columns(),
            rows,
            totals=self._step_totals(rows),
            empty=self.env._("No step of a strategy was taken in this period."),
            chart={"kind": "column", "label": "step", "values": ["long"]},
            currency=ask["company"].currency_id.name,
        )

    def _step_columns(self):
        return [
            ("strategy", self.env._("Strategy"), "text"),
            ("step", self.env._("Step"), "text"),
            ("sent", self.env._("Sent"), "integer"),
            ("customers", self.env._("Customers"), "integer"),
            ("paying", self.env._("Paying"), "percent"),
            ("short", self.env._("Paid 7 days"), "amount"),
            ("long", self.env._("Paid 14 days"), "amount"),
            ("replies", self.env._("Replies"), "integer"),
            ("disputes", self.env._("Disputes"), "integer"),
            ("complaints", self.env._("Complaints"), "integer"),
            ("refused", self.env._("Refused"), "integer"),
            ("cost", self.env._("Cost"), "amount"),
        ]

    def _step_rows(self, domain):
        """One row per step and channel, in the order of the ladder."""
        effects = self.env["debt.recovery.step.effect"]
        keys = ["strategy_id", "step_id", "channel_id"]
        sums = ("sent", "amount_short", "amount_long", "replies", "disputes")
        sums = [f"{name}:sum" for name in (*sums, "complaints", "refused", "cost")]
        groups = effects._read_group(domain, keys, sums)
        reached = self._count_customers(domain & Domain("sent", "=", 1))
        paying = self._count_customers(domain & Domain("amount_long", ">", 0))
        rows = []
        for strategy, step, channel, *values in groups:
            key = (strategy, step, channel)
            customers = reached.get(key, 0)
            rows.append(
                {
                    "strategy": strategy.name or self.env._("Events"),
                    "step": f"{step.name} · {channel.name}",
                    "order": (strategy.sequence, strategy.id, step.sequence, step.id),
                    "customers": customers,
                    "paying": 100 * paying.get(key, 0) / customers
                    if customers
                    else None,
                    **dict(zip(STEP_VALUES, values, strict=True)),
                }
            )
        return sorted(rows, key=lambda row: row.pop("order"))

    def _count_customers(self, domain):
        groups = self.env["debt.recovery.step.effect"]._read_group(
            domain,
            ["strategy_id", "step_id", "channel_id"],
            ["partner_id:count_distinct"],
        )
        return {tuple(key): count for *key, count in groups}

    def _step_totals(self, rows):
        """Customers meet several steps: they are not added up."""
        if not rows:
            return None
        return {key: sum(row[key] for row in rows) for key in STEP_VALUES}

    # SPLIT TESTS

    def _section_tests(self, ask):
        """Tests that ran in the period; only managers and auditors see tests."""
        tests = self.env["debt.recovery.split.test"]
        if tests.has_access("read"):
            tests = tests.search(
                [
                    ("company_id", "=", ask["company"]._recovery_root().id),
                    ("state", "!=", "draft"),
                    ("date_start", "<=", ask["date_to"]),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", ask["date_from"]),
                ]
            )
        return self._section(
            self.env._("Split tests"),
            [
                ("test", self.env._("Test"), "text"),
                ("size_a", self.env._("Customers A"), "integer"),
                ("rate_a", self.env._("Paid A"), "percent"),
                ("size_b", self.env._("Customers B"), "integer"),
                ("rate_b", self.env._("Paid B"), "percent"),
                ("verdict", self.env._("Verdict"), "text"),
            ],
            [
                {
                    "test": test.name,
                    "size_a": test.size_a,
                    "rate_a": test.rate_a if test.size_a else None,
                    "size_b": test.size_b,
                    "rate_b": test.rate_b if test.size_b else None,
                    "verdict": test.verdict,
                }
                for test in tests
            ],
            empty=self.env._("No split test ran in this period."),
        )

    # WHAT THE RULES STOPPED

    def _section_refusals(self, ask):
        effects = self.env["debt.recovery.step.effect"]
        refused = self._effect_domain(ask) & Domain("state", "=", "refused")
        actions = self.env["debt.recovery.action"].browse(effects.search(refused).ids)
        counts = {}
        for action in actions.sudo():
            key = (action.channel_id.name, action.reason or action.verdict_text or "–")
            counts[key] = counts.get(key, 0) + 1
        rows = [
            {"channel": channel, "reason": reason, "count": count}
            for (channel, reason), count in counts.items()
        ]
        return self._section(
            self.env._("Stopped by the contact rules"),
            [
                ("channel", self.env._("Channel"), "text"),
                ("reason", self.env._("Why"), "text"),
                ("count", self.env._("Number"), "integer"),
            ],
            sorted(rows, key=lambda row: -row["count"]),
            totals={"count": len(actions)} if rows else None,
            empty=self.env._("The contact rules stopped nothing in this period."),
        )

    # TERMS

    def _section_terms(self, ask):
        rows = self._terms_rows(ask)
        listed = rows[:MOST]
        sums = {key: sum(row[key] for row in listed) for key in ("invoices", "amount")}
        return self._section(
            self.env._("Invoices that leave the agreed terms"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("agreed", self.env._("Agreed"), "text"),
                ("used", self.env._("On the invoices"), "text"),
                ("invoices", self.env._("Invoices"), "integer"),
                ("amount", self.env._("Amount"), "amount"),
            ],
            listed,
            text=[
                self.env._(
                    "The %(count)s customers with the largest amounts are listed.",
                    count=MOST,
                )
            ]
            if len(rows) > MOST
            else [],
            totals=sums if rows else None,
            empty=self.env._("Every invoice has the terms of its customer."),
            currency=ask["company"].currency_id.name,
        )

    def _terms_domain(self, ask):
        filters = ask["filters"]
        domain = Domain("company_id", "child_of", ask["company"]._recovery_root().id)
        domain &= Domain("move_type", "=", "out_invoice") & Domain(
            "state", "=", "posted"
        )
        domain &= Domain("invoice_date", ">=", ask["date_from"])
        domain &= Domain("invoice_date", "<=", ask["date_to"])
        if filters.get("partner_ids") is not None:
            domain &= Domain("commercial_partner_id", "in", filters["partner_ids"])
        return domain

    def _terms_rows(self, ask):
        """Customers whose invoices carry other terms than their record says; customers
        without terms of their own agreed on nothing."""
        groups = self.env["account.move"]._read_group(
            self._terms_domain(ask),
            ["commercial_partner_id", "invoice_payment_term_id"],
            ["__count", "amount_total_signed:sum"],
        )
        company = ask["company"]._recovery_root()
        rows = []
        for partner, used, count, amount in groups:
            agreed = partner.with_company(company).property_payment_term_id
            if agreed and agreed != used:
                rows.append(
                    {
                        "customer": partner.display_name,
                        "agreed": agreed.name,
                        "used": used.name or self.env._("None: a due date by hand"),
                        "invoices": count,
                        "amount": amount,
                    }
                )
        return sorted(rows, key=lambda row: -row["amount"])

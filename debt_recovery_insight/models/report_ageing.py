from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.buckets import MOST, BucketsError, parse_edges

#: Buckets when nobody chose.
EDGES = "30, 60, 90"


class DebtRecoveryReportAgeing(models.AbstractModel):
    """The ageing of the customers on any day, in buckets of choice, and its summary."""

    _name = "debt.recovery.report.ageing.mixin"
    _description = "Report of the Ageing"

    def _report_ageing(self, ask):
        """:raises UserError: for buckets or days that make no sense"""
        edges = self._edges(ask["filters"].get("edges"))
        company, day = ask["company"].sudo(), ask["date_to"]
        if day > company._recovery_today():
            raise UserError(
                self.env._(
                    "The day %(day)s is still to come: choose today or before.",
                    day=format_date(self.env, day),
                )
            )
        facts = self.env["debt.recovery.ageing"]._ageing(
            company, day, edges, ask["filters"]
        )
        return {
            "title": self.env._(
                "Ageing of %(company)s on %(day)s, in %(currency)s",
                company=company.name,
                day=format_date(self.env, day),
                currency=company.currency_id.name,
            ),
            "lead": [],
            "sections": [self._ageing_summary(facts), self._ageing_customers(facts)],
            "notes": self._ageing_ties(facts, ask["filters"]),
        }

    def _ageing_ties(self, facts, filters):
        """What the receivable accounts say on that day, where all customers are
        shown."""
        if any(filters.get(name) is not None for name in ("partner_ids", "user_ids")):
            return []
        company, currency = facts["company"], facts["company"].currency_id
        check = self.env["debt.recovery.snapshot.check"]
        ledger = float(check._ledger_balance(company, facts["day"]))
        apart = ledger - float(facts["totals"][-1])
        text = self.env._(
            "Receivable accounts in the ledger at the end of that day: %(ledger)s.",
            ledger=currency.format(ledger),
        )
        if currency.is_zero(apart):
            return [f"{text} {self.env._('The ageing ties.')}"]
        why = self.env._(
            "%(amount)s of it is never chased: own companies, items marked as no "
            "follow-up, receivables without a customer or of another kind.",
            amount=currency.format(apart),
        )
        return [f"{text} {why}"]

    def _edges(self, text):
        """:raises UserError: for borders that make no sense"""
        try:
            return parse_edges(EDGES if text is None else text)
        except BucketsError:
            raise UserError(
                self.env._(
                    "The buckets “%(text)s” cannot be used: enter up to %(most)s "
                    "rising numbers of days, such as 30, 60, 90.",
                    text=text,
                    most=MOST,
                )
            ) from None

    def _ageing_summary(self, facts):
        *parts, balance = facts["totals"]
        pairs = zip(facts["columns"][:-1], parts, strict=True)
        return self._section(
            self.env._("Summary"),
            [
                ("label", self.env._("Bucket"), "text"),
                ("amount", facts["columns"][-1], "amount"),
                ("share", self.env._("Share"), "percent"),
            ],
            [
                {
                    "label": label,
                    "amount": amount,
                    "share": 100 * amount / balance if balance else None,
                }
                for label, amount in pairs
            ],
            totals={"amount": balance, "share": 100 if balance else None},
            chart={"kind": "column", "label": "label", "values": ["amount"]},
        )

    def _ageing_customers(self, facts):
        keys = [f"c{number}" for number in range(len(facts["columns"]))]
        names = ("name", "ref", "user")
        return self._section(
            self.env._("Customers"),
            [
                ("name", self.env._("Customer"), "text"),
                ("ref", self.env._("Reference"), "text"),
                ("user", self.env._("Officer"), "text"),
                *(
                    (key, label, "amount")
                    for key, label in zip(keys, facts["columns"], strict=True)
                ),
            ],
            [
                {name: row[name] for name in names}
                | dict(zip(keys, row["amounts"], strict=True))
                for row in facts["rows"]
            ],
            totals=dict(zip(keys, facts["totals"], strict=True)),
            empty=self.env._("Nothing was open."),
        )

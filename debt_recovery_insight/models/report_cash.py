from odoo import models
from odoo.tools import format_date


class DebtRecoveryReportCash(models.AbstractModel):
    """Money that was taken from debtors and is not in the bank: receipts in hand, and
    cheques whose day has come. Both are told by the addon of the field work."""

    _name = "debt.recovery.report.cash.mixin"
    _description = "Report of Cash in Hand"

    def _report_cash_day(self, ask):
        company = ask["company"]
        rows = company.sudo()._recovery_unbanked(ask["date_to"])
        if (users := ask["filters"]["user_ids"]) is not None:
            rows = [row for row in rows if row["user_id"] in users]
        if (partners := ask["filters"]["partner_ids"]) is not None:
            rows = [row for row in rows if row["partner_id"] in partners]
        receipts = [row for row in rows if row["kind"] == "receipt"]
        cheques = [row for row in rows if row["kind"] == "instrument"]
        total = company.currency_id.format(sum(row["amount"] for row in rows))
        return {
            "title": self.env._(
                "Not in the bank on %(day)s",
                day=format_date(self.env, ask["date_to"]),
            ),
            "lead": [
                self.env._("%(total)s is in hand or to be banked.", total=total)
                if rows
                else self.env._("All money is with the bank.")
            ],
            "sections": [
                self._cash_holders(rows),
                self._cash_section(
                    self.env._("Receipts not booked"),
                    receipts,
                    self.env._("Every receipt is booked."),
                ),
                self._cash_section(
                    self.env._("Cheques to bank"),
                    cheques,
                    self.env._("No cheque is to be banked."),
                ),
            ],
            "notes": [],
        }

    def _cash_holders(self, rows):
        holders = {}
        for row in rows:
            found = holders.setdefault(row["holder"], {"count": 0, "amount": 0.0})
            found["count"] += 1
            found["amount"] += row["amount"]
            found["days"] = max(found.get("days", 0), row["days"])
        table = [{"holder": name} | found for name, found in holders.items()]
        return self._section(
            self.env._("Who holds it"),
            [
                ("holder", self.env._("Holder"), "text"),
                ("count", self.env._("Pieces"), "integer"),
                ("amount", self.env._("Amount"), "amount"),
                ("days", self.env._("Oldest (Days)"), "days"),
            ],
            sorted(table, key=lambda row: -row["amount"]),
            totals={
                "count": len(rows),
                "amount": sum(row["amount"] for row in rows),
            },
            empty=self.env._("Nobody holds money."),
        )

    def _cash_section(self, title, rows, empty):
        foreign = any(row["foreign"] for row in rows)
        return self._section(
            title,
            [
                ("name", self.env._("Number"), "text"),
                ("partner", self.env._("Customer"), "text"),
                ("means", self.env._("Means"), "text"),
                ("date", self.env._("Date"), "date"),
                ("amount", self.env._("Amount"), "amount"),
                *([("foreign", self.env._("As Written"), "text")] if foreign else ()),
                ("holder", self.env._("Holder"), "text"),
                ("state", self.env._("State"), "text"),
                ("days", self.env._("Days"), "days"),
            ],
            sorted(rows, key=lambda row: -row["days"]),
            totals={"amount": sum(row["amount"] for row in rows)},
            empty=empty,
        )

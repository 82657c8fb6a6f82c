from odoo import models
from odoo.tools import format_date


class DebtRecoveryReportLoss(models.AbstractModel):
    """What was given up, what came afterwards, and what should be given up. The facts
    come from the addon that writes off; without it the tables say so."""

    _name = "debt.recovery.report.loss.mixin"
    _description = "Reports of Losses"

    # WRITE-OFFS

    def _report_write_offs(self, ask):
        """Write-offs of the period by reason and by who decided, the tax inside them,
        money that came afterwards, and the days of the tax relief."""
        company, period = ask["company"], (ask["date_from"], ask["date_to"])
        found = self._loss_of(ask, company._recovery_write_offs(*period))
        lost = [row for row in found if not row["date_reversed"]]
        back = [row for row in found if row["date_reversed"]]
        after = self._loss_of(ask, company._recovery_after_write_off(*period))
        reliefs = self._loss_of(ask, company._recovery_tax_reliefs())
        return {
            "title": self.env._(
                "%(company)s: write-offs, %(begin)s – %(end)s",
                company=company.name,
                begin=format_date(self.env, ask["date_from"]),
                end=format_date(self.env, ask["date_to"]),
            ),
            "lead": [self._loss_lead(company, lost, after)],
            "sections": [
                self._loss_by_reason(lost),
                self._loss_by(
                    self.env._("By who decided"),
                    self.env._("Decided By"),
                    lost,
                    "approver",
                ),
                self._loss_list(lost),
                self._after_list(after),
                self._relief_list(reliefs, company._recovery_today()),
                *([self._back_list(back)] if back else []),
            ],
            "notes": self._loss_notes(company, reliefs),
        }

    def _loss_of(self, ask, rows):
        """Rows of the customers and officers asked for."""
        partners, users = (ask["filters"].get(k) for k in ("partner_ids", "user_ids"))
        if partners is not None:
            chosen = self.env["res.partner"].sudo().browse(partners)
            partners = set(chosen.commercial_partner_id.ids)
            rows = [row for row in rows if row["partner_id"] in partners]
        if users is not None:
            rows = [row for row in rows if row["user_id"] in users]
        return rows

    def _loss_lead(self, company, lost, after):
        money = company.currency_id.format
        return self.env._(
            "Written off: %(amount)s, of it tax to claim back: %(tax)s. Received on "
            "what was written off before: %(after)s.",
            amount=money(sum(row["amount"] for row in lost)),
            tax=money(sum(row["amount_tax"] for row in lost)),
            after=money(sum(row["amount"] for row in after)),
        )

    def _loss_by_reason(self, lost):
        section = self._loss_by(
            self.env._("By reason"), self.env._("Reason"), lost, "reason"
        )
        if len(section["rows"]) > 1:
            section["chart"] = {"kind": "column", "label": "name", "values": ["amount"]}
        return section

    def _loss_by(self, title, label, lost, key):
        groups = {}
        for row in lost:
            groups.setdefault(row[key], []).append(row)
        names = ("amount", "amount_tax", "amount_loss", "amount_recovered")
        rows = [
            {"name": name, "count": len(group)} | self._totals(group, *names)
            for name, group in groups.items()
        ]
        rows.sort(key=lambda row: -row["amount"])
        return self._section(
            title,
            [
                ("name", label, "text"),
                ("count", self.env._("Write-offs"), "integer"),
                *self._loss_columns(),
            ],
            rows,
            totals=self._totals(rows, "count", *names),
            empty=self.env._("Nothing was written off."),
        )

    def _loss_columns(self):
        return [
            ("amount", self.env._("Written Off"), "amount"),
            ("amount_tax", self.env._("Tax to Claim Back"), "amount"),
            ("amount_loss", self.env._("Loss"), "amount"),
            ("amount_recovered", self.env._("Recovered since"), "amount"),
        ]

    def _loss_list(self, lost):
        names = ("amount", "amount_tax", "amount_loss", "amount_recovered")
        return self._section(
            self.env._("Write-offs"),
            [*self._loss_head(), *self._loss_columns()],
            lost,
            totals=self._totals(lost, *names),
            empty=self.env._("Nothing was written off."),
        )

    def _loss_head(self):
        return [
            ("date", self.env._("Day"), "date"),
            ("name", self.env._("Write-off"), "text"),
            ("customer", self.env._("Customer"), "text"),
            ("reason", self.env._("Reason"), "text"),
            ("approver", self.env._("Decided By"), "text"),
        ]

    def _back_list(self, back):
        """Apart, so that no sum counts them."""
        return self._section(
            self.env._("Taken back"),
            [
                *self._loss_head(),
                ("amount", self.env._("Amount"), "amount"),
                ("date_reversed", self.env._("Taken Back"), "date"),
            ],
            back,
            totals=self._totals(back, "amount"),
        )

    def _after_list(self, after):
        return self._section(
            self.env._("Received after the write-off"),
            [
                ("date", self.env._("Day"), "date"),
                ("customer", self.env._("Customer"), "text"),
                ("name", self.env._("Write-off"), "text"),
                ("amount", self.env._("Received"), "amount"),
                ("amount_tax", self.env._("Tax Repaid"), "amount"),
                ("amount_income", self.env._("Income"), "amount"),
            ],
            after,
            totals=self._totals(after, "amount", "amount_tax", "amount_income"),
            empty=self.env._("No money came on what was written off before."),
        )

    def _relief_list(self, reliefs, today):
        rows = [row | {"state": self._relief_state(row, today)} for row in reliefs]
        return self._section(
            self.env._("Tax to claim back, as of today"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("number", self.env._("Invoice"), "text"),
                ("amount", self.env._("Tax"), "amount"),
                ("first", self.env._("Claim From"), "date"),
                ("last", self.env._("Claim Until"), "date"),
                ("state", self.env._("State"), "text"),
            ],
            rows,
            totals=self._totals(rows, "amount"),
            empty=self.env._("No tax waits to be claimed back."),
        )

    def _relief_state(self, row, today):
        """What is to be done with it now, in a few words."""
        if row["last"] and row["last"] < today:
            return self.env._("Lapsed")
        if row["first"] > today:
            return self.env._("Wait")
        if not row["has_evidence"]:
            return self.env._("Attach the evidence, then claim")
        return self.env._("Claim now")

    def _loss_notes(self, company, reliefs):
        notes = [
            self.env._("Amounts in %(name)s.", name=company.currency_id.name),
        ]
        if any(not row["is_confirmed"] for row in reliefs):
            notes.append(
                self.env._(
                    "The rule of a tax relief is not confirmed: ask your tax adviser "
                    "before you claim."
                )
            )
        return notes

    # CANDIDATES

    def _report_month_bad(self, ask):
        """Bad debts to decide on: problem accounts, items to write off, the allowance,
        and the days of the tax relief; as of today."""
        company = ask["company"]
        today = company._recovery_today()
        candidates = self._loss_of(ask, company._recovery_bad_debts())
        reliefs = self._loss_of(ask, company._recovery_tax_reliefs())
        problems = self._problem_rows(ask)
        allowance = company._recovery_allowance(ask["date_to"])
        return {
            "title": self.env._(
                "%(company)s: bad debts to decide on, %(day)s",
                company=company.name,
                day=format_date(self.env, today),
            ),
            "lead": [
                self.env._(
                    "Candidates for a write-off: %(amount)s. Tax that waits to be "
                    "claimed back: %(tax)s.",
                    amount=company.currency_id.format(
                        sum(row["amount"] for row in candidates)
                    ),
                    tax=company.currency_id.format(
                        sum(row["amount"] for row in reliefs)
                    ),
                )
            ],
            "sections": [
                self._candidate_section(candidates),
                self._allowance_section(company, allowance),
                self._relief_list(reliefs, today),
                self._problem_section(problems),
            ],
            "notes": self._loss_notes(company, reliefs),
        }

    def _candidate_section(self, candidates):
        rows = sorted(candidates, key=lambda row: -row["amount"])
        return self._section(
            self.env._("Candidates for a write-off"),
            [
                ("customer", self.env._("Customer"), "text"),
                ("number", self.env._("Invoice"), "text"),
                ("date_due", self.env._("Due Date"), "date"),
                ("days", self.env._("Days Overdue"), "days"),
                ("amount", self.env._("Open"), "amount"),
                ("reason", self.env._("Reason"), "text"),
                ("why", self.env._("Why"), "text"),
                ("state", self.env._("State"), "text"),
            ],
            rows,
            totals=self._totals(rows, "amount"),
            empty=self.env._("No rule proposes a write-off, and nobody asked for one."),
        )

    def _allowance_section(self, company, allowance):
        columns = [
            ("bucket", self.env._("Age"), "text"),
            ("exposure", self.env._("Open Items"), "amount"),
            ("rate", self.env._("Rate"), "percent"),
            ("specific", self.env._("Of It Specific"), "amount"),
            ("allowance", self.env._("Allowance"), "amount"),
            ("previous", self.env._("Last Time"), "amount"),
        ]
        title = self.env._("Allowance for expected losses")
        if not allowance:
            return self._section(
                title,
                columns,
                empty=self.env._("No allowance has been counted up to this day."),
            )
        names = ("exposure", "specific", "allowance", "previous")
        return self._section(
            title,
            columns,
            allowance["rows"],
            totals=self._totals(allowance["rows"], *names),
            text=[
                self.env._(
                    "%(name)s, %(method)s, %(state)s: %(amount)s, a change of "
                    "%(change)s against the books.",
                    name=allowance["name"],
                    method=allowance["method"].lower(),
                    state=allowance["state"].lower(),
                    amount=company.currency_id.format(allowance["amount"]),
                    change=company.currency_id.format(allowance["change"]),
                )
            ],
        )

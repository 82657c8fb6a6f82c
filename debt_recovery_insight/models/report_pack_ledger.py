from odoo import api, models
from odoo.tools import SQL, format_date


class DebtRecoveryReportPackLedger(models.AbstractModel):
    """How the figures of the pack tie to the receivable accounts."""

    _name = "debt.recovery.report.pack.ledger.mixin"
    _description = "Monthly Pack: Tie to the Ledger"

    @api.model
    def _pack_tie(self, span):
        """From the figures of the pack to the balance of the accounts."""
        if span.partner_ids is not None:
            return self._section(
                self.env._("Tie to the ledger"),
                text=[self.env._("Shown for the whole company only.")],
            )
        facts = span.once("tie", lambda: self._read_tie(span))
        labels = {
            "not_due": self.env._("Not due"),
            "overdue": self.env._("Overdue"),
            "credit": self.env._("Unmatched credits"),
            "apart": self.env._("Own companies, never chased, other receivables"),
            "balance": self.env._("Sum of the figures"),
            "ledger": self.env._("Receivable accounts in the ledger"),
            "difference": self.env._("Difference"),
        }
        return self._section(
            self.env._("Tie to the ledger"),
            [
                ("label", self._tie_day(facts), "text"),
                ("amount", self.env._("Amount"), "amount"),
            ],
            [{"label": labels[key], "amount": facts[key]} for key in labels],
            currency=span.company.currency_id.name,
        )

    @api.model
    def _tie_day(self, facts):
        day = format_date(self.env, facts["day"])
        if facts["taken"]:
            return self.env._(
                "%(day)s, frozen on %(taken)s",
                day=day,
                taken=format_date(self.env, facts["taken"]),
            )
        return self.env._("%(day)s, as the ledger is now", day=day)

    def _read_tie(self, span):
        """Amounts of the end of the period by part, what the ledger said, and when."""
        end = self._board()._position(span, span.date_to)
        checks = self.env["debt.recovery.snapshot.check"].sudo()
        check = checks.browse(end.check_id or [])
        if check:
            balance, ledger = check.amount_balance, check.ledger_balance
        else:
            balance = self._read_balance(span)
            ledger = checks._ledger_balance(span.company, span.date_to)
        reader = self.env["debt.recovery.kpi.reader"]
        balance, ledger = (reader._kpi_exact(float(x)) for x in (balance, ledger))
        counted = end.net
        return {
            "day": span.date_to,
            "taken": check.taken_at if check else None,
            "not_due": end.not_due,
            "overdue": end.overdue,
            "credit": end.credit,
            "apart": balance - counted,
            "balance": balance,
            "ledger": ledger,
            "difference": ledger - balance,
            "moved": check.moved if check else 0.0,
        }

    def _read_balance(self, span):
        """All rows of the day, those nobody chases among them."""
        checks = self.env["debt.recovery.snapshot.check"]
        rows = checks._ledger_sql(span.company, span.date_to)
        self.env.flush_all()
        query = SQL("SELECT COALESCE(SUM(i.residual), 0) FROM (%s) i", rows)
        return self.env.execute_query(query)[0][0]

    @api.model
    def _pack_notes(self, span):
        """What is booked since, and what the reader should know."""
        notes = [
            self.env._(
                "Amounts in %(currency)s at the rate of their documents, tax included; "
                "own companies and items marked as never chased are left out.",
                currency=span.company.currency_id.name,
            )
        ]
        if span.partner_ids is not None:
            return notes
        facts = span.once("tie", lambda: self._read_tie(span))
        currency = span.company.currency_id
        if not currency.is_zero(facts["moved"]):
            notes.append(
                self.env._(
                    "%(amount)s was booked into the period after it was frozen: it is "
                    "not in these figures.",
                    amount=currency.format(facts["moved"]),
                )
            )
        return notes

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.tools import SQL

from ..tools.ladder_facts import Stop

#: Share of the recent invoices that must carry the sent flag before a missing flag
#: means anything: firms that print or import never set it (practice 4.0).
SENT_SHARE = 0.8
RECENT_DAYS = 90
BANK_STALE_DAYS = 3


class DebtRecoveryRunBrakes(models.AbstractModel):
    """Reasons of our own not to write to a customer: books that lag behind the bank,
    invoices that never left the house, money that is collected by itself. Each names
    its remedy. What concerns the company is found once per run."""

    _name = "debt.recovery.run.brakes.mixin"
    _description = "Brakes of a Run"

    bank_stale_date = fields.Date(
        "Bank Books End On",
        readonly=True,
        help="Set when the latest bank line is older than three working days: "
        "automatic messages wait until statements are imported or the books are "
        "confirmed.",
    )
    checks_sent = fields.Boolean(
        readonly=True,
        help="This company marks its invoices as sent, so one without the mark was "
        "probably never sent and is not chased.",
    )

    def _note_brakes(self):
        """Find the brakes of the company, once per run."""
        self.write(
            {
                "bank_stale_date": self._find_stale_bank(),
                "checks_sent": self._is_sent_flag_used(),
            }
        )

    def _gather_facts(self, cases):
        gathered = super()._gather_facts(cases)
        line_ids = [
            line.id
            for facts in gathered.values()
            for line in facts.lines
            if line.collectable
        ]
        braked = self._find_braked_lines(line_ids)
        return {
            case: self._apply_brakes(facts, braked) for case, facts in gathered.items()
        }

    def _apply_brakes(self, facts, braked):
        """Braked items are not claimed; if nothing else is left, the case stops with
        the reason. A stale bank only stops what is automatic."""
        stops = list(facts.stops)
        chased = [line for line in facts.lines if line.collectable]
        codes = [braked[line.id] for line in chased if line.id in braked]
        if codes and len(codes) == len(chased):
            stops.append(self._prepare_brake(codes[0], len(codes)))
        if self.bank_stale_date:
            stops.append(self._prepare_brake("bank_stale", 0))
        lines = tuple(
            replace(line, collectable=Decimal(0)) if line.id in braked else line
            for line in facts.lines
        )
        return replace(facts, lines=lines, stops=tuple(stops))

    def _prepare_brake(self, code, count):
        labels = {
            "not_sent": self.env._(
                "%(count)s invoice(s) never sent; send them first", count=count
            ),
            "autopay": self.env._(
                "Collected automatically; waiting for the collection"
            ),
            "bank_stale": self.env._(
                "The bank books end on %(date)s; import statements or confirm the "
                "books",
                date=self.bank_stale_date,
            ),
        }
        return Stop(
            code=code,
            automatic_only=code == "bank_stale",
            until=None,
            label=labels[code],
        )

    # FINDING

    def _find_stale_bank(self):
        """Day of the latest bank line if it is too old to trust, else False. Only for
        companies that imported a line in the last 90 days."""
        company = self.company_id
        confirmed = company.recovery_books_date
        if confirmed and confirmed >= self.date:
            return False
        rows = self.env.execute_query(
            SQL(
                """SELECT MAX(m.date) FROM account_bank_statement_line l
                     JOIN account_move m ON m.id = l.move_id
                    WHERE l.company_id IN %s AND m.date BETWEEN %s AND %s""",
                tuple(company._recovery_branches().ids),
                self.date - timedelta(days=RECENT_DAYS),
                self.date,
            )
        )
        last = rows[0][0]
        if not last:
            return False
        calendar = company._recovery_calendar(last, self.date)
        limit = calendar.add_working_days(last, BANK_STALE_DAYS)
        return last if limit < self.date else False

    def _is_sent_flag_used(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FILTER (WHERE is_move_sent), COUNT(*)
                     FROM account_move
                    WHERE company_id IN %s AND move_type = 'out_invoice'
                      AND state = 'posted' AND invoice_date BETWEEN %s AND %s""",
                tuple(self.company_id._recovery_branches().ids),
                self.date - timedelta(days=RECENT_DAYS),
                self.date,
            )
        )
        sent, total = rows[0]
        return bool(total) and sent >= SENT_SHARE * total

    def _has_braked_lines(self):
        """Whether a brake on single items can bite in this company at all."""
        marked = [("recovery_autopay", "=", True)]
        models = ("account.payment.term", "account.payment.method.line")
        return self.checks_sent or any(
            self.env[model]
            .with_context(active_test=False)
            .search_count(marked, limit=1)
            for model in models
        )

    def _find_braked_lines(self, line_ids):
        """``{journal item id: brake code}`` of the items that must wait."""
        if not line_ids or not self._has_braked_lines():
            return {}
        rows = self._braked_sql(SQL("l.id IN %s", tuple(line_ids)))
        return {line: code for line, _partner, code in self.env.execute_query(rows)}

    def _braked_sql(self, condition):
        return SQL(
            """SELECT l.id, l.partner_id,
                      CASE WHEN %s THEN 'not_sent' ELSE 'autopay' END AS code
                 FROM account_move_line l JOIN account_move m ON m.id = l.move_id
                WHERE %s AND (%s OR %s)""",
            self._unsent_condition(),
            condition,
            self._unsent_condition(),
            self._autopay_condition(),
        )

    def _brakes_sql(self, cases):
        """Braked items of these cases, for the decisions that are carried over."""
        return SQL(
            """SELECT r.partner_id, b.id, b.code FROM (%s) r
                 JOIN (%s) b ON b.id = r.id""",
            self._lines_sql(cases),
            self._braked_sql(SQL("l.reconciled IS NOT TRUE")),
        )

    def _unsent_condition(self):
        if not self.checks_sent:
            return SQL("FALSE")
        return SQL("(m.move_type = 'out_invoice' AND m.is_move_sent IS NOT TRUE)")

    def _autopay_condition(self):
        """Marked terms or methods collect by themselves, until a collection failed or
        is overdue itself."""
        return SQL(
            """(COALESCE(l.date_maturity, l.date) >= %s
                AND (EXISTS (SELECT 1 FROM account_payment_term t
                              WHERE t.id = m.invoice_payment_term_id
                                AND t.recovery_autopay)
                  OR EXISTS (SELECT 1 FROM account_payment_method_line y
                              WHERE y.id = m.preferred_payment_method_line_id
                                AND y.recovery_autopay))
                AND NOT EXISTS (SELECT 1 FROM account_move__account_payment r
                                  JOIN account_payment y ON y.id = r.payment_id
                                 WHERE r.invoice_id = m.id
                                   AND y.state IN ('rejected', 'canceled')))""",
            self.date - timedelta(days=self.company_id.recovery_autopay_days),
        )

    def action_confirm_books(self):
        """The clerk says that all money is in the books: messages may leave today."""
        for run in self:
            company = run.company_id.sudo()
            company.recovery_books_date = company._recovery_today()
            run.sudo().bank_stale_date = False

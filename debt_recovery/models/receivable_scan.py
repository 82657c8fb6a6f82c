import itertools
from datetime import date
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .receivable_sql import id_array

#: Columns that the engine asks for again and again, with their types; none of the
#: document, so that the database need not read documents at all.
COLUMNS = {
    "id": "int",
    "move_id": "int",
    "partner_id": "int",
    "root_company_id": "int",
    "currency_id": "int",
    "date_due": "date",
    "days_overdue": "int",
    "is_credit": "bool",
    "amount_residual": "numeric",
    "amount_excluded": "numeric",
    "amount_in_payment": "numeric",
    "amount_not_due": "numeric",
    "amount_disputed": "numeric",
    "amount_agreed": "numeric",
    "amount_held": "numeric",
    "amount_collectable": "numeric",
    "amount_overdue": "numeric",
    "amount_credit": "numeric",
    "amount_not_due_currency": "numeric",
    "amount_collectable_currency": "numeric",
}
_numbers = itertools.count(1)


class Scan(NamedTuple):
    """What was read: ``partners`` None is everybody."""

    number: int
    day: date
    companies: frozenset
    partners: frozenset | None

    def covers(self, day, companies, partner_ids):
        return (
            self.day == day
            and self.companies == frozenset(companies.ids)
            and (
                self.partners is None
                or (partner_ids is not None and self.partners.issuperset(partner_ids))
            )
        )


class DebtRecoveryReceivableScan(models.AbstractModel):
    """One look at the ledger for all that the engine asks of it in one transaction.

    The rows stand in a temporary table that is empty again after the commit. A
    transaction reads one snapshot of the ledger, so a second look would see the same,
    at the price of planning and counting the waterfall once more. Only who has the
    context of a scan reads it; whoever changes what acts on the rows (a hold, a
    promise) forgets it. A scan that is gone, so or by commit or rollback, is not
    missed: the rows are read from the ledger then.
    """

    _name = "debt.recovery.receivable.scan.mixin"
    _description = "Scan of Receivable Rows"

    @api.model
    def _scan(self, today, companies, partner_ids=None):
        """Read the rows of these customers (None: all) once.

        :return: the context in which :meth:`_receivable_rows` takes them from there
        """
        self.env.flush_all()
        partners = partner_ids if partner_ids is None else frozenset(partner_ids)
        ids = frozenset(companies.ids)
        scan = Scan(next(_numbers), today, ids, partners)
        rows = self._receivable_sql(today, companies, partner_ids=partner_ids)
        self._scan_store(scan.number, rows)
        return {"recovery_scan": scan}

    @api.model
    def _forget_scan(self):
        """Something changed that acts on the rows: the rest reads the ledger."""
        if self.env.context.get("recovery_scan"):
            self.env.cr.execute("DELETE FROM debt_recovery_scan")

    @api.model
    def _scan_store(self, number, rows):
        columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
        typed = (
            SQL("%s %s", SQL.identifier(name), SQL(kind))  # pylint: disable=sql-injection
            for name, kind in COLUMNS.items()
        )
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE IF NOT EXISTS debt_recovery_scan (scan int, %s)
                   ON COMMIT DELETE ROWS""",
                SQL(", ").join(typed),
            )
        )
        self.env.cr.execute("SET LOCAL jit = off")  # compiling costs more than it wins
        self.env.cr.execute("DELETE FROM debt_recovery_scan")
        self.env.cr.execute(
            SQL(
                "INSERT INTO debt_recovery_scan (scan, %s) SELECT %s, %s FROM (%s) r",
                columns,
                number,
                columns,
                rows,
            )
        )

    @api.model
    def _receivable_rows(self, today, companies, partner_ids=None, line_ids=None):
        """As :meth:`_receivable_sql` with the columns above, from the scan of the
        context if there is one and it knows these customers."""
        scan = self.env.context.get("recovery_scan")
        covered = scan and scan.covers(today, companies, partner_ids)
        if not covered or not self._is_there(scan):
            return self._receivable_sql(today, companies, partner_ids, line_ids)
        parts = [SQL("TRUE")]
        if partner_ids is not None:
            parts.append(SQL("s.partner_id = ANY(%s)", id_array(partner_ids)))
        if line_ids is not None:
            parts.append(SQL("s.id = ANY(%s)", id_array(line_ids)))
        return SQL(
            "SELECT s.* FROM debt_recovery_scan s WHERE %s", SQL(" AND ").join(parts)
        )

    @api.model
    def _is_there(self, scan):
        return self.env.execute_query(
            SQL("SELECT 1 FROM debt_recovery_scan WHERE scan = %s LIMIT 1", scan.number)
        )

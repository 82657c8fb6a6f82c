from odoo.tests import tagged
from odoo.tools import SQL

from ..models.receivable_scan import COLUMNS
from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReceivableScan(RecoveryRunCommon):
    """What a run reads once is what the ledger says, and never longer than that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls._debtor("Scanned")
        cls.other = cls._debtor("Not Scanned")
        cls.invoice = cls._overdue_invoice(cls.debtor, 300, 5)
        cls._overdue_invoice(cls.other, 500, 9)
        cls.receivables = cls.env["debt.recovery.receivable"]
        cls.companies = cls.company._recovery_branches()

    def _scanned(self, partner_ids=None):
        scan = self.receivables._scan(MONDAY, self.companies, partner_ids)
        return self.receivables.with_context(**scan)

    def _rows(self, receivables, partner_ids=None):
        names = SQL(", ").join(map(SQL.identifier, COLUMNS))
        rows = receivables._receivable_rows(MONDAY, self.companies, partner_ids)
        sql = SQL("SELECT %s FROM (%s) r ORDER BY r.id", names, rows)
        return self.env.execute_query_dict(sql)

    def _ids(self, rows):
        return {row["partner_id"] for row in rows}

    def test_scan_is_what_the_ledger_says(self):
        known = self._rows(self.receivables)
        self.assertEqual(self._rows(self._scanned()), known)
        self.assertLessEqual({self.debtor.id, self.other.id}, self._ids(known))

    def test_scan_of_some_answers_for_them_alone(self):
        scanned = self._scanned(self.debtor.ids)
        self.assertEqual(
            self._ids(self._rows(scanned, self.debtor.ids)), {self.debtor.id}
        )
        self.assertEqual(
            self._ids(self._rows(scanned, self.other.ids)), {self.other.id}
        )
        self.assertIn(self.other.id, self._ids(self._rows(scanned)))

    def test_change_is_seen_once_the_scan_is_forgotten(self):
        scanned = self._scanned()
        self._pay(self.invoice, date=MONDAY)
        self.env.flush_all()
        self.assertIn(self.debtor.id, self._ids(self._rows(scanned)))
        self.assertNotIn(self.debtor.id, self._ids(self._rows(self.receivables)))
        scanned._forget_scan()
        self.assertNotIn(self.debtor.id, self._ids(self._rows(scanned)))

    def test_later_scan_and_rollback_end_the_former(self):
        first = self._scanned()
        with self.env.cr.savepoint() as savepoint:
            second = self._scanned(self.other.ids)
            self.assertIn(self.debtor.id, self._ids(self._rows(first)))
            savepoint.rollback()
        self.assertFalse(second._is_there(second.env.context["recovery_scan"]))
        self.assertIn(self.other.id, self._ids(self._rows(second, self.other.ids)))

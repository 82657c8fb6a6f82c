import base64
import doctest
import io
import unittest
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools import buckets
from .insight_common import InsightCommon


class TestToolsBuckets(unittest.TestCase):
    def test_examples(self):
        self.assertFalse(doctest.testmod(buckets).failed)

    def test_bad_input(self):
        for text in ("", "thirty", "30, 30", "60, 30", "0, 30", "-5", "99999"):
            with self.subTest(text=text), self.assertRaises(buckets.BucketsError):
                buckets.parse_edges(text)

    # a busy machine is no reason to fail
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sets(st.integers(1, 9999), min_size=1, max_size=6), st.integers(1, 20000))
    def test_every_day_is_in_one_bucket(self, days, day):
        found = [
            first
            for first, last in buckets.spans(tuple(sorted(days)))
            if first <= day and (last is None or day <= last)
        ]
        self.assertEqual(len(found), 1)


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgeingReport(InsightCommon):
    """The ageing as XLSX and PDF, for who may see what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Other Ltd")
        cls._overdue_invoice(cls.debtor, 1000, 20)
        cls._overdue_invoice(cls.debtor, 300, 120)
        cls._overdue_invoice(cls.debtor, 500, -10)
        cls._credit_note(cls.debtor, 50)
        cls.late = cls._overdue_invoice(cls.other, 4000, 40)
        cls._case(user_id=cls.officer.id)
        cls._case(cls.other, user_id=cls.other_officer.id)

    def _report(self, user, **vals):
        report = self.env["debt.recovery.report.make"].with_user(user)
        report = report.with_context(recovery_today=self._day(0))
        kind = self.env.ref("debt_recovery_insight.report_kind_ageing")
        vals = {"report_id": kind.id, "company_id": self.company.id, **vals}
        return report.create(vals)

    def _customers(self, user, **vals):
        return self._report(user, **vals)._answer()["sections"][1]

    def _amounts(self, user, **vals):
        """{customer: amounts in the order of the columns}"""
        section = self._customers(user, **vals)
        keys = [key for key, _label, kind in section["columns"] if kind == "amount"]
        names = {self.debtor.name: self.debtor.id, self.other.name: self.other.id}
        return {
            names[row["name"]]: [float(row[key]) for key in keys]
            for row in section["rows"]
        }

    def test_buckets_of_choice(self):
        found = self._amounts(self.manager, edges="15 100")
        self.assertEqual(found[self.debtor.id], [500, 0, 1000, 300, -50, 1750])
        self.assertEqual(found[self.other.id], [0, 0, 4000, 0, 0, 4000])

    def test_as_of_any_day(self):
        self._pay(self.late, date=self._day(0))
        now = self._amounts(self.manager)
        self.assertNotIn(self.other.id, now)
        before = self._amounts(self.manager, date_to=self._day(-1))
        self.assertEqual(before[self.other.id][2], 4000)

    def test_buckets_sum_to_the_ledger(self):
        self._book(7)
        for days in (0, -45, -200):
            section = self._customers(self.manager, date_to=self._day(days))
            *parts, balance = section["totals"].values()
            self.assertEqual(sum(parts), balance)
            ledger = self.checks._ledger_balance(self.company, self._day(days))
            self.assertEqual(balance, Decimal(str(ledger)))

    def test_officers_get_their_customers(self):
        found = self._amounts(self.officer, user_ids=self.other_officer.ids)
        self.assertEqual(list(found), [self.debtor.id])
        self.assertEqual(len(self._amounts(self.auditor)), 2)
        mine = self._amounts(self.manager, user_ids=self.officer.ids)
        self.assertEqual(list(mine), [self.debtor.id])

    def test_xlsx(self):
        report = self._report(self.manager)
        self.assertIn(str(report.id), report.action_xlsx()["url"])
        book = load_workbook(io.BytesIO(base64.b64decode(report.file)), data_only=True)
        self.assertEqual(book.worksheets[2].title, "Notes")
        sheet = book.worksheets[1]
        last = [cell.value for cell in sheet[sheet.max_row]]
        self.assertEqual((last[0], last[-1]), ("Total", 5750))
        self.assertEqual(sheet.cell(4, 1).value, "Other Ltd")
        self.assertTrue(sheet.auto_filter.ref)

    def test_xlsx_of_nothing(self):
        empty = self._debtor("Empty Ltd")
        report = self._report(self.manager, partner_ids=empty.ids)
        report.action_xlsx()
        self.assertTrue(report.file)

    def test_ties_to_the_ledger(self):
        note = self._report(self.manager)._answer()["notes"][0]
        self.assertIn("5,750.00. The ageing ties", note)
        excluded = self._overdue_invoice(self.debtor, 300, 10)
        self._receivable_line(excluded).no_followup = True
        note = self._report(self.manager)._answer()["notes"][0]
        self.assertIn("300.00 of it is never chased", note)
        self.assertFalse(self._report(self.officer)._answer()["notes"])

    def test_page(self):
        report = self._report(self.manager)
        report.action_preview()
        for text in ("Other Ltd", "4,000.00", "5,750.00", "31–60 days"):
            self.assertIn(text, report.preview)

    def test_bad_input(self):
        with self._refused("cannot be used: enter up to", UserError):
            self._report(self.manager, edges="soon").action_xlsx()
        with self._refused("still to come", UserError):
            self._report(self.manager, date_to=self._day(3)).action_pdf()

    def test_queries_do_not_grow(self):
        report = self._report(self.manager)
        report._answer()
        before = self.env.cr.sql_log_count
        report._answer()
        self.assertLess(self.env.cr.sql_log_count - before, 12)

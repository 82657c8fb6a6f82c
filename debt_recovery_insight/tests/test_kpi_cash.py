from datetime import timedelta
from decimal import Decimal

from odoo.tests import tagged

from .insight_common import InsightCommon
from .kpi_reference import Reference


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiCash(InsightCommon):
    """What came of the money that was expected four weeks ago."""

    def _hit(self, first=-27, last=0):
        return self.company._recovery_kpi("cash_hit", self._day(first), self._day(last))

    def _is_hit(self, received, expected):
        parts = self._hit()["parts"]
        self.assertEqual((parts["received"], parts["expected"]), (received, expected))

    def test_equals_the_plain_count(self):
        self._book(seed=41, invoices=40)
        self._refresh()
        found = []
        for first, last in ((-27, 0), (-89, -30), (-200, -100)):
            received, expected = self._count(self._day(first), self._day(last))
            parts = self._hit(first, last)["parts"]
            self.assertAlmostEqual(parts["expected"], expected, 2)
            self.assertAlmostEqual(parts["received"], received, 2)
            found.append(expected)
        self.assertTrue(any(found))

    def _count(self, first, last):
        """Item by item: expected in the period, and the money on it."""
        received = expected = Decimal(0)
        begin = first - timedelta(days=1)
        calendar = self.company._recovery_calendar(self._day(-900), self._day(90))
        for item in Reference(self.env, self.company).items:
            rest = item.open_on(begin)
            line = self.env["account.move.line"].browse(item.id)
            habit = self._behaviour(line.partner_id) or self._behaviour()
            usual = calendar.next_working(item.due) + timedelta(days=habit.median_days)
            if rest <= 0 or not first <= usual <= last:
                continue
            cash = [
                amount
                for day, amount, kind, _date in item.matches
                if kind == "cash" and first <= day <= last
            ]
            expected += rest
            received += min(rest, sum(cash))
        return received, expected

    def _late(self, amount, days=10):
        """An invoice of two months ago; its receivable item and its case."""
        invoice = self._overdue_invoice(
            self.debtor, amount, days, invoice_date=self._day(-60)
        )
        return self._receivable_line(invoice), self._case(user_id=self.officer.id)

    def test_contested_items_are_not_expected(self):
        self._late(500)
        item, case = self._late(300, days=5)
        self._is_hit(0, 800)
        dispute = case._open_dispute(items=[(item, 300)])
        self._is_hit(0, 800)
        dispute.sudo().date_opened = self._day(-40)
        self._is_hit(0, 500)

    def test_instalments_are_expected_as_agreed(self):
        item, case = self._late(500, days=40)
        promise = case._take_promise(self._day(3), items=item).sudo()
        promise.date_signed = self._day(-40)
        promise.instalment_ids.date_due = self._day(-5)
        self._is_hit(0, 500)
        promise.instalment_ids.write(
            {"amount_paid": 500, "state": "paid", "date_paid": self._day(-4)}
        )
        self._is_hit(500, 500)
        promise.state = "cancelled"
        self.assertIsNone(self._hit()["value"])

    def test_nothing_expected_says_so(self):
        answer = self._hit()
        self.assertIsNone(answer["value"])
        self.assertIn("No money was expected", answer["reasons"][0])

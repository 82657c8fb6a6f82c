from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, warmup

from ..tools.behaviour import Item, late_probability, measure
from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestBehaviour(InsightCommon):
    """How customers pay, counted set by set."""

    def _reference(self, partner):
        """The same figures, one invoice after the other, through the ORM."""
        calendar = self.company._recovery_calendar(self._day(-800), self._day(30))
        items = []
        for line in self._invoice_lines(partner):
            due = calendar.next_working(line.date_maturity)
            settled = self._settled_on(line)
            if line.reconciled and not settled:
                continue  # credited: nobody paid it
            items.append(Item(line.id, due, self._exact(line.balance), settled))
        return measure(items, self.today, self.company.recovery_late_grace)

    def _invoice_lines(self, partner):
        lines = self.env["account.move.line"].search(
            [
                ("partner_id", "=", partner.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("move_id.move_type", "=", "out_invoice"),
                ("parent_state", "=", "posted"),
            ]
        )
        return lines.filtered(lambda line: line.date_maturity < self.today)

    def _settled_on(self, line):
        if not line.reconciled:
            return None
        partials = line.matched_credit_ids
        exchange = partials.exchange_move_id
        credits = partials.credit_move_id.filtered(
            lambda c: c.move_id.move_type != "out_refund" and c.move_id not in exchange
        )
        return max(credits.mapped("date"), default=None)

    def test_sql_equals_the_plain_count(self):
        moves = self._book(seed=7)
        self._refresh()
        compared = 0
        for partner in moves.partner_id:
            wanted, row = self._reference(partner), self._behaviour(partner)
            self.assertEqual(row.invoice_count, wanted.count, partner.name)
            self.assertEqual(row.late_count, wanted.late)
            self.assertEqual(row.settled_count, wanted.settled)
            for name in ("average", "recent", "before", "median", "trend"):
                fname = {
                    "average": "days_late",
                    "recent": "days_late_recent",
                    "before": "days_late_before",
                    "median": "median_days",
                    "trend": "trend_days",
                }[name]
                value = getattr(wanted, name)
                self.assertAlmostEqual(row[fname], float(value or 0), 1, fname)
            compared += bool(wanted.count)
        self.assertGreater(compared, 1)

    def test_probability_draws_towards_the_book(self):
        other = self._debtor("Other")
        for _n in range(6):
            self._paid(20)
        for _n in range(6):
            self._paid(0, debtor=other)
        self._refresh()
        row = self._behaviour(self.debtor)
        wanted = late_probability(6, 6, self._behaviour().late_share)
        self.assertAlmostEqual(row.probability, float(wanted), 4)
        self.assertTrue(row.is_known)
        self.assertEqual(row.estimate_text, "77 % (6 of 6 late)")

    def test_short_history_says_so(self):
        self._paid(20)
        self._refresh()
        self.assertEqual(
            self._behaviour(self.debtor).estimate_text,
            "not enough history (1 of at least 5 invoices)",
        )

    def test_own_dso_beside_that_of_odoo(self):
        self._overdue_invoice(self.debtor, 300, 10)
        partner = self.debtor.with_context(recovery_today=self._day(0))
        partner = partner.with_company(self.company)
        self.assertEqual(partner.recovery_dso_text, "90.0 days")
        self._paid(0, ago=20, amount=300)
        partner.invalidate_recordset()
        self.assertEqual(partner.recovery_dso_text, "45.0 days")
        other = self._debtor("Nothing")
        self.assertEqual(other.with_company(self.company).recovery_dso_text, "–")

    def test_weekend_due_date_moves_to_monday(self):
        """Due on Saturday, paid on Thursday: three days after Monday are in time."""
        invoice = self._overdue_invoice(self.debtor, 100, 9)  # Saturday
        self.assertEqual(invoice.invoice_date_due.weekday(), 5)
        self._pay(invoice, date=self._day(-4))
        self._refresh()
        row = self._behaviour(self.debtor)
        self.assertEqual((row.late_count, row.days_late), (0, 3))

    def test_contested_items_leave_both_sides_and_return_when_rejected(self):
        self._paid(20)
        contested = self._overdue_invoice(self.debtor, 500, 40)
        case = self._case(user_id=self.officer.id)
        dispute = self._contest(case, contested)
        self._refresh()
        self.assertEqual(self._behaviour(self.debtor).invoice_count, 1)
        dispute.state = "rejected"
        self._refresh()
        self.assertEqual(self._behaviour(self.debtor).invoice_count, 2)

    def _contest(self, case, invoice):
        line = self._receivable_line(invoice)
        dispute = self.env["debt.recovery.dispute"].create(
            {
                "case_id": case.id,
                "name": "Wrong price",
                "line_ids": [
                    (0, 0, {"move_line_id": line.id, "amount_currency": 500.0})
                ],
            }
        )
        return dispute.sudo()

    def test_unpaying_returns_the_figures(self):
        invoice = self._paid(0)
        self._refresh()
        self.assertEqual(self._behaviour(self.debtor).late_count, 0)
        invoice.line_ids.remove_move_reconcile()
        self._refresh()
        row = self._behaviour(self.debtor)
        self.assertEqual((row.late_count, row.settled_count), (1, 0))
        self.assertEqual(row.date_oldest_overdue, self.today - timedelta(days=60))

    def test_returned_payment_is_counted(self):
        payment = self._customer_payment(self.debtor, 50, date=self._day(-20))
        self._paid(0)
        payment.move_id._reverse_moves([{"date": self._day(-10)}], cancel=True)
        self._refresh()
        self.assertEqual(self._behaviour(self.debtor).returned_count, 1)

    def test_company_without_history(self):
        self._refresh()
        book = self._behaviour()
        self.assertEqual((book.invoice_count, len(book)), (0, 1))
        self.assertIn("not enough history", book.estimate_text)

    def test_second_refresh_keeps_the_rows_and_forgets_the_gone(self):
        invoice = self._paid(0)
        self._refresh()
        row = self._behaviour(self.debtor)
        self._refresh()
        self.assertEqual(self._behaviour(self.debtor), row)
        invoice.button_draft()
        self._refresh()
        self.assertFalse(self._behaviour(self.debtor))

    def test_nobody_edits_it(self):
        self._paid(0)
        self._refresh()
        row = self._behaviour(self.debtor)
        with self._refused("counted from the ledger", UserError):
            row.probability = 0
        with self.assertRaises(AccessError):
            row.with_user(self.manager).unlink()

    def test_the_daily_run_refreshes_and_the_case_tells(self):
        for late in (10, 20, 30, 40, 50):
            self._paid(late)
        self._overdue_invoice(self.debtor, 1000, 20)
        self._run()
        case = self._case()
        self.env.invalidate_all()
        card = {row[1]: row[2] for row in case.with_user(self.officer).behaviour_card}
        self.assertEqual(card["Likely late"], "100 % (6 of 6 late)")

    def test_only_what_changed_is_written(self):
        """Who paid stays as counted; who does not pay is a day later every day."""
        other = self._debtor("Paid Ltd")
        self._paid(10, debtor=other)
        self._overdue_invoice(self.debtor, 100, 20)
        self._refresh()
        self._refresh(days=1)
        self.assertEqual(self._behaviour(other).date_computed, self.today)
        row = self._behaviour(self.debtor)
        self.assertEqual((row.date_computed, row.days_late), (self._day(1), 21))

    @warmup
    def test_customers_cost_no_queries(self):
        self._overdue_invoice(self.debtor, 100, 20)
        self._refresh()
        start = self.env.cr.sql_log_count
        self._refresh()
        few = self.env.cr.sql_log_count - start
        for number in range(8):
            self._overdue_invoice(self._debtor(f"More {number}"), 100, 20)
        self.env.flush_all()
        with self.assertQueryCount(few):
            self._refresh()

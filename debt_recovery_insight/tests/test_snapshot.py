from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .insight_common import InsightCommon

FEBRUARY = date(2025, 2, 28)


@tagged("post_install", "-at_install", "debt_recovery")
class TestSnapshot(InsightCommon):
    """Frozen figures tie to the ledger."""

    def _take(self, day=None, kind="month", live=True):
        return self.checks._take(self.company, day or self.today, kind, live)

    def _ledger(self, day):
        """Balance of the receivable accounts, plainly."""
        lines = self.env["account.move.line"].search(
            [
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
                ("company_id", "=", self.company.id),
            ]
        )
        return sum(lines.mapped("balance"))

    def test_snapshots_sum_to_the_ledger_on_any_day(self):
        self._book(seed=11)
        for days in (-200, -90, -31, -3, 0):
            for live in (True, False):
                check = self.checks.create(
                    {
                        "company_id": self.company.id,
                        "date": self._day(days),
                        "kind": "month" if live else "day",
                    }
                )
                check._freeze(live and not days)
                with self.subTest(days=days, live=live):
                    self.assertAlmostEqual(check.difference, 0, 2)
                    ledger = self._ledger(self._day(days))
                    self.assertAlmostEqual(check.amount_balance, ledger, 2)
                    self.assertTrue(check.snapshot_ids)

    def test_day_and_month_have_the_same_total_and_buckets_sum(self):
        self._book(seed=5)
        day, month = self._take(kind="day"), self._take()
        self.assertAlmostEqual(day.amount_balance, month.amount_balance, 2)
        for name in ("amount_balance", "amount_overdue", "amount_collectable"):
            sums = [sum(c.snapshot_ids.mapped(name)) for c in (day, month)]
            self.assertAlmostEqual(*sums, 2)

    def test_components_of_a_live_row_add_up(self):
        self._book(seed=9)
        parts = ("excluded", "in_payment", "not_due", "disputed", "agreed", "held")
        for row in self._take().snapshot_ids:
            if row.bucket == "other":
                continue
            total = sum(row[f"amount_{name}"] for name in parts)
            total += row.amount_collectable + row.amount_credit
            self.assertAlmostEqual(total, row.amount_balance, 2)

    def test_bridge_is_frozen_too(self):
        self._overdue_invoice(self.debtor, 1000, 45)
        case = self._case(user_id=self.officer.id)
        case._take_promise(self._day(5), 400)
        row = self._take().snapshot_ids.filtered(lambda r: r.partner_id == self.debtor)
        self.assertEqual((row.bucket, row.user_id), ("2", self.officer))
        self.assertEqual(row.amount_agreed, 400)
        self.assertEqual(row.amount_collectable, 600)
        self.assertEqual(row.amount_overdue, 1000)
        self.assertEqual(row.amount_days, 45000)

    def test_past_month_shows_what_was_open_then(self):
        """Paid in March, open in February; invoiced in March, unknown in February."""
        paid = self._overdue_invoice(self.debtor, 1000, 40)
        self._pay(paid, date=self._day(-1))
        self._overdue_invoice(self.debtor, 70, -20, invoice_date=self._day(-1))
        rows = self._take(FEBRUARY, live=False).snapshot_ids
        row = rows.filtered(lambda r: r.partner_id == self.debtor)
        self.assertEqual(row.mapped("amount_balance"), [1000])
        self.assertEqual(row.amount_overdue, 1000)
        self.assertFalse(row.check_id.is_live)

    def test_later_booking_moves_nothing_but_is_shown(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 40)
        check = self._take(FEBRUARY, live=False)
        self._pay(invoice, date=self._day(-20))
        self.env.invalidate_all()
        self.assertEqual(sum(check.snapshot_ids.mapped("amount_balance")), 1000)
        self.assertEqual((check.difference, check.moved), (0, -1000))

    def test_payment_in_draft_and_items_without_customer_tie(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 40)
        payment = self._pay(invoice)
        payment.action_draft()
        entry = self.env["account.move"].create(
            {
                "date": self._day(-2),
                "line_ids": [
                    (0, 0, {"account_id": account.id, "debit": debit, "credit": credit})
                    for account, debit, credit in (
                        (self.company_data["default_account_receivable"], 30, 0),
                        (self.company_data["default_account_revenue"], 0, 30),
                    )
                ],
            }
        )
        entry.action_post()
        check = self._take()
        self.assertEqual((check.amount_balance, check.difference), (1030, 0))

    def test_the_daily_run_takes_each_once(self):
        self._overdue_invoice(self.debtor, 1000, 40)
        self._run()
        found = self.checks.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {(c.kind, c.date) for c in found if c.state == "done"},
            {("day", self.today), ("month", FEBRUARY)},
        )
        self.assertTrue(all(c.is_live for c in found if c.state == "done"))
        counts = found.mapped("row_count")
        self._run()
        self.assertEqual(found.mapped("row_count"), counts)

    def test_past_months_are_read_in_the_background(self):
        self._overdue_invoice(self.debtor, 1000, 100)
        self.company.recovery_backfill_months = 3
        waiting = self.checks._plan_backfill(self.company)
        self.assertEqual(waiting.mapped("state"), ["waiting"] * 3)
        cron = self.env.ref("debt_recovery_insight.ir_cron_backfill")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(waiting.mapped("state"), ["done"] * 3)
        self.assertFalse(any(waiting.mapped("difference")))
        self.assertFalse(self.checks._plan_backfill(self.company))

    def test_company_without_receivables(self):
        self._setup_company_2()
        company = self.company_2
        self.assertFalse(self.checks._plan_backfill(company))
        check = self.checks._take(company, self.today, "day")
        self.assertEqual((check.state, check.row_count), ("done", 0))

    def test_frozen_for_everybody(self):
        self._overdue_invoice(self.debtor, 1000, 40)
        check = self._take()
        row = check.snapshot_ids[0]
        with self._refused("frozen", UserError):
            row.sudo().amount_balance = 0
        with self._refused("frozen", UserError):
            row.sudo().unlink()
        with self._refused("frozen", UserError):
            check.sudo().unlink()
        with self.assertRaises(AccessError):
            row.with_user(self.officer).read(["amount_balance"])
        self.assertTrue(row.with_user(self.manager).read(["amount_balance"]))

    def test_branches_stand_in_their_root(self):
        branch = self._setup_branch()
        self._overdue_invoice(self.debtor, 500, 40, company=branch)
        check = self._take()
        self.assertEqual((check.amount_balance, check.difference), (500, 0))

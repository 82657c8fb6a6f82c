from datetime import timedelta

from odoo.tests import tagged, warmup

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestCaseFigures(DebtRecoveryCommon):
    """Stored figures follow the ledger in the same transaction, in every direction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 10)
        cls.case = cls._case(cls.debtor)

    def _figures(self):
        self.env.cr.flush()
        return (
            self.case.amount_overdue,
            self.case.amount_collectable,
            self.case.amount_credit,
        )

    def test_opening_reads_the_ledger(self):
        self.assertEqual(self._figures(), (1000, 1000, 0))
        self.assertEqual(self.case.date_oldest_due, self.today - timedelta(days=10))
        self.assertEqual(self.case.days_overdue, 10)
        self.assertEqual(self.case.figures_date, self.today)

    def test_new_invoice_raises_them(self):
        self._overdue_invoice(self.debtor, 500, 5)
        self.assertEqual(self._figures(), (1500, 1500, 0))

    def test_partial_payment_and_undoing_it(self):
        payment = self._pay(self.invoice, amount=400)
        self.assertEqual(self._figures(), (600, 600, 0))
        lines = payment.move_id.line_ids | self.invoice.line_ids
        lines.remove_move_reconcile()
        self.assertEqual(self._figures(), (1000, 1000, -400))

    def test_credit_note_matched_and_not(self):
        refund = self._credit_note(self.debtor, 300)
        self.assertEqual(self._figures(), (1000, 1000, -300))
        lines = self._receivable_line(refund) | self._receivable_line(self.invoice)
        lines.reconcile()
        self.assertEqual(self._figures(), (700, 700, 0))

    def test_invoice_back_to_draft_and_cancelled(self):
        second = self._overdue_invoice(self.debtor, 500, 5)
        second.button_draft()
        self.assertEqual(self._figures(), (1000, 1000, 0))
        second.action_post()
        self.assertEqual(self._figures(), (1500, 1500, 0))
        second.button_draft()
        second.button_cancel()
        self.assertEqual(self._figures(), (1000, 1000, 0))

    def test_due_date_and_no_followup_edited(self):
        self._receivable_line(self.invoice).date_maturity = self.today
        self.assertEqual(self._figures(), (0, 0, 0))

    def test_excluded_is_shown_apart(self):
        self._overdue_invoice(self.debtor, 500, 5).no_followup = True
        self.assertEqual(self._figures(), (1000, 1000, 0))
        self.assertEqual(self.case.amount_excluded, 500)

    def test_blocking_moves_to_held(self):
        self.invoice.action_toggle_block_payment()
        self.assertEqual(self._figures(), (1000, 0, 0))
        self.assertEqual(self.case.amount_held, 1000)
        self.invoice.action_toggle_block_payment()
        self.assertEqual(self._figures(), (1000, 1000, 0))

    def test_hold_placed_and_released(self):
        hold = self._hold("goodwill", self.case)
        self.assertEqual(self._figures(), (1000, 0, 0))
        self.assertEqual(self.case.stage_id.code, "paused")
        hold.date_released = self.today
        self.assertEqual(self._figures(), (1000, 1000, 0))
        self.assertEqual(self.case.stage_id.code, "new")

    def test_payment_reset_to_draft_keeps_its_matching(self):
        payment = self._pay(self.invoice, amount=400)
        payment.action_draft()
        row = self.env["debt.recovery.receivable"].search(
            [("move_id", "=", self.invoice.id)]
        )
        self.assertEqual(self._figures()[0], row.amount_overdue)

    def test_branch_invoice_counts_at_the_root(self):
        branch = self._setup_branch()
        self._overdue_invoice(self.debtor, 250, 8, company=branch)
        self.assertEqual(self._figures(), (1250, 1250, 0))

    def test_other_company_keeps_its_own_case(self):
        company = self._setup_company_2()
        self._overdue_invoice(self.debtor, 250, 8, company=company)
        other = self._case(self.debtor, company=company)
        self.assertEqual(self._figures(), (1000, 1000, 0))
        self.assertEqual(other.amount_overdue, 250)

    def test_drift_is_found(self):
        self.env.cr.execute(
            "UPDATE debt_recovery_case SET amount_overdue = 1 WHERE id = %s",
            [self.case.id],
        )
        self.case.invalidate_recordset()
        self.assertEqual(self.case._refresh_figures(), self.case)
        self.assertEqual(self._figures(), (1000, 1000, 0))
        self.assertFalse(self.case._refresh_figures())

    @warmup
    def test_customer_without_a_case_costs_one_query(self):
        other = self._debtor("No Case Ltd")
        cases = self.env["debt.recovery.case"]
        self.env.flush_all()
        with self.assertQueryCount(1):
            cases._mark_partners(other.ids)
            self.env.cr.flush()

from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementJudge(AgreementCommon):
    """Promises are judged from the ledger: through Odoo's own payment wizard,
    reconciliation, un-reconciliation, credit notes and foreign money."""

    # KEPT OR NOT

    def test_kept_as_soon_as_the_money_is_in(self):
        promise = self._promise()
        self._pay(self.invoice, date=self._day(3))
        self.assertEqual(self._judge(promise, 3), "kept")
        self.assertEqual(promise.instalment_ids.state, "paid")
        self.assertEqual(promise.instalment_ids.date_paid, self._day(3))
        self.assertEqual(promise.progress, 100)
        self.assertEqual(promise.screen_state, "kept")

    def test_kept_late_within_the_grace(self):
        promise = self._promise()
        self._pay(self.invoice, date=self._day(9))
        self.assertEqual(self._judge(promise, 10), "kept_late")

    def test_part_of_it_is_not_enough(self):
        promise = self._promise()
        self._pay(self.invoice, amount=5000, date=self._day(5))
        self.assertEqual(self._judge(promise, 5), "active")
        self.assertEqual(promise.amount_open, 800)
        self.assertEqual(self._judge(promise, 11), "partly_kept")
        self.assertEqual(promise.screen_state, "broken")

    def test_ninety_five_per_cent_are(self):
        promise = self._promise()
        self._pay(self.invoice, amount=5510, date=self._day(5))
        self.assertEqual(self._judge(promise, 5), "kept")

    def test_broken_after_its_grace(self):
        promise = self._promise()
        self.assertEqual(self._judge(promise, 10), "active")
        self.assertEqual(self._judge(promise, 11), "broken")
        self.assertEqual(promise.date_broken, self._day(11))

    def test_money_of_before_is_no_fulfilment(self):
        self._pay(self.invoice, amount=1000, date=self._day(-3))
        promise = self._promise()
        self.assertEqual(promise.line_ids.amount_covered, 4800)
        self.assertEqual(self._judge(promise, 11), "broken")

    def test_a_statement_entered_late_counts_by_its_date(self):
        promise = self._promise()
        self.assertEqual(self._judge(promise, 12), "broken")
        self._pay(self.invoice, date=self._day(6))
        self.assertEqual(self._judge(promise, 13), "kept")
        self.assertFalse(promise.date_broken)

    # UNDOING

    def test_undone_payment_opens_the_verdict_again(self):
        promise = self._promise()
        self._pay(self.invoice, date=self._day(3))
        self._judge(promise, 3)
        self._matched(self.invoice).unlink()
        self.assertEqual(self._judge(promise, 4), "active")
        self.assertEqual(promise.amount_paid, 0)
        self.assertFalse(promise.instalment_ids.date_paid)
        self.assertEqual(self._judge(promise, 11), "broken")

    def test_returned_payment_after_the_day_breaks_it(self):
        promise = self._promise()
        payment = self._pay(self.invoice, date=self._day(3))
        self._judge(promise, 3)
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertEqual(self._judge(promise, 20), "broken")

    def test_locked_after_thirty_days(self):
        promise = self._promise()
        self._pay(self.invoice, date=self._day(3))
        self._judge(promise, 3)
        self._at(promise, 32)._lock_old_verdicts()
        self.assertFalse(promise.locked)
        self._at(promise, 33)._lock_old_verdicts()
        self.assertTrue(promise.locked)
        self._matched(self.invoice).unlink()
        self.assertEqual(self._judge(promise, 40), "kept")

    def test_reopened_after_its_items_were_agreed_anew(self):
        promise = self._promise(amount=1000)
        self._pay(self.invoice, amount=1000, date=self._day(1))
        self._judge(promise, 1)
        second = self._promise(days=14)
        self._matched(self.invoice).unlink()
        self.assertEqual(self._judge(promise, 2), "kept", "another one covers the item")
        self.assertEqual(second.state, "active")

    # WHAT COUNTS

    def test_credit_notes_lower_the_debt_but_pay_nothing(self):
        promise = self._promise()
        note = self._credit_note(self.debtor, 800)
        lines = self._receivable_line(self.invoice) | self._receivable_line(note)
        lines.reconcile()
        self.assertEqual(self._judge(promise, 2), "active")
        self.assertEqual(promise.amount_paid, 0)
        self._pay(self.invoice, amount=5000, date=self._day(4))
        self.assertEqual(self._judge(promise, 4), "kept")

    def test_credited_in_full_there_is_nothing_to_keep(self):
        promise = self._promise()
        note = self._credit_note(self.debtor, 5800)
        lines = self._receivable_line(self.invoice) | self._receivable_line(note)
        lines.reconcile()
        self.assertEqual(self._judge(promise, 2), "cancelled")
        self.assertEqual(promise.cancelled_by, "credited")
        lines.remove_move_reconcile()
        self.assertEqual(self._judge(promise, 3), "active", "undone, it stands again")

    def test_a_credit_lowers_the_part_not_agreed_first(self):
        promise = self._promise(amount=3000)
        note = self._credit_note(self.debtor, 2800)
        lines = self._receivable_line(self.invoice) | self._receivable_line(note)
        lines.reconcile()
        self._judge(promise, 1)
        self.assertEqual(self._amount("amount_agreed"), 3000)
        self.assertEqual(promise.instalment_ids.amount_open, 3000)

    def test_money_for_other_invoices_counts_there(self):
        other = self._overdue_invoice(self.debtor, 500, 5)
        promise = self._promise(items=self._receivable_line(self.invoice))
        self._pay(other, date=self._day(3))
        self.assertEqual(self._judge(promise, 11), "broken")

    def test_early_payment_discount_closes_the_item(self):
        promise = self._promise()
        self._pay(
            self.invoice,
            amount=5684,
            date=self._day(3),
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(self._judge(promise, 3), "kept")

    def test_foreign_money_with_exchange_difference(self):
        euro = self._setup_currency(rate=2.0)
        self.env["res.currency.rate"].create(
            {
                "name": self._day(3),
                "rate": 4.0,
                "currency_id": euro.id,
                "company_id": self.company.id,
            }
        )
        invoice = self._overdue_invoice(self.debtor, 1000, 9, currency=euro)
        promise = self._promise(items=self._receivable_line(invoice))
        self.assertEqual(promise.currency_id, euro)
        self._pay(invoice, amount=400, date=self._day(4), currency_id=euro.id)
        self._judge(promise, 4)
        self.assertEqual(promise.amount_paid, 400)
        self._pay(invoice, amount=600, date=self._day(5), currency_id=euro.id)
        self.assertEqual(self._judge(promise, 5), "kept")
        self.assertEqual(promise.amount_paid, 1000)

    def test_several_currencies_are_judged_apart(self):
        euro = self._setup_currency()
        invoice = self._overdue_invoice(self.debtor, 100, 9, currency=euro)
        promise = self._promise()
        self.assertEqual(len(promise.instalment_ids), 2)
        self._pay(invoice, date=self._day(2), currency_id=euro.id)
        self.assertEqual(self._judge(promise, 2), "active")
        self.assertEqual(self._judge(promise, 11), "partly_kept")

    def test_money_without_an_entry_keeps_it_from_breaking(self):
        promise = self._promise()
        payment = self._entryless_payment(self.invoice, 5800)
        self.assertEqual(self._judge(promise, 11), "active")
        self.assertTrue(promise.provisional)
        self.assertEqual(self._judge(promise, 15), "active")
        payment.action_cancel()
        self.assertEqual(self._judge(promise, 16), "broken")

    # AT ONCE

    def test_a_payment_is_judged_in_its_transaction(self):
        promise = self._promise()
        self._pay(self.invoice)
        self.env.cr.precommit.run()
        self.assertEqual(promise.state, "kept")

    def test_fewer_queries_than_agreements(self):
        promises = self._promise(items=self._receivable_line(self.invoice))
        for number in range(8):
            invoice = self._overdue_invoice(self.debtor, 100 + number, 5)
            promises |= self._promise(items=self._receivable_line(invoice))
        promises = promises.sudo()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            promises._judge()

    # ENDING

    def test_cancelled_by_whom(self):
        promise = self._promise()
        self._as(self.officer, promise).action_cancel_by_debtor()
        self.assertEqual((promise.state, promise.cancelled_by), ("cancelled", "debtor"))
        self.assertEqual(promise.date_verdict, promise.company_id._recovery_today())
        self.assertEqual(self._amount("amount_agreed"), 0)
        with self._refused("has ended already"):
            self._as(self.officer, promise).action_cancel()

    def test_cancelling_after_full_payment(self):
        promise = self._promise()
        self._pay(self.invoice)
        self._judge(promise, 0)
        with self._refused("has ended already .kept.; there is nothing to cancel"):
            self._as(self.officer, promise).action_cancel()

    def test_items_of_others_are_refused(self):
        other = self._overdue_invoice(self._debtor("Other Ltd"), 100, 5)
        with self._refused("does not belong to Debtor Ltd"):
            self.env["debt.recovery.agreement"].create(
                {
                    "case_id": self.record.id,
                    "date_agreed": self._day(5),
                    "line_ids": [
                        (0, 0, {"move_line_id": self._receivable_line(other).id})
                    ],
                }
            )

import random

from odoo import Command
from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementMoney(AgreementCommon):
    """What a payment is, through Odoo's own wizard: write-offs, discounts for early
    payment, taxes on payment, money that goes back."""

    def test_write_off_beside_a_payment_pays_nothing(self):
        promise = self._promise()
        self._pay(
            self.invoice,
            amount=100,
            date=self._day(3),
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        self.assertEqual(self.invoice.amount_residual, 0)
        self._judge(promise, 3)
        self.assertEqual(promise.amount_paid, 100)
        self.assertEqual(promise.line_ids.amount_credited, 5700)
        self._matched(self.invoice).unlink()
        self._judge(promise, 4)
        self.assertEqual((promise.amount_paid, promise.state), (0, "active"))
        self.assertEqual(promise.line_ids.amount_credited, 0)

    def test_write_off_alone_is_nothing_to_keep(self):
        promise = self._promise()
        item = self._receivable_line(self.invoice)
        expense = self.company_data["default_account_expense"]
        entry = self.env["account.move"].create(
            {
                "date": self._day(1),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.debtor.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in ((item.account_id, -5800), (expense, 5800))
                ],
            }
        )
        entry.action_post()
        (item | entry.line_ids.filtered("credit")).reconcile()
        self.assertEqual(self._judge(promise, 2), "cancelled")
        self.assertEqual((promise.cancelled_by, promise.amount_paid), ("credited", 0))

    def test_discount_for_early_payment(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within 10 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        invoice = self._overdue_invoice(
            self.debtor,
            1000,
            -30,
            invoice_date=self._day(0),
            invoice_date_due=False,
            invoice_payment_term_id=term.id,
        )
        item = self._receivable_line(invoice)
        promise = self._as(self.officer)._take_promise_parts(
            self._day(7), [(item, item.amount_residual)]
        )
        promise = promise.sudo()
        self._pay(invoice, amount=980, date=self._day(5))
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(self._judge(promise, 5), "kept")
        self.assertEqual(promise.amount_paid, 980)

    def test_taxes_on_payment(self):
        self.company.tax_exigibility = True
        account = self.company_data["default_account_tax_sale"].copy()
        account.reconcile = True
        tax = self.env["account.tax"].create(
            {
                "name": "20 % on payment",
                "amount": 20,
                "type_tax_use": "sale",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": account.id,
            }
        )
        invoice = self._overdue_invoice(self.debtor, 1000, 9, post=False)
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        promise = self._promise(items=self._receivable_line(invoice))
        self._pay(invoice, amount=600, date=self._day(2))
        self.assertEqual(self._judge(promise, 2), "active")
        self.assertEqual(promise.amount_paid, 600)
        self.assertTrue(invoice.tax_cash_basis_created_move_ids)
        self._pay(invoice, amount=600, date=self._day(4))
        self.assertEqual(self._judge(promise, 4), "kept")
        self.assertEqual(promise.amount_paid, 1200)

    def test_undoing_everything_returns_to_the_start(self):
        plan = self._dialog(self.manager, self._as(self.manager).action_plan())
        plan.action_activate()
        plan = self.record.agreement_ids.sudo()
        chance = random.Random(2025)
        start = self._picture(plan)
        for _round in range(3):
            for _payment in range(chance.randint(1, 4)):
                self._pay(
                    self.invoice,
                    amount=chance.randint(1, 1200),
                    date=self._day(chance.randint(0, 4)),
                )
                self._judge(plan, 4)
            self.assertNotEqual(self._picture(plan), start)
            partials = list(self._matched(self.invoice))
            chance.shuffle(partials)
            for partial in partials:
                partial.unlink()
                self._judge(plan, 4)
            self.assertEqual(self._picture(plan), start)

    def _picture(self, plan):
        rows = plan.instalment_ids.sorted()
        facts = [(row.amount_paid, row.state, row.date_paid) for row in rows]
        return plan.state, plan.amount_open, plan.date_until, facts

    def test_bank_reconciliation(self):
        promise = self._promise()
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": self._day(3),
                "payment_ref": self.invoice.name,
                "partner_id": self.debtor.id,
                "amount": 5800,
            }
        )
        item = self._receivable_line(self.invoice)
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = item.account_id
        (item | suspense).reconcile()
        self.assertEqual(self._judge(promise, 3), "kept")
        self.assertEqual(promise.instalment_ids.date_paid, self._day(3))
        line.action_undo_reconciliation()
        self.assertEqual(self._judge(promise, 4), "active")
        self.assertEqual(promise.amount_paid, 0)

    def test_money_paid_back(self):
        promise = self._promise()
        payment = self._pay(self.invoice, date=self._day(3))
        self.assertEqual(self._judge(promise, 3), "kept")
        back = self._customer_payment(
            self.debtor, 5800, self._day(5), payment_type="outbound"
        )
        payment.move_id.line_ids.remove_move_reconcile()
        lines = (payment | back).move_id.line_ids
        lines.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(self._judge(promise, 6), "active")
        self.assertEqual(promise.amount_paid, 0)
        self.assertEqual(self._judge(promise, 11), "broken")

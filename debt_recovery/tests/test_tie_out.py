import random

from odoo import Command
from odoo.tests import tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestTieOut(DebtRecoveryCommon):
    """Components = posted balance of the receivable accounts, whatever happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls._setup_currency("EUR", rate=0.913)
        cls.debtors = [cls._debtor(f"Random {i}") for i in range(3)]
        cls.bank = cls.company_data["default_journal_bank"]
        cls.receivable = cls.company_data["default_account_receivable"]

    def _tie_out(self):
        self.env.flush_all()
        self.env["debt.recovery.tie.out"].invalidate_model()
        return self.env["debt.recovery.tie.out"].search(
            [("company_id", "=", self.company.id)]
        )

    def _amounts(self):
        return {row.component: row.amount for row in self._tie_out()}

    def _assert_ties(self, story):
        rows = self._tie_out()
        balance = sum(
            self.env["account.move.line"]
            .search(
                [
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("company_id", "=", self.company.id),
                ]
            )
            .mapped("balance")
        )
        self.assertAlmostEqual(sum(rows.mapped("amount")), balance, 2, story)
        for row in rows:
            self.assertAlmostEqual(row.ledger_balance, balance, 2, story)
            self.assertAlmostEqual(row.difference, 0, 2, story)

    def test_every_component_is_shown_also_when_zero(self):
        self._overdue_invoice(self.debtor, 100, 10)
        rows = self._tie_out()
        self.assertEqual(len(rows), 12)
        self.assertEqual(rows[0].component, "excluded")

    def test_non_trade_and_partnerless_items_stand_by_name(self):
        account = self.receivable.copy({"non_trade": True, "code": "NT0001"})
        income = self.company_data["default_account_revenue"]
        self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.debtor.id,
                            "debit": 70,
                        }
                    ),
                    Command.create({"account_id": self.receivable.id, "debit": 30}),
                    Command.create({"account_id": income.id, "credit": 100}),
                ],
            }
        ).action_post()
        amounts = self._amounts()
        self.assertEqual(amounts["non_trade"], 70)
        self.assertEqual(amounts["no_partner"], 30)
        self._assert_ties("non-trade")

    def test_draft_payment_that_keeps_its_matching(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        self._pay(invoice, amount=400).action_draft()
        self.assertEqual(self._amounts()["draft_matched"], 400)
        self._assert_ties("payment reset to draft")

    def test_draft_credit_note_matched(self):
        invoice = self._overdue_invoice(self.debtor, 1000, 10)
        refund = self._credit_note(self.debtor, 1000, post=False)
        (self._receivable_line(invoice) | self._receivable_line(refund)).reconcile()
        self.assertEqual(self._amounts()["draft_matched"], 1000)
        self._assert_ties("draft credit note")

    def test_random_ledgers_tie_after_every_event(self):
        for seed in (1, 2, 3, 4):
            story = []
            chance = random.Random(seed)
            book = {"invoices": [], "payments": [], "refunds": []}
            for _ in range(14):
                event = chance.choice(EVENTS)
                story.append(event)
                getattr(self, f"_event_{event}")(chance, book)
            self._assert_ties(f"seed {seed}: {story}")

    # one event each; an event without a fitting document does nothing

    def _event_invoice(self, chance, book):
        book["invoices"].append(
            self._overdue_invoice(
                chance.choice(self.debtors),
                round(chance.uniform(10, 2000), 2),
                chance.randint(-30, 120),
                currency=chance.choice([self.company.currency_id, self.euro]),
            )
        )

    def _event_instalments(self, chance, book):
        term = self.env.ref("account.account_payment_term_advance_60days")
        self._event_invoice(chance, book)
        book["invoices"][-1].button_draft()
        book["invoices"][-1].invoice_payment_term_id = term
        book["invoices"][-1].action_post()

    def _event_early_discount(self, chance, book):
        """Paid in time with the discount: the rest goes to an expense account."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 10 days",
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
            chance.choice(self.debtors),
            round(chance.uniform(10, 2000), 2),
            -25,
            invoice_date=self.today,
            invoice_payment_term_id=term.id,
            invoice_date_due=False,
        )
        book["invoices"].append(invoice)
        book["payments"].append(self._pay(invoice))

    def _event_payment_without_entry(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            self._entryless_payment(invoice, round(invoice.amount_residual * 0.6, 2))

    def _open_invoice(self, chance, book):
        opened = [
            move
            for move in book["invoices"]
            if move.state == "posted" and move.amount_residual > 1
        ]
        return chance.choice(opened) if opened else None

    def _event_payment(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            share = chance.choice([0.3, 1, 1.2])
            amount = round(invoice.amount_residual * share, 2)
            book["payments"].append(self._pay(invoice, amount=amount))

    def _event_foreign_payment(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            amount = round(invoice.amount_residual * 0.5, 2)
            book["payments"].append(
                self._pay(invoice, amount=amount, currency_id=self.euro.id)
            )

    def _event_write_off(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            expense = self.company_data["default_account_expense"]
            payment = self._pay(
                invoice,
                amount=round(invoice.amount_residual * 0.9, 2),
                payment_difference_handling="reconcile",
                writeoff_account_id=expense.id,
            )
            book["payments"].append(payment)

    def _event_refund(self, chance, book):
        refund = self._credit_note(
            chance.choice(self.debtors), round(chance.uniform(5, 500), 2)
        )
        book["refunds"].append(refund)

    def _event_draft_refund_matched(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            refund = self._credit_note(
                invoice.partner_id,
                round(invoice.amount_residual / 2, 2),
                currency=invoice.currency_id,
                post=False,
            )
            lines = self._receivable_line(invoice) | self._receivable_line(refund)
            lines.reconcile()

    def _event_payment_to_draft(self, chance, book):
        if book["payments"]:
            book["payments"].pop(chance.randrange(len(book["payments"]))).action_draft()

    def _event_payment_cancelled(self, chance, book):
        if book["payments"]:
            payment = book["payments"].pop()
            payment.action_draft()
            payment.action_cancel()

    def _event_unreconcile(self, chance, book):
        if book["payments"]:
            payment = chance.choice(book["payments"])
            payment.move_id.line_ids.remove_move_reconcile()

    def _event_excluded(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            invoice.no_followup = True

    def _event_blocked(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            invoice.action_toggle_block_payment()

    def _event_reversed(self, chance, book):
        invoice = self._open_invoice(chance, book)
        if invoice:
            invoice._reverse_moves([{"date": self.today}], cancel=True)

    def _event_misc_entry(self, chance, book):
        income = self.company_data["default_account_revenue"]
        amount = round(chance.uniform(5, 300), 2)
        self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.receivable.id,
                            "partner_id": chance.choice(self.debtors).id,
                            "debit": amount,
                        }
                    ),
                    Command.create({"account_id": income.id, "credit": amount}),
                ],
            }
        ).action_post()


EVENTS = sorted(
    name.removeprefix("_event_")
    for name in vars(TestTieOut)
    if name.startswith("_event_")
)

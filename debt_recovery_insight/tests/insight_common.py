import random
from datetime import timedelta
from decimal import Decimal

from odoo.addons.debt_recovery.tests.run_common import MONDAY, RecoveryRunCommon


class InsightCommon(RecoveryRunCommon):
    """Day 0 is a Monday; ``_book`` generates a ledger of invoices that are paid in
    time, late, in part, in another currency, credited or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company.with_env(cls.env)
        cls.behaviours = cls.env["debt.recovery.behaviour"]
        cls.checks = cls.env["debt.recovery.snapshot.check"].sudo()

    @classmethod
    def _day(cls, days):
        return MONDAY + timedelta(days=days)

    @classmethod
    def _book(cls, seed, customers=4, invoices=24):
        """A random but repeatable ledger; its invoices."""
        dice = random.Random(seed)
        euro = cls._setup_currency("EUR", 2.0)
        debtors = [cls._debtor(f"Customer {n}") for n in range(customers)]
        moves = cls.env["account.move"]
        for _number in range(invoices):
            due = dice.randint(-40, 400)
            invoice = cls._overdue_invoice(
                dice.choice(debtors),
                dice.randint(10, 900),
                due,
                currency=dice.choice([cls.company.currency_id] * 3 + [euro]),
                invoice_date=cls._day(-due - dice.choice([0, 14, 30])),
            )
            cls._settle(dice, invoice, due)
            moves |= invoice
        cls._analyze()
        return moves

    @classmethod
    def _analyze(cls):
        """The planner must not believe that the tables are empty, as they are for
        everybody but this transaction."""
        cls.env.flush_all()
        cls.env.cr.execute(
            """ANALYZE account_move, account_move_line, account_partial_reconcile,
                       res_partner"""
        )

    @classmethod
    def _settle(cls, dice, invoice, due):
        late = dice.choice([-5, 0, 2, 4, 12, 45])
        paid_on = cls._day(min(0, -due + late))
        kind = dice.choice(["paid", "paid", "part", "credited", "open", "account"])
        if kind == "paid" and late <= due:
            cls._pay(invoice, date=paid_on)
        elif kind == "part":
            cls._pay(invoice, amount=invoice.amount_total / 2, date=paid_on)
        elif kind == "credited":
            note = cls._credit_note(
                invoice.partner_id,
                invoice.amount_total,
                min(due, 0),
                currency=invoice.currency_id,
                invoice_date=paid_on,
            )
            lines = cls._receivable_line(invoice) | cls._receivable_line(note)
            lines.reconcile()
        elif kind == "account":
            cls._customer_payment(invoice.partner_id, 20, date=paid_on)

    def _refresh(self, days=0):
        company = self.company.with_context(recovery_today=self._day(days))
        self.behaviours._refresh_company(company)

    def _behaviour(self, partner=None):
        """The row of a customer, or of the whole book."""
        partner_id = partner.id if partner else False
        return self.behaviours.search(
            [("partner_id", "=", partner_id), ("company_id", "=", self.company.id)]
        )

    def _paid(self, late, ago=60, debtor=None, amount=100):
        """An invoice due ``ago`` days ago that was paid ``late`` days after that."""
        invoice = self._overdue_invoice(debtor or self.debtor, amount, ago)
        self._pay(invoice, date=self._day(late - ago))
        return invoice

    def _exact(self, value):
        return Decimal(str(value)).quantize(Decimal("0.01"))

"""Fees that come with a step: raised by the run, once, and taken back."""

from datetime import timedelta

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestFee(ChargeCommon):
    """Level 3 of the reference: 25 and 1 % of the claim, at most 60."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step = cls.strategy.step_ids.filtered(lambda s: s.day >= 0)[0]
        cls.rule = cls.env["debt.recovery.charge.rule"].create(
            {
                "name": "Reminder fee",
                "kind": "fee",
                "debtors": "any",
                "legal_basis": "Terms, clause 8",
                "maximum": 60,
                "step_id": cls.step.id,
                "bracket_ids": [(0, 0, {"fixed": 25, "percent": 1})],
            }
        )
        cls.company.recovery_charge_rule_ids = cls.rule
        cls.line = cls._receivable_line(cls.invoice)

    def _message(self, days=0, **vals):
        """A letter of the step that left."""
        action = self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "strategy_id": self.strategy.id,
                "step_id": self.step.id,
                "channel_id": self.env.ref("debt_recovery.channel_letter").id,
                "origin": "engine",
                "cycle": 90 + days,
                "date_planned": MONDAY,
                "driver_line_id": self.line.id,
                **vals,
            }
        )
        action._claim_everything()
        action._set_done()
        return action

    def test_none_before_the_step_was_taken(self):
        self.assertFalse(self._count())

    def test_by_the_size_of_the_claim_and_once(self):
        action = self._message()
        charge = self._count()
        self.assertEqual((charge.amount, charge.action_id), (25 + 10, action))
        self._message(days=1)
        self.assertEqual(self._count(1), charge)

    def test_at_most(self):
        self._overdue_invoice(self.debtor, 4000, 20)
        self._message()
        self.assertEqual(self._count().amount, 60)

    def test_the_claim_is_in_company_currency(self):
        """A letter of 1,000 dollars costs 1 % of 2,000 in the rule's currency, and is
        charged in that of the invoice."""
        self.rule.currency_id = self._setup_currency(rate=2.0)
        self._message()
        self.assertEqual(self._count().amount, (25 + 20) / 2)

    def test_one_invoice_in_two_instalments_pays_once(self):
        self.invoice.button_draft()
        two = self._overdue_invoice(
            self.debtor, 1000, 40, invoice_payment_term_id=self.pay_terms_b.id
        )
        lines = self._receivable_line(two)
        self.assertEqual(len(lines), 2)
        for days, line in enumerate(lines):
            self._message(days=days, driver_line_id=line.id)
        self.assertEqual(len(self._count(60)), 1)
        self.assertEqual(len(self._count(61)), 1)

    def test_taken_back_with_the_message(self):
        action = self._message()
        charge = self._count()
        action._guarded().write({"state": "cancelled"})
        self._count(1)
        self.assertEqual((charge.amount, charge.amount_open), (0, 0))

    def test_a_message_that_came_back_costs_nothing(self):
        action = self._message()
        charge = self._count()
        action._log_delivery("bounced", "No such mailbox")
        self._count(1)
        self.assertEqual(charge.amount_open, 0)

    def test_paid_on_the_day_of_the_letter(self):
        """The fee stands although the invoice is paid before the next run."""
        self._message()
        self._pay(self.invoice, date=MONDAY)
        self.env["debt.recovery.case"]._refresh_marked()
        self.assertEqual(self._count(1).amount_open, 35)

    def test_none_while_a_hold_stops_charges(self):
        self._hold("hardship", self.case, date_from=MONDAY - timedelta(days=2))
        self._message()
        self.assertFalse(self._count())

    def test_a_fee_needs_its_step(self):
        with self._refused("choose the step of a strategy"):
            self.rule.step_id = False

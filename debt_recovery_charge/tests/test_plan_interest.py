"""Interest agreed in a plan: billed, covered, judged from the ledger."""

from datetime import timedelta

from odoo import Command
from odoo.tests import Form

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestPlanInterest(ChargeCommon):
    """A plan over 1,000 with 30 of fees in three payments."""

    def _form(self, **vals):
        case = self.case.with_user(self.manager)
        action = case.action_plan()
        form = Form(case.env[action["res_model"]].with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def _plan(self):
        form = self._form(number=3, more=True, interest_kind="fixed", charge=30)
        self.assertIn("30.00", form.preview)
        form.save().action_activate()
        return self.case.agreement_ids.sudo()

    def _judge(self, plan, days):
        self.env.cr.flush()
        plan = self._at(plan, days)
        plan._judge()
        return plan.state

    def test_billed_as_a_draft_that_bookkeepers_post(self):
        plan = self._plan()
        bill = plan.interest_move_id
        self.assertEqual((bill.state, bill.amount_total), ("draft", 30))
        self.assertEqual(bill.invoice_date_due, plan.date_agreed)
        self.assertIn("posted", plan.activity_ids.summary)
        self.assertFalse(plan.waive_text)
        self.assertEqual(plan.line_ids.move_id, self.invoice)
        bill.action_post()
        self.assertEqual(plan.line_ids.move_id, self.invoice | bill)
        self.assertTrue(bill.recovery_bills_charges, "bears no interest of its own")
        self.assertFalse(plan.waive_text)

    def test_judged_with_the_interest(self):
        plan = self._plan()
        plan.interest_move_id.action_post()
        self.assertEqual(sum(plan.instalment_ids.mapped("amount")), 1030)
        self._pay(self.invoice, date=MONDAY)
        self.assertEqual(self._judge(plan, 0), "active")
        self.assertEqual(plan.amount_open, 30)
        self._pay(plan.interest_move_id, date=MONDAY)
        self.assertEqual(self._judge(plan, 0), "kept")

    def test_credited_again_it_is_not_owed(self):
        plan = self._plan()
        bill = plan.interest_move_id
        bill.action_post()
        bill._reverse_moves(cancel=True)
        self._pay(self.invoice, date=MONDAY)
        self.assertEqual(self._judge(plan, 1), "kept")

    def test_a_draft_ends_with_the_plan(self):
        plan = self._plan()
        plan._cancel("debtor")
        self.assertEqual(plan.interest_move_id.state, "cancel")

    def test_what_did_not_accrue_is_credited_by_somebody(self):
        plan = self._plan()
        bill = plan.interest_move_id
        bill.action_post()
        plan._cancel("us")
        self.assertIn(bill.name, " ".join(plan.activity_ids.mapped("summary")))

    def test_annuity_in_the_dialog(self):
        form = self._form(number=6, more=True, interest_kind="annuity")
        form.interest_rate = 12
        wizard = form.save()
        rows = wizard._rows()
        interest = sum(float(row.interest) for row in rows)
        self.assertAlmostEqual(interest, 35.29, delta=0.01)
        self.assertAlmostEqual(sum(float(row.amount) for row in rows), 1000 + interest)

    def test_by_days_on_dates_of_their_own(self):
        form = self._form(number=2, rhythm="custom", interest_kind="dated")
        form.interest_rate = 36.5
        with form.date_ids.edit(0) as row:
            row.date = MONDAY + timedelta(days=10)
        with form.date_ids.edit(1) as row:
            row.date = MONDAY + timedelta(days=21)
        rows = form.save()._rows()
        self.assertEqual([float(row.interest) for row in rows], [10, 5.5])
        form.interest_kind = "annuity"
        self.assertIn("need a rhythm", form.problem)

    def test_below_the_interest(self):
        form = self._form(more=True, interest_kind="annuity", interest_rate=120)
        with self._refused("does not even cover the interest"):
            form.affordable = 10

    def test_none_without_an_account_or_with_tax(self):
        tax = self.env["account.tax"].create({"name": "20 %", "amount": 20})
        self.company.recovery_charge_tax_ids = [Command.set(tax.ids)]
        self.assertFalse(self._form().offers_interest)
        self.company.recovery_charge_tax_ids = False
        self.company.recovery_charge_account_id = False
        self.assertFalse(self._form().offers_interest)

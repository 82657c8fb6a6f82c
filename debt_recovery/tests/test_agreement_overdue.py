from odoo.tests import tagged

from .plan_common import PlanCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementOverdue(PlanCommon):
    """A friendly word after an agreed payment that did not come."""

    def _late(self, days, plan):
        """So many days after the first payment was due."""
        first = plan.instalment_ids.sorted()[0].date_due
        day = (first - self.today).days + days
        self._judge(plan, day)
        self._at(plan, day)._chase()
        told = plan.action_ids.filtered(lambda a: a.agreement_message == "overdue")
        return self._at(told, day)

    def test_once_after_the_days_of_the_company(self):
        plan = self._plan(number=4)
        self.assertFalse(self._late(2, plan))
        told = self._late(3, plan)
        self.assertEqual((told.state, told.channel), ("planned", "email"))
        self.assertIn("is missing", told.subject)
        self.assertIn("1,200.00", told.body)
        self.assertEqual(self._late(4, plan), told, "never twice")
        self.assertEqual(plan.state, "active")

    def test_what_is_agreed_goes_before_the_company(self):
        plan = self._plan(number=4, more=True, chase_days=6)
        self.assertFalse(self._late(5, plan))
        self.assertTrue(self._late(6, plan))
        none = self._as(self.officer, plan).action_reschedule()
        self._dialog(
            self.officer, none, number=4, more=True, chase_days=0
        ).action_activate()
        plan = self.record.agreement_ids.filtered(lambda a: a.state == "active").sudo()
        self.assertFalse(self._late(9, plan))

    def test_paid_in_time_is_not_asked_for(self):
        plan = self._plan(number=4)
        self._pay(self.invoice, amount=1200, date=self._day(2))
        self.assertFalse(self._late(3, plan))

    def test_paid_between_planning_and_leaving(self):
        plan = self._plan(number=4)
        told = self._late(3, plan)
        self._pay(self.invoice, amount=1200, date=self._day(10))
        self.assertFalse(told._release())
        self.assertEqual(told.state, "cancelled")
        self.assertIn("came in", told.failure or told.reason)

    def test_part_of_the_money_is_asked_for_the_rest(self):
        plan = self._plan(number=4)
        told = self._late(3, plan)
        self._pay(self.invoice, amount=700, date=self._day(10))
        self.assertEqual(told._release(), told)
        self.assertIn(told.state, ("queued", "done"))

    def test_money_under_way_speaks_for_the_debtor(self):
        plan = self._plan(number=4)
        self._entryless_payment(self.invoice, 1200)
        self.assertFalse(self._late(3, plan))

    def test_after_a_breach_the_notice_speaks(self):
        plan = self._plan(number=4)
        self.assertFalse(self._late(15, plan))
        self.assertTrue(plan.date_breach)

    def test_no_template_no_message(self):
        self.env.ref("debt_recovery.mail_template_agreement_overdue").active = False
        plan = self._plan(number=4)
        self.assertFalse(self._late(3, plan))

    def test_a_promise_is_answered_by_a_call(self):
        promise = self._promise()
        self.assertEqual(promise.chase_days, 0)
        self._at(promise, 9)._chase()
        self.assertFalse(promise.action_ids)

    def test_days_below_zero_are_refused(self):
        with self._refused("zero or more"):
            self._plan(number=4, more=True, chase_days=-1)

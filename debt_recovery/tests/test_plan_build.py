from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from .agreement_common import MONDAY
from .plan_common import PlanCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPlanBuild(PlanCommon):
    """From the builder to the last instalment, as an officer and a manager."""

    # THE DIALOG

    def test_four_fields_are_enough(self):
        form = self._form(number=4)
        self.assertIn("1,200.00", form.preview)
        self.assertFalse(form.needs_approval)
        self.assertEqual(form.chip, "4")
        form.save().action_activate()
        plan = self.record.agreement_ids
        self.assertEqual((plan.kind, plan.state), ("plan", "active"))
        self.assertEqual(self._amounts(plan), [1200] * 4)
        self.assertEqual(
            plan.instalment_ids.sorted().mapped("date_due"),
            [
                date(2025, 3, 10),
                date(2025, 4, 10),
                date(2025, 5, 12),
                date(2025, 6, 10),
            ],
        )
        self.assertEqual(self._amount("amount_agreed"), 4800)
        self.assertEqual(self._amount("amount_collectable"), 0)

    def test_what_the_customer_can_pay_gives_the_number(self):
        form = self._form(affordable=900)
        self.assertEqual(form.number, 6)
        form.chip = "3"
        self.assertEqual((form.number, form.affordable), (3, 0))

    def test_more_than_the_officer_may_with_the_nearest_that_fits(self):
        form = self._form(number=8)
        self.assertTrue(form.needs_approval)
        self.assertIn("more than 6 payments", form.authority)
        self.assertIn("6 payments", form.fit_text)
        wizard = form.save()
        wizard.action_fit()
        self.assertEqual((wizard.number, wizard.needs_approval), (6, False))

    def test_asked_for_and_approved(self):
        plan = self._plan(number=8, more=True, note="Seasonal business")
        self.assertEqual(plan.state, "to_approve")
        approval = self.record.approval_ids
        self.assertEqual((approval.kind, approval.level), ("plan", "manager"))
        self.assertEqual(self._amount("amount_agreed"), 0)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(plan.state, "active")
        self.assertEqual(self._amount("amount_agreed"), 4800)

    def test_manager_needs_nobody(self):
        self.assertEqual(self._plan(self.manager, number=10).state, "active")

    def test_refused_in_words(self):
        cases = (
            ({"number": 0}, "at least one payment"),
            ({"date_first": self._day(-1)}, "before today"),
            ({"more": True, "down_payment": 4800}, "covers everything"),
            ({"more": True, "last_amount": 4800}, "as large as the debt"),
            ({"more": True, "discount": 4800}, "discount is as large"),
            ({"more": True, "discount": 6000}, "discount is as large"),
            ({"more": True, "discount": -1}, "zero or more"),
            ({"more": True, "grace_days": -1}, "zero or more"),
            ({"more": True, "breach_arrears": 101}, "between 0 and 100 %"),
        )
        for vals, sentence in cases:
            with self.subTest(sentence):
                form = self._form(**vals)
                self.assertIn(sentence, form.problem)
        with patch.object(
            type(self.env["debt.recovery.plan.build"]),
            "_books_interest",
            lambda wizard: True,
        ):
            form = self._form(more=True, interest_kind="annuity", interest_rate=120)
            with self._refused("does not even cover the interest"):
                form.affordable = 10

    def test_no_interest_without_a_document_for_it(self):
        wizard = self._form(number=3).save()
        self.assertFalse(wizard.offers_interest)
        wizard.write({"interest_kind": "fixed", "charge": 100})
        with self._refused("bill them first"):
            wizard.action_activate()
        self.assertFalse(self.record.agreement_ids)

    def test_draft_counts_nothing_until_it_is_activated(self):
        self._form(number=3).save().action_draft()
        plan = self.record.agreement_ids
        self.assertEqual((plan.state, self._amount("amount_agreed")), ("draft", 0))
        self._as(self.officer, plan).action_submit()
        self.assertEqual((plan.state, self._amount("amount_agreed")), ("active", 4800))

    def test_signed_then_it_counts(self):
        self._form(number=3).save().action_send()
        plan = self.record.agreement_ids
        self.assertEqual(plan.state, "to_sign")
        self.assertEqual(self._amount("amount_agreed"), 4800, "it rests meanwhile")
        action = plan.action_ids
        self.assertEqual(action.agreement_message, "signature")
        self.assertEqual(len(action.attachment_ids), 1)
        self._sign(plan)
        self.assertEqual((plan.state, plan.date_accepted), ("active", MONDAY))

    def test_not_signed_in_time(self):
        self._form(number=3).save().action_send()
        plan = self.record.agreement_ids
        self.assertEqual(self._judge(plan, 10), "to_sign")
        self.assertEqual(self._judge(plan, 11), "cancelled")
        self.assertEqual(plan.cancelled_by, "unsigned")

    def test_down_payment_first(self):
        plan = self._plan(number=4, more=True, down_payment=800)
        self.assertEqual(plan.state, "to_sign")
        self.assertEqual(self._amounts(plan), [800, 1000, 1000, 1000, 1000])
        self._pay(self.invoice, amount=800, date=MONDAY)
        self.assertEqual(self._judge(plan, 1), "active")

    # DATES, DISCOUNT, ARREARS

    def test_dates_of_their_own(self):
        form = self._form(number=3)
        form.rhythm = "custom"
        self.assertEqual(len(form.date_ids), 3, "begins with the monthly days")
        with form.date_ids.edit(0) as row:
            row.date = self._day(50)
        self.assertEqual(form.date_first, date(2025, 4, 10), "in order")
        form.date_ids.remove(1)
        self.assertEqual(form.number, 2)
        form.save().action_activate()
        plan = self.record.agreement_ids
        self.assertEqual(plan.rhythm, "custom")
        self.assertEqual(
            plan.instalment_ids.sorted().mapped("date_due"),
            [self._day(50), date(2025, 5, 12)],
        )

    def test_dates_of_their_own_refused_in_words(self):
        form = self._form(number=2)
        form.rhythm = "custom"
        form.date_ids.new().save()
        self.assertIn("a day for every payment", form.problem)
        form.date_ids.remove(2)
        with form.date_ids.edit(0) as row:
            row.date = self._day(-1)
        self.assertIn("before today", form.problem)
        with form.date_ids.edit(0) as row:
            row.date = date(2025, 4, 10)
        self.assertIn("on the same day", form.problem)

    def test_discount_for_keeping_it(self):
        self.company.recovery_waive_account_id = self.company_data[
            "default_account_expense"
        ]
        plan = self._plan(self.manager, number=4, more=True, discount=400)
        self.assertEqual(plan.state, "active")
        self.assertEqual(self._amounts(plan), [1100] * 4)
        self.assertIn("400.00", plan.waive_text)
        self._pay(self.invoice, amount=4400, date=self._day(3))
        self.assertEqual(self._judge(plan, 3), "kept")
        self.assertTrue(plan.can_waive)
        move = self.env["account.move"].browse(plan.action_waive()["res_id"])
        move.action_post()
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(plan.action_ids.agreement_message, "settled")

    def test_discount_is_void_when_it_breaks(self):
        plan = self._plan(self.manager, number=4, more=True, discount=400)
        days = (plan.instalment_ids.sorted()[0].date_due - MONDAY).days
        self._judge(plan, days + 15)
        self.assertEqual(self._judge(plan, days + 23), "broken")
        self.assertFalse(plan.can_waive)
        self.assertEqual(self.invoice.amount_residual, 4800)

    def test_discount_is_limited_like_a_settlement(self):
        form = self._form(number=3, more=True, discount=100)
        self.assertIn("a discount of $\N{NO-BREAK SPACE}100.00", form.authority)
        self.assertFalse(form.can_fit)
        form.save().action_activate()
        plan = self.record.agreement_ids
        self.assertEqual(plan.state, "to_approve")
        approval = self.record.approval_ids
        self.assertEqual((approval.kind, approval.level), ("plan", "manager"))
        self.assertIn("100.00", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(plan.state, "active")

    def test_breach_by_arrears(self):
        plan = self._plan(number=4, more=True, breach_arrears=20)
        days = (plan.instalment_ids.sorted()[0].date_due - MONDAY).days
        self._judge(plan, days + 5)
        self.assertFalse(plan.date_breach)
        self._judge(plan, days + 8)
        self.assertTrue(plan.date_breach, "25 % after the first grace")

    # WHILE IT RUNS

    def test_money_pays_the_oldest_instalment(self):
        plan = self._plan(number=4)
        self._pay(self.invoice, amount=1500, date=self._day(5))
        self.assertEqual(self._judge(plan, 6), "active")
        self.assertEqual(
            plan.instalment_ids.sorted().mapped("amount_paid"), [1200, 300, 0, 0]
        )
        self.assertIn("900.00", plan.next_text)
        self.assertEqual(self._amount("amount_agreed"), 3300)

    def test_breach_notice_cure_and_break(self):
        plan = self._plan(number=4)
        first = plan.instalment_ids.sorted()[0].date_due
        days = (first - MONDAY).days
        self.assertEqual(self._judge(plan, days + 14), "active")
        self.assertFalse(plan.date_breach)
        self._judge(plan, days + 15)
        self.assertTrue(plan.date_breach)
        self._at(plan, days + 15)._warn_of_breach()
        notice = plan.action_ids.filtered(lambda a: a.agreement_message == "breach")
        self.assertEqual(notice.state, "planned")
        self.assertIn("in arrears", notice.subject)
        self.assertEqual(self._judge(plan, days + 22), "active")
        self.assertEqual(self._judge(plan, days + 23), "broken")
        self.assertEqual(notice.state, "cancelled")
        self.assertEqual(plan.line_ids.state, "broken", "collectable again")

    def test_kept_to_the_end_and_undone(self):
        plan = self._plan(number=3)
        self._pay(self.invoice, date=self._day(3))
        self.assertEqual(self._judge(plan, 3), "kept")
        self._matched(self.invoice).unlink()
        self.assertEqual(self._judge(plan, 4), "active")
        self.assertEqual(sum(plan.instalment_ids.mapped("amount_paid")), 0)

    def test_rescheduled_with_every_version_kept(self):
        plan = self._plan(number=3)
        self._pay(self.invoice, amount=1600, date=self._day(3))
        self._judge(plan, 3)
        action = self._as(self.officer, plan).action_reschedule()
        wizard = self._dialog(self.officer, action, number=4)
        wizard.action_activate()
        new = self.record.agreement_ids.filtered(lambda a: a.state == "active")
        self.assertEqual(self._amounts(new), [800] * 4)
        self.assertEqual((new.version, new.replaces_id), (2, plan))
        self.assertEqual((plan.state, plan.replaced_by_id), ("replaced", new))
        action = self._as(self.officer, new).action_reschedule()
        self._dialog(self.officer, action, number=5).action_activate()
        last = self.record.agreement_ids.filtered(lambda a: a.state == "active")
        self.assertEqual((last.version, last.replaces_id), (3, new))
        for version in plan | new | last:
            found = self.env["debt.recovery.agreement"].search(
                version.action_open_versions()["domain"]
            )
            self.assertEqual(found, plan | new | last)
        self.assertEqual(self._amounts(plan), [1600] * 3, "kept as it was agreed")
        self.assertEqual(sum(plan.instalment_ids.mapped("amount_paid")), 1600)

    def test_reminder_on_the_working_day_before(self):
        plan = self._plan(number=4)
        day = (plan.instalment_ids.sorted()[0].date_due - MONDAY).days
        self._at(plan, day - 4)._remind()
        self.assertFalse(plan.action_ids)
        self._at(plan, day - 3)._remind()
        self._at(plan, day - 3)._remind()
        self.assertEqual(plan.action_ids.mapped("agreement_message"), ["reminder"])
        body = plan.action_ids.body
        self.assertIn("1,200.00", body)
        self.assertNotIn("4,800.00", body, "asked is what is due next")

from freezegun import freeze_time

from odoo.tests import tagged

from .hardship_common import HardshipCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestHardship(HardshipCommon):
    """Assessing, the ways out, and each of them to its end."""

    def test_capacity_and_the_ways_out(self):
        form = self._open()
        self.assertEqual((form.free, form.capacity, form.amount_owed), (100, 90, 1000))
        cards = self._cards(form)
        self.assertEqual(list(cards), ["plan", "token", "pause"])
        self.assertEqual(cards["plan"]["figure"], "12 × $\xa090.00")
        self.assertEqual(cards["plan"]["best"], "Try first")
        self.assertIn("12 months", cards["plan"]["reasons"][0])
        form.out_living = 700
        self.assertEqual((form.free, form.capacity), (-100, 0))
        self.assertEqual(list(self._cards(form)), ["pause"])
        self.assertIn("Nothing is left", form.proposals[0]["reasons"][0])

    def test_without_a_budget_what_the_person_says_counts(self):
        self.company.recovery_hardship_budget = False
        case = self._as(self.officer)
        record = case.env["debt.recovery.hardship"].create(
            {"case_id": case.id, "capacity": 50}
        )
        self.assertEqual(record.capacity, 50)
        self.assertEqual(list(self._cards(record)), ["plan", "token", "pause"])

    def test_pause_rests_the_case_tells_the_person_and_asks_to_look_again(self):
        record = self._assess()
        record.action_pause()
        self.assertEqual((record.state, record.relief), ("running", "pause"))
        self.assertEqual(record.hold_id.date_to, self._day(30))
        self.assertTrue(record.hold_id.type_id.stop_charges)
        self.assertEqual(self._amount("amount_held"), 1000)
        message = self.record.action_ids
        self.assertEqual(message.channel, "email")
        self.assertIn("04/02/2025", message.body)
        self.assertIn("no interest or fees", message.body)
        self.assertFalse(message.line_ids)
        task = self.record.activity_ids
        self.assertEqual(
            (task.date_deadline, task.user_id), (self._day(30), self.officer)
        )
        self.assertIn("pause ends", task.summary)
        self.assertEqual(self.record.care_text, "Hardship")

    def test_the_end_is_announced_and_the_case_comes_back_by_itself(self):
        record = self._assess()
        record.action_pause()
        self._follow_up(22)
        self.assertFalse(record.return_told)
        self._follow_up(24)
        notice = self.record.action_ids.filtered(lambda a: a.state == "planned")
        self.assertIn("how are things", notice.subject)
        self.assertEqual(notice.mode, "review")
        self._follow_up(25)
        self.assertEqual(len(self.record.action_ids), 2)
        self.assertEqual(self._on(record, 30).state, "running")
        self.assertEqual(self._on(record, 31).state, "ended")
        self._follow_up(31)
        self.assertEqual(self._amount("amount_held"), 0)

    def test_longer_than_the_officer_may_waits_and_is_told_after_the_yes(self):
        record = self._assess(date_review=self._day(60))
        self.assertIn("Needs a manager", self._cards(record)["pause"]["needs"])
        notice = record.action_pause()
        self.assertEqual(notice["tag"], "display_notification")
        self.assertEqual(record.state, "asked")
        self.assertFalse(self.record.action_ids)
        approval = self.record.approval_ids
        self._as(self.manager, approval).action_approve()
        self.assertEqual(record.state, "running")
        self._follow_up(1)
        self.assertIn("until", self.record.action_ids.subject)
        self._follow_up(2)
        self.assertEqual(len(self.record.action_ids), 1)

    def test_plan_opens_the_builder_and_ends_the_pause(self):
        self._assess().action_pause()
        record = self._assess()
        builder = self._builder(record.action_plan(), record.env)
        self.assertEqual((builder.number, builder.total), (12, 1000))
        self.assertTrue(builder.needs_approval)
        builder.save().action_activate()
        self.assertEqual((record.state, self._running()), ("asked", ["hardship"]))
        self._as(self.manager, self.record.approval_ids).action_approve()
        plan = self.record.agreement_ids
        amounts = plan.instalment_ids.sorted().mapped("amount")
        self.assertEqual(amounts, [90] * 11 + [10])
        self.assertEqual((record.state, self._running()), ("running", []))
        self.assertEqual(self._amount("amount_agreed"), 1000)
        self.assertFalse(
            self.record.activity_ids.filtered(
                lambda task: (
                    task.activity_type_id
                    == self.env.ref("debt_recovery.mail_activity_type_hardship")
                )
            )
        )

    def test_token_payments_cover_themselves_and_the_rest_rests(self):
        record = self._assess()
        builder = self._builder(record.action_token(), record.env)
        self.assertEqual((builder.number, builder.total), (3, 30))
        builder.save().action_activate()
        self.assertEqual(self._amount("amount_agreed"), 30)
        self.assertEqual(record.hold_id.date_to, record.date_review)
        self.assertEqual(record.hold_id.approval_state, "waiting")
        self._as(self.manager, self.record.approval_ids).action_approve()
        self.assertEqual(record.state, "running")
        self.assertEqual(self._amount("amount_held"), 970)
        self.assertEqual(self._amount("amount_collectable"), 0)

    def test_withdrawn_as_if_nothing_had_been(self):
        record = self._assess(is_vulnerable=True)
        record.action_pause()
        self.assertEqual(self._running(), ["hardship", "vulnerable"])
        record.action_withdraw()
        self.assertEqual((record.state, self._running()), ("withdrawn", []))
        self.assertFalse(self.record.activity_ids)
        self.assertEqual(self._amount("amount_collectable"), 1000)
        with self._refused("has ended already"):
            record.action_withdraw()

    def test_withdrawing_cancels_plan_and_waiting_requests(self):
        record = self._assess()
        builder = self._builder(record.action_token(), record.env)
        builder.save().action_activate()
        record.action_withdraw()
        self.assertEqual(self.record.agreement_ids.state, "cancelled")
        self.assertEqual(set(self.record.approval_ids.mapped("state")), {"cancelled"})
        self.assertEqual(self._amount("amount_collectable"), 1000)

    def test_assessed_anew_with_the_figures_of_last_time(self):
        first = self._assess()
        first.action_pause()
        with self._refused("assess anew"):
            first.income_work = 10
        with self._refused("assess anew"):
            first.action_token()
        form = self._open(out_living=600)
        self.assertEqual((form.income_work, form.capacity), (1500, 0))
        form.save().action_pause()
        self.assertEqual(len(self.record.hold_ids), 2)
        self.assertEqual(first.state, "ended")

    def test_a_plan_of_other_holds_stays_forbidden(self):
        """What rests for another reason is not put into a plan."""
        record = self._assess()
        self.record._place_hold("goodwill", "Something else")
        with self._refused("tick at least one"):
            self._builder(record.action_plan(), record.env).save().action_activate()

    def test_the_call_leads_to_the_assessment(self):
        """A person who cannot pay: pause of the call, dialog, and one longer pause."""
        result = self._as(self.officer).action_record_contact({"outcome": "cannot"})
        self.assertEqual(result["opens"]["res_model"], "debt.recovery.hardship")
        self.assertIn("Assess the hardship", self.record.activity_ids.summary)
        record = self._assess()
        self.assertFalse(self.record.activity_ids)
        record.action_pause()
        self.assertEqual(self._running(), ["hardship"])
        self.assertEqual(record.hold_id.date_to, self._day(30))
        result = self._as(self.officer, self.firm).action_record_contact(
            {"outcome": "cannot"}
        )
        self.assertEqual(result["opens"]["res_model"], "debt.recovery.plan.build")

    def test_a_signal_on_the_phone_sets_the_flag(self):
        result = self._as(self.officer).action_record_contact({"outcome": "vulnerable"})
        self.assertEqual(result["opens"]["res_model"], "debt.recovery.hardship")
        form = self._open()
        self.assertTrue(form.is_vulnerable)
        form.save()
        self.assertEqual(self._running(), ["vulnerable"])

    def test_who_may_not_assess_gets_the_task_alone(self):
        self.record.user_id = self.field_officer
        result = self._as(self.field_officer).action_record_contact(
            {"outcome": "cannot", "channel": "visit"}
        )
        self.assertFalse(result["opens"])
        self.assertEqual(self._running(), ["hardship"])

    def test_letter_where_there_is_no_address(self):
        self.human.email = False
        record = self._assess()
        self.assertEqual(record.tell, "letter")
        record.action_pause()
        self.assertEqual(self.record.action_ids.channel, "letter")
        self.assertEqual(self.record.action_ids.state, "queued")

    def test_refused_in_words(self):
        with self._refused("Wages, Pension.*negative"):
            self._assess(income_work=-1)
        with self._refused("is a company: use a payment plan"):
            self._as(self.officer, self.firm).action_hardship()
        with self._refused("before it starts"):
            self._assess(date_review=self._day(-3)).action_pause()
        with self._refused("by its buttons"):
            self._assess().relief = "pause"
        with self._refused("withdraw it"):
            self._assess().sudo().unlink()
        with freeze_time("2025-03-03 09:00:00"):
            self.record._close("other", "Test")
        with self._refused("is closed"):
            self._as(self.officer).action_hardship()

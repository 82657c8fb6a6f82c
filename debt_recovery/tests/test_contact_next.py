from freezegun import freeze_time

from odoo.tests import tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactNext(ContactCommon):
    """What is to be done after a contact, and its undoing."""

    def test_no_answer_is_tried_at_another_part_of_the_day(self):
        action = self._tell("no_answer")
        call = self._activity()
        self.assertEqual(str(call.date_deadline), "2025-03-04")
        self.assertIn("around midday", call.summary)
        self.assertEqual(call.user_id, self.officer)
        self._undo(action)
        self.assertFalse(self._activity())

    def test_four_attempts_on_three_parts_propose_another_channel(self):
        hours = (9, 12, 15, 9)
        for day, hour in enumerate(hours):
            with freeze_time(self._moment(day, hour)):
                self._tell("no_answer")
        task = self._activity()
        self.assertEqual(len(task), 1)
        self.assertIn("4 calls without an answer", task.summary)

    def test_four_attempts_in_the_morning_try_the_afternoon(self):
        for day in range(4):
            with freeze_time(self._moment(day, 9)):
                self._tell("no_answer")
        self.assertNotIn("without an answer", self._activity().summary)

    def test_a_conversation_starts_the_count_anew(self):
        for day, hour in enumerate((9, 12, 15)):
            with freeze_time(self._moment(day, hour)):
                self._tell("no_answer")
        with freeze_time(self._moment(3, 9)):
            self._tell("time")
            self._tell("no_answer")
        self.assertNotIn("without an answer", str(self._activity().mapped("summary")))

    def test_voicemail_waits_two_working_days(self):
        self._tell("message")
        self.assertEqual(str(self._activity().date_deadline), "2025-03-05")

    def test_callback_stands_at_its_hour_and_is_answered_by_the_next_call(self):
        self._tell("callback", hour="2025-03-03 14:30:00", person="Petra")
        callback = self._activity()
        self.assertEqual(str(callback.recovery_hour), "2025-03-03 14:30:00")
        self.assertIn("14:30", callback.summary)
        answer = self._tell("promise", date="2025-03-10")
        self.assertFalse(callback.active)
        self._undo(answer)
        self.assertTrue(callback.active)

    def test_own_call_task_is_answered_by_the_call(self):
        def plan(user):
            return self.case.activity_schedule(
                "mail.mail_activity_data_call",
                date_deadline=self.today,
                user_id=user.id,
            )

        mine, other = plan(self.officer), plan(self.other_officer)
        action = self._tell("no_answer")
        self.assertEqual((mine.active, other.active), (False, True))
        self._undo(action)
        self.assertTrue(mine.active)

    def test_call_answers_the_task_of_the_strategy(self):
        step = self.env.ref("debt_recovery.step_call1")
        task = self._plan(step=step, channel=self.phone)
        task._release()
        activity = task.activity_id
        action = self._tell("refuses", text="Never ordered")
        self.assertEqual((action, action.state), (task, "done"))
        self.assertFalse(activity.active)
        self._undo(action)
        self.assertEqual(
            (action.state, action.outcome_id.code, action.note),
            ("queued", False, False),
        )
        self.assertTrue(activity.active)

    def test_refusal_jumps_to_the_next_firmer_step_for_review(self):
        action = self._tell("refuses", text="Never ordered")
        jumped = self.case.action_ids - action
        self.assertEqual(set(jumped.mapped("state")), {"planned"})
        self.assertEqual(set(jumped.mapped("mode")), {"review"})
        self.assertIn("Never ordered", jumped[0].reason)
        self.assertIn("Never ordered", self._activity().summary)
        self._undo(action)
        self.assertEqual(set(jumped.mapped("state")), {"cancelled"})

    def test_wrong_number_is_marked_until_it_changes(self):
        twin = self._debtor("Twin Ltd", phone=self.person.phone)
        action = self._tell("wrong", contact_id=self.person.id)
        self.assertIn(self.person.phone, self.person.recovery_wrong_text)
        self.assertFalse(twin.recovery_wrong_text, "only this debtor's number is wrong")
        self.assertNotIn(self.person, self.case._get_recipients("ap", "phone"))
        self.assertIn("right contact", self._activity().summary)
        self._undo(action)
        self.assertFalse(self.person.recovery_wrong_text)
        self._tell("wrong", contact_id=self.person.id)
        self.person.phone = "+1 212 555 0199"
        self.assertFalse(self.person.recovery_wrong_text)

    def test_new_contact_gets_our_messages_and_a_call(self):
        action = self._tell(
            "new_contact", new_contact={"name": "Nora New", "phone": "+44 20 7946 0018"}
        )
        contact = self.case.contact_ids
        self.assertEqual(
            (contact.name, contact.parent_id, contact.recovery_contact_role),
            ("Nora New", self.debtor, "ap"),
        )
        call = self._activity()
        self.assertEqual(str(call.date_deadline), "2025-03-03")
        self.assertIn("Nora New", call.summary)
        self._undo(action)
        self.assertFalse(contact.active)
        self.assertFalse(self.case.contact_ids)
        self.assertFalse(self._activity())

    def test_enquiry_has_an_owner_and_a_day_and_no_hold(self):
        self._tell(
            "info", date="2025-03-12", owner_id=self.manager.id, text="VAT number?"
        )
        enquiry = self.case.dispute_ids
        self.assertEqual(
            (enquiry.kind, enquiry.user_id, str(enquiry.date_due), enquiry.note),
            ("enquiry", self.manager, "2025-03-12", "VAT number?"),
        )
        self.assertFalse(self.case.hold_ids)

    def test_complaint_goes_to_the_manager(self):
        self.company.recovery_escalate_user_id = self.manager
        action = self._tell("complaint", text="Rude on the phone")
        complaint = self.case.dispute_ids
        self.assertEqual(
            (complaint.kind, complaint.user_id, str(complaint.date_due)),
            ("complaint", self.manager, "2025-03-10"),
        )
        self._undo(action)
        self.assertEqual(complaint.state, "withdrawn")
        self.assertFalse(self.case.hold_ids.filtered("active_today"))

    def test_complaint_stops_firm_steps_only(self):
        self._tell("complaint", text="Rude on the phone")
        self.assertEqual(self.case.hold_ids.type_id.code, "complaint")
        self.assertFalse(self.case.amount_held)
        verdicts = {
            name: self.case._contact_verdict(
                "email", step=self.env.ref(f"debt_recovery.step_{name}")
            ).status
            for name in ("rem2", "demand")
        }
        self.assertEqual(verdicts, {"rem2": "allowed", "demand": "refused"})
        self.assertEqual(self.case._contact_verdict("legal").status, "refused")

    def test_plan_not_made_is_called_about_tomorrow(self):
        self._tell("time")
        call = self._activity()
        self.assertEqual(str(call.date_deadline), "2025-03-04")
        self.case.with_user(self.officer)._take_promise("2025-03-20")
        self.assertFalse(call.active, "there is an agreement now")

    def test_the_next_case_is_offered(self):
        other = self._debtor("Next Ltd", phone="+44 20 7946 0959")
        self._overdue_invoice(other, 500, 20)
        case = self._case(other, user_id=self.officer.id)
        case.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.today,
            user_id=self.officer.id,
        )
        self.env.flush_all()
        result = self.case.with_user(self.officer).action_record_contact(
            {"outcome": "no_answer", "offer_next": True}
        )
        self.assertEqual(result["next"]["id"], case.id)

    def test_cannot_pay_differs_for_people(self):
        self._tell("cannot")
        self.assertFalse(self.case.hold_ids)
        human = self._debtor("Hugo Human", is_company=False)
        self._overdue_invoice(human, 300, 20)
        case = self._case(human, user_id=self.officer.id)
        self._tell("cannot", case=case)
        hold = case.hold_ids
        self.assertEqual(
            (hold.type_id.code, str(hold.date_to)), ("hardship", "2025-03-17")
        )
        self.assertIn("hardship", case.activity_ids.summary)

    def test_visits_are_three_at_most(self):
        for day, hour in enumerate((9, 12, 15)):
            with freeze_time(self._moment(day, hour)):
                self._tell("visit_nobody", channel="visit")
        self.assertIn("3 visits and nobody there", self._activity()[-1:].summary)

    def test_served_demand_is_recorded_as_delivered(self):
        action = self._tell("visit_served", channel="visit", person="Petra Payer")
        self.assertIn("Petra Payer", action.delivery_ids.detail)

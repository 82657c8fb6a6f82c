from odoo.tests import new_test_user, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactMoney(ContactCommon):
    """Outcomes that move amounts, and their undoing."""

    def test_promise_covers_all_that_is_due(self):
        action = self._tell("promise", date="2025-03-10", contact_id=self.person.id)
        self.assertEqual(self._amounts(), {"agreed": 1250})
        agreement = self.case.agreement_ids
        self.assertEqual((agreement.source, agreement.state), ("officer", "active"))
        self.assertEqual(
            (action.state, action.person, action.user_id, action.outcome_id.code),
            ("done", "Petra Payer", self.officer, "promise"),
        )
        self._undo(action)
        self.assertEqual(self._amounts(), {"collectable": 1250})
        self.assertEqual((action.state, agreement.state), ("cancelled", "cancelled"))
        self.assertIn("dr_officer", action.failure)

    def test_promise_of_a_sum_pays_the_oldest_item(self):
        self._tell("promise", date="2025-03-10", amount=400)
        self.assertEqual(self._amounts(), {"agreed": 400, "collectable": 850})

    def test_field_officer_promises_within_the_limits_too(self):
        self.case.user_id = self.field_officer
        self._tell("promise", user=self.field_officer, date="2025-06-30")
        self.assertEqual(self.case.agreement_ids.state, "to_approve")
        self.assertEqual(self._amounts(), {"collectable": 1250})
        self.case.agreement_ids.action_cancel()
        self._tell("promise", user=self.field_officer, date="2025-03-20")
        self.assertEqual(self._amounts(), {"agreed": 1250})

    def test_payment_run_is_a_promise_of_its_own_source(self):
        self._tell("payrun", date="2025-03-07", item_ids=self.item.ids)
        self.assertEqual(self.case.agreement_ids.source, "payment_run")
        self.assertEqual(self._amounts(), {"agreed": 1000, "collectable": 250})

    def test_paid_holds_the_ticked_items_for_five_working_days(self):
        action = self._tell(
            "paid", date="2025-02-27", item_ids=self.item.ids, text="Ref 77"
        )
        hold = self.case.hold_ids
        self.assertEqual(
            (hold.type_id.code, hold.move_line_id, str(hold.date_to)),
            ("payment_trace", self.item, "2025-03-10"),
        )
        self.assertEqual(self._amounts(), {"held": 1000, "collectable": 250})
        trace = self.invoice.activity_ids
        self.assertTrue(trace.recovery_is_trace)
        self.assertEqual(str(trace.date_deadline), "2025-03-10")
        self.assertIn("Ref 77", trace.summary)
        self._undo(action)
        self.assertEqual(self._amounts(), {"collectable": 1250})
        self.assertFalse(self.invoice.activity_ids)

    def test_nothing_ticked_means_all_that_is_collectable(self):
        self._tell("paid", date="2025-02-27")
        self.assertEqual(self._amounts(), {"held": 1250})
        self.assertEqual(len(self.case.hold_ids), 2)

    def test_trace_goes_to_a_bookkeeper_of_the_company(self):
        new_test_user(
            self.env,
            "dr_clerk",
            "account.group_account_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self._tell("paid", date="2025-02-27")
        user = self.invoice.activity_ids.user_id
        self.assertTrue(user.has_group("account.group_account_user"))
        self.assertIn(self.company, user.company_ids)

    def test_not_found_chases_again_at_once(self):
        action = self._tell("paid", date="2025-02-27", item_ids=self.item.ids)
        trace = self.invoice.activity_ids
        trace.with_user(trace.user_id).action_recovery_not_found()
        self.assertEqual(self._amounts(), {"collectable": 1250})
        self.assertFalse(trace.active)
        broken = self.case.action_ids - action
        self.assertEqual(broken.step_id.code, "ev_broken")
        with self._refused("finished already"):
            trace.with_user(trace.user_id).action_recovery_found()

    def test_found_keeps_the_hold_until_its_day(self):
        self._tell("paid", date="2025-02-27", item_ids=self.item.ids)
        trace = self.invoice.activity_ids
        trace.with_user(trace.user_id).action_recovery_found()
        self.assertEqual(self._amounts(), {"held": 1000, "collectable": 250})
        self.assertFalse(trace.active)

    def test_copies_leave_at_once_and_the_items_wait(self):
        with self.mock_mail_gateway():
            action = self._tell(
                "copy", item_ids=self.item.ids, contact_id=self.person.id
            )
        message = self.case.action_ids - action
        self.assertEqual((message.state, message.step_id.code), ("queued", "ev_copy"))
        self.assertEqual(message.recipient_ids, self.person)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertFalse(message.line_ids)
        hold = self.case.hold_ids
        self.assertEqual(
            (hold.type_id.code, hold.move_line_id, str(hold.date_to)),
            ("copy_sent", self.item, "2025-03-06"),
        )
        callback = self._activity()
        self.assertEqual(str(callback.date_deadline), "2025-03-06")
        self._undo(action)
        self.assertEqual(message.state, "cancelled")
        self.assertEqual(self._amounts(), {"collectable": 1250})
        self.assertFalse(self._activity())

    def test_copies_need_an_address(self):
        (self.person | self.debtor).email = False
        with self._refused("has no e-mail address"), self.mock_mail_gateway():
            self._tell("copy", item_ids=self.item.ids)

    def test_dispute_takes_only_the_ticked_items(self):
        category = self.env.ref("debt_recovery.dispute_category_price")
        action = self._tell(
            "dispute", item_ids=self.item_2.ids, category_id=category.id, text="10 %"
        )
        dispute = self.case.dispute_ids
        self.assertEqual((dispute.category_id, dispute.note), (category, "10 %"))
        self.assertEqual(self._amounts(), {"disputed": 250, "collectable": 1000})
        self._undo(action)
        self.assertEqual(dispute.state, "withdrawn")
        self.assertEqual(self._amounts(), {"collectable": 1250})

    def test_one_contact_with_two_outcomes(self):
        category = self.env.ref("debt_recovery.dispute_category_price")
        action = self._tell(
            "promise",
            date="2025-03-10",
            item_ids=self.item.ids,
            more=[
                {
                    "outcome": "dispute",
                    "item_ids": self.item_2.ids,
                    "category_id": category.id,
                }
            ],
        )
        self.assertEqual(self._amounts(), {"agreed": 1000, "disputed": 250})
        self.assertEqual(self.case.action_ids, action)
        self.assertIn("Something is wrong", action.note)
        self._undo(action)
        self.assertEqual(self._amounts(), {"collectable": 1250})

    def test_other_company_is_left_alone(self):
        self._setup_company_2()
        self._overdue_invoice(self.debtor, 700, 20, company=self.company_2)
        other = self._case(company=self.company_2)
        self._tell("paid", date="2025-02-27")
        self.env.cr.flush()
        other.invalidate_recordset()
        self.assertEqual((other.amount_held, other.amount_collectable), (0, 700))
        item = self.env["account.move.line"].search(
            [("company_id", "=", self.company_2.id), ("debit", "=", 700)], limit=1
        )
        with self._refused("no open item of"):
            self._tell("paid", date="2025-02-27", item_ids=item.ids)

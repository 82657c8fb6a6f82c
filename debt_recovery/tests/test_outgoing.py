from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestOutgoing(DebtRecoveryChannelCommon):
    """What people do with messages before they leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_release = "hour"
        cls.actions = cls.env["debt.recovery.action"].with_user(cls.officer)

    def _waiting(self, **vals):
        """A prepared message that claims both invoices, as the officer sees it."""
        action = self._plan(**{"mode": "review", **vals})
        action._prepare_messages()
        return action.with_user(self.officer)

    def _before_today(self, action):
        """As if planned this morning: everything in a test has one database clock."""
        self.env.cr.execute(
            "UPDATE debt_recovery_action SET create_date = create_date - interval "
            "'5 hours' WHERE id = %s",
            [action.id],
        )
        action.invalidate_recordset()

    # remove a line ----------------------------------------------------------

    def test_removed_line_is_claimed_next_time(self):
        action = self._waiting(mode="auto")
        line = action.line_ids.filtered(lambda x: x.move_id == self.invoice)
        line.action_remove()
        self.assertEqual(action.line_ids.move_id, self.invoice_2)
        self.assertEqual(action.amount_claimed, 250)
        self.assertIn(self.invoice.name, action.note)
        with self.mock_mail_gateway():
            self._release(action.sudo())
        self.assertEqual(action.state, "done")
        self.assertNotIn(self.invoice.name, self._sent()["body"])
        later = self._plan(step=self.demand)
        later._prepare_messages()
        self.assertEqual(later.line_ids.move_id, self.invoice | self.invoice_2)

    def test_removed_driver_hands_over_to_the_oldest_line_left(self):
        driver = self._receivable_line(self.invoice)
        action = self._waiting(driver_line_id=driver.id, driver_amount=1000)
        action.line_ids.filtered(
            lambda x: x.move_line_id.id == driver.id
        ).action_remove()
        self.assertEqual(
            action.driver_line_id.id, self._receivable_line(self.invoice_2).id
        )
        self.assertEqual(action.driver_amount, 250)

    def test_last_line_is_not_removed(self):
        action = self._waiting()
        with self._refused("skip the message instead"):
            action.line_ids.action_remove()
        self.assertEqual(len(action.line_ids), 2)

    def test_line_of_a_message_that_left_stays(self):
        action = self._waiting(mode="auto")
        with self.mock_mail_gateway():
            self._release(action.sudo())
        with self._refused("is done by now"):
            action.line_ids[0].action_remove()

    def test_text_written_by_hand_is_read_again(self):
        action = self._waiting(mode="auto")
        action.write({"custom_text": True, "subject": "x", "body": "Pay 1,250"})
        action.line_ids[0].action_remove()
        self.assertEqual((action.state, action.mode), ("planned", "review"))

    # leave out --------------------------------------------------------------

    def _leave_out(self, actions, reason="The customer asked for a call"):
        values = actions.action_skip()["context"]
        wizard = self.env["debt.recovery.action.skip"].with_user(self.officer)
        wizard.with_context(**values).create({"reason": reason}).action_confirm()

    def test_left_out_with_a_reason_and_not_planned_again(self):
        """The key is free for a person; the engine counts the step as passed."""
        action = self._waiting()
        self._leave_out(action)
        self.assertEqual(action.state, "skipped")
        self.assertEqual(action.reason, "The customer asked for a call")
        run = self.env["debt.recovery.run"]._start(self.company)
        facts = run._in_company()._gather_facts(self.case)[self.case]
        self.assertIn(self.rem1.id, facts.skipped)
        self.assertTrue(self._plan(), "a person may still send it")

    def test_many_are_left_out_at_once(self):
        actions = self._waiting() | self._waiting(step=self.demand)
        self._leave_out(actions)
        self.assertEqual(set(actions.mapped("state")), {"skipped"})

    # approve ----------------------------------------------------------------

    def test_two_people_approve(self):
        action = self._waiting()
        action.action_approve()
        self.assertEqual(action.approved_by_id, self.officer)
        with self._refused("is approved by now"):
            action.with_user(self.manager).action_approve()
        self.assertEqual(action.approved_by_id, self.officer)

    def test_a_selection_is_approved_though_one_was_already(self):
        first, second = self._waiting(), self._waiting(step=self.demand)
        first.with_user(self.manager).action_approve()
        (first | second).action_approve()
        self.assertEqual(first.approved_by_id, self.manager)
        self.assertEqual(second.approved_by_id, self.officer)

    def test_what_was_left_out_cannot_be_approved(self):
        action = self._waiting()
        self._leave_out(action)
        with self._refused("is skipped by now"):
            action.action_approve()

    # preview ----------------------------------------------------------------

    def _preview(self, action):
        values = action.action_open_message()
        self.assertEqual(values["res_model"], "debt.recovery.send.preview")
        wizard = self.env["debt.recovery.send.preview"].with_user(self.officer)
        return Form(wizard.with_context(**values["context"]))

    def test_preview_approves_with_a_changed_text(self):
        action = self._waiting()
        form = self._preview(action)
        self.assertIn(self.invoice.name, form.preview)
        form.custom_text = True
        form.subject = "About your account"
        form.save().action_approve()
        self.assertEqual(action.state, "approved")
        self.assertEqual(action.subject, "About your account")

    def test_preview_keeps_without_sending(self):
        action = self._waiting()
        contact = self._contact(self.debtor, "Paula Payer")
        form = self._preview(action)
        form.recipient_ids.add(contact)
        form.save().action_keep()
        self.assertEqual(action.state, "planned")
        self.assertIn(contact, action.recipient_ids)

    def test_customer_merged_while_somebody_reads(self):
        other = self._debtor("Other Ltd", email="ap@other.example.com")
        self._overdue_invoice(other, 90, 20)
        target = self._case(other, user_id=self.officer.id)
        action = self._waiting()
        wizard = self._preview(action).save()
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.debtor | other).ids, other)
        self.assertEqual(action.state, "cancelled")
        for button in (
            wizard.action_send,
            wizard.action_keep,
            wizard.action_approve,
            action.action_preview,
            action.action_approve,
        ):
            with self._refused(f"merged into {target.name}"):
                button()

    def test_done_messages_open_from_the_log(self):
        action = self._waiting(mode="auto")
        with self.mock_mail_gateway():
            self._release(action.sudo())
        self.assertEqual(
            action.action_open_message()["res_model"], "debt.recovery.action"
        )

    # warnings ---------------------------------------------------------------

    def test_first_message_ever(self):
        action = self._waiting(mode="auto")
        self.assertIn("First message ever", action.watch_out)
        with self.mock_mail_gateway():
            self._release(action.sudo())
        self.assertFalse(action.watch_out)
        self.assertNotIn(
            "First message ever", self._waiting(step=self.demand).watch_out or ""
        )

    def test_money_since_the_message_was_planned(self):
        action = self._waiting()
        self._before_today(action)
        self.assertNotIn("Money", action.watch_out)
        self._customer_payment(self.debtor, 300)
        action.invalidate_recordset()
        self.assertIn("Money came in: $\xa0300.00", action.watch_out)

    def test_changed_claim_key_account_and_dispute(self):
        action = self._waiting()
        self.debtor.category_id = self.env.ref(
            "debt_recovery.partner_category_key_account"
        )
        self._pay(self.invoice_2, amount=50)
        action.invalidate_recordset()
        self.assertIn("Claim has changed", action.watch_out)
        self.assertIn("Key account", action.watch_out)

    def test_failed_before_and_no_recipient(self):
        action = self._waiting()
        action.sudo()._set_failed("Mailbox unavailable")
        self.assertEqual(action.watch_out, "Mailbox unavailable")
        again = self._waiting()
        again.recipient_ids = False
        self.assertIn("Failed before", again.watch_out)
        self.assertIn("No recipient", again.watch_out)

    def test_warnings_of_a_page_are_read_together(self):
        cases = [self.case]
        for number in range(6):
            partner = self._debtor(f"Many {number}")
            self._overdue_invoice(partner, 500, 20)
            cases.append(self._case(partner, strategy_id=self.strategy.id))
        actions = self.env["debt.recovery.action"]
        for case in cases:
            actions |= self._plan(case=case)
        actions._prepare_messages()
        few, many = actions[:2], actions[2:]
        counts = []
        for page in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.mapped("watch_out")
            page.mapped("line_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    # when it leaves ---------------------------------------------------------

    def test_leaves_at_the_next_release(self):
        review, auto = self._waiting(), self._waiting(step=self.demand, mode="auto")
        self.assertFalse(review.leaves_at)
        self.assertGreater(auto.leaves_at, fields.Datetime.now() - timedelta(days=1))
        self.assertEqual(auto.leaves_at, self.company._recovery_next_release())
        self.assertIn("10:30", auto.leaves)
        self.company.recovery_release = "at_once"
        auto.invalidate_recordset()
        self.assertFalse(auto.leaves_at)

    # the head of the room ---------------------------------------------------

    def test_head_counts_by_reason(self):
        quiet = self._debtor("Quiet Ltd")
        self._overdue_invoice(quiet, 5000, 40)
        self._credit_note(quiet, 4900)
        run = self.env["debt.recovery.run"]._start(self.company)
        run._execute()
        facts = self.actions.with_user(self.manager).action_outgoing_facts()
        self.assertEqual(facts["hour"], "10:30")
        self.assertEqual(facts["run_ids"], run.ids)
        counts = {reason["code"]: reason["count"] for reason in facts["reasons"]}
        self.assertGreaterEqual(counts["unmatched_credit"], 1)
        lines = run.line_ids.filtered(
            lambda x: x.phase == "decide" and x.outcome in ("wait", "stop", "idle")
        )
        self.assertEqual(sum(counts.values()), len(lines))

    def test_head_without_any_run(self):
        self.env["debt.recovery.run"].search([]).unlink()
        facts = self.actions.action_outgoing_facts()
        self.assertEqual((facts["reasons"], facts["run_ids"]), ([], []))

    # rights -----------------------------------------------------------------

    def test_auditor_looks_and_touches_nothing(self):
        action = self._waiting().with_user(self.auditor)
        self.assertEqual(
            action.action_open_message()["res_model"], "debt.recovery.action"
        )
        self.assertTrue(action.watch_out)
        action.action_outgoing_facts()
        for act in (action.action_approve, action.line_ids[0].action_remove):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual((action.state, len(action.line_ids)), ("planned", 2))

    def test_officer_of_another_case_cannot_approve(self):
        action = self._waiting().with_user(self.other_officer)
        with self.assertRaises(AccessError):
            action.action_approve()

    def test_hold_from_the_room(self):
        action = self._waiting()
        context = action.action_hold()["context"]
        self.assertEqual(context["default_case_ids"], [(6, 0, self.case.ids)])
        form = Form(
            self.env["debt.recovery.hold.place"]
            .with_user(self.officer)
            .with_context(**context)
        )
        form.type_id = self.env.ref("debt_recovery.hold_type_goodwill")
        form.reason = "Asked for patience"
        form.save().action_place()
        self.assertTrue(self.case.hold_ids)

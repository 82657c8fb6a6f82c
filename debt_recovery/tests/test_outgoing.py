from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .outgoing_common import OutgoingCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestOutgoing(OutgoingCommon):
    """What people do with messages before they leave."""

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

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .screen_common import MONDAY, CaseScreenCommon


class TestCaseWizards(CaseScreenCommon):
    """Promise, dispute, strategy, closing: done by an officer, refused in words."""

    # PROMISE

    def test_promise_takes_all_and_a_working_week(self):
        form = self._wizard(self.case.action_promise())
        self.assertEqual(form.date_agreed, MONDAY + timedelta(days=7))
        self.assertEqual(form.amount, 10000)
        form.save().action_confirm()
        self.assertEqual(self._amounts(), [10000, 0, 10000, 0, 0])
        self.env.cr.precommit.run()
        self.assertEqual(self.record.stage_id.code, "agreed")
        self.assertIn("Promise", " ".join(self.record.message_ids.mapped("body")))

    def test_part_of_the_debt_is_promised_oldest_first(self):
        form = self._wizard(self.case.action_promise(), amount=7000)
        wizard = form.save()
        self.assertEqual(wizard.line_ids.mapped("selected"), [True, True, False])
        self.assertEqual(wizard.line_ids[1].amount, 1200)
        wizard.action_confirm()
        self.assertEqual(self._amounts(), [10000, 0, 7000, 0, 3000])

    def test_nothing_ticked_is_no_promise(self):
        form = self._wizard(self.case.action_promise(), amount=0)
        with self.assertRaisesRegex(UserError, "Nothing is promised"):
            form.save().action_confirm()

    def test_a_promise_in_the_past_is_refused(self):
        form = self._wizard(
            self.case.action_promise(), date_agreed=MONDAY - timedelta(days=1)
        )
        with self.assertRaises(ValidationError):
            form.save().action_confirm()

    def test_an_expired_promise_makes_room(self):
        self._wizard(self.case.action_promise()).save().action_confirm()
        first = self.record.agreement_ids
        self.case = self.case.with_context(recovery_today=MONDAY + timedelta(days=20))
        self._wizard(self.case.action_promise()).save().action_confirm()
        self.assertEqual(first.state, "broken")
        self.assertEqual(len(self.record.agreement_ids), 2)

    # DISPUTE

    def _dispute_form(self, name):
        category = self.env.ref("debt_recovery.dispute_category_price")
        return self._wizard(self.case.action_dispute(), category_id=category, name=name)

    def test_part_of_an_item_is_disputed(self):
        form = self._dispute_form(name="Wrong price")
        with form.line_ids.edit(1) as line:
            line.selected = True
            line.amount = 1000
        form.save().action_confirm()
        self.assertEqual(self._amounts(), [10000, 1000, 0, 0, 9000])
        self.assertEqual(self.record.dispute_ids.amount_text, "$\xa01,000.00")

    def test_nothing_is_disputed_by_accident(self):
        form = self._dispute_form(name="Hm")
        with self.assertRaisesRegex(UserError, "Tick the items"):
            form.save().action_confirm()

    def test_more_than_open_cannot_be_disputed(self):
        form = self._dispute_form(name="All wrong")
        with form.line_ids.edit(0) as line:
            line.selected = True
            line.amount = 99999
        with self.assertRaisesRegex(UserError, "cannot be disputed"):
            form.save().action_confirm()

    def test_items_ticked_in_a_list_are_chosen(self):
        line = self._receivable_line(self.odd)
        wizard = Form(
            self.case.env["debt.recovery.dispute.open"].with_context(
                active_model="debt.recovery.receivable", active_ids=line.ids
            )
        )
        wizard.category_id = self.env.ref("debt_recovery.dispute_category_quality")
        wizard.save().action_confirm()
        self.assertEqual(self._amounts(), [10000, 1200, 0, 0, 8800])

    # STRATEGY

    def test_strategy_changes_with_a_reason(self):
        other = self.env.ref("debt_recovery.strategy_key_account")
        planned = self.env["debt.recovery.action"]._plan_from_decisions(
            [
                self.record._prepare_action_vals(
                    self.record.strategy_id.step_ids[:1],
                    self.env.ref("debt_recovery.channel_email"),
                )
            ]
        )
        form = self._wizard(self.case.action_change_strategy(), reason="Big customer")
        form.strategy_id = other
        form.save().action_change()
        self.assertEqual(self.record.strategy_id, other)
        self.assertTrue(self.record.strategy_manual)
        self.assertEqual(planned.state, "cancelled")
        self.assertIn("Big customer", self.record.message_ids[0].body)

    def test_the_rules_choose_again(self):
        self.record.strategy_id = self.env.ref("debt_recovery.strategy_key_account")
        form = self._wizard(self.case.action_change_strategy(), reason="Normal again")
        form.automatic = True
        form.save().action_change()
        self.assertFalse(self.record.strategy_manual)
        self.assertEqual(self.record.strategy_id, self.strategy)

    # CLOSING

    def _close(self, reason, note=None, user=None):
        case = self.as_user(user or self.officer)
        action = case.action_close()
        form = Form(case.env[action["res_model"]].with_context(**action["context"]))
        form.reason = reason
        form.note = note or False
        return form.save().action_close()

    def test_owing_case_is_not_closed_as_paid(self):
        with self.assertRaisesRegex(UserError, "still owes"):
            self._close("paid", "Never mind")

    def test_closing_with_debt_asks_why(self):
        action = self.case.action_close()
        wizard = self.case.env[action["res_model"]].create(
            {"case_ids": [Command.set(self.case.ids)], "reason": "other"}
        )
        with self.assertRaisesRegex(UserError, "why nobody chases it"):
            wizard.action_close()

    def test_giving_up_money_needs_a_manager(self):
        self._close("uncollectable", "Bankrupt")
        self.assertEqual(self.record.state, "open")
        self.assertEqual(self.record.approval_ids.state, "waiting")
        self._close("uncollectable", "Bankrupt", self.manager)
        self.assertEqual(self.record.state, "closed")
        self.assertEqual(self.record.stage_id.code, "closed_other")
        self.assertEqual(self.record.close_note, "Bankrupt")

    def test_officer_closes_and_reopens(self):
        self._close("other", "Chased by the parent company")
        with self.assertRaisesRegex(UserError, "Reopen it first"):
            self.case.action_promise()
        self.case.action_reopen()
        self.assertEqual(self.record.state, "open")

from datetime import timedelta

from odoo.tests import tagged

from .approval_common import MONDAY, ApprovalCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestApprovalKinds(ApprovalCommon):
    """Every kind from the officer's dialog to what the decision does."""

    # HOLD

    def test_long_hold_counts_after_the_yes(self):
        approval = self._ask_hold()
        hold = self.record.hold_ids
        self.assertEqual(hold.approval_state, "waiting")
        alert = self._as(self.officer).approval_alert
        self.assertIn("Hold, asked by dr_officer", alert)
        self.assertFalse(hold.active_today)
        self.assertEqual(self._amount("amount_held"), 0)
        self.assertEqual((approval.kind, approval.level), ("hold", "manager"))
        self.assertEqual(approval.amount, 5800)
        self.assertIn("Goodwill pause from", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "approved")
        self.assertEqual(approval.decided_by_id, self.manager)
        self.assertFalse(self._as(self.officer).approval_alert)
        self.assertTrue(self._as(self.officer, hold).active_today)
        self.assertEqual(self._amount("amount_held"), 5800)

    def test_refused_hold_stops_nothing(self):
        approval = self._ask_hold()
        self._answer(self.manager, approval, "refuse", "He was abroad last time, too")
        hold = self.record.hold_ids
        self.assertEqual(hold.approval_state, "refused")
        self.assertEqual(self._amount("amount_held"), 0)
        self.assertIn("last time", approval.refusal_reason)
        self.assertTrue(self._mails_to(self.officer, approval))

    def test_hold_without_end(self):
        hold_type = self.env.ref("debt_recovery.hold_type_trace")
        hold_type.needs_end = False
        approval = self._ask_hold(days=0, code="trace")
        self.assertIn("without end", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertFalse(self.record.hold_ids.date_to)
        self.assertTrue(self.record.hold_ids.active_today)

    def test_manager_and_short_holds_need_nobody(self):
        for user, days in ((self.officer, 7), (self.manager, 60)):
            wizard = self._dialog(
                user,
                self._as(user).action_place_hold(),
                type_id=self.env.ref("debt_recovery.hold_type_goodwill"),
                reason="x",
                date_to=MONDAY + timedelta(days=days),
            )
            self.assertFalse(wizard.needs_approval)
            wizard.action_place()
        self.assertEqual(self.record.hold_ids.mapped("active_today"), [True, True])
        self.assertFalse(self.record.approval_ids)

    def test_nobody_approves_by_writing_a_field(self):
        self._ask_hold()
        hold = self.record.hold_ids
        with self._refused("approved in the Approvals room"):
            self._as(self.officer, hold).approval_state = "approved"
        with self._refused("approved in the Approvals room"):
            hold.with_user(self.officer).create(
                {
                    "type_id": hold.type_id.id,
                    "case_id": self.record.id,
                    "reason": "x",
                    "approval_state": "waiting",
                    "date_to": hold.date_to,
                }
            )

    def test_the_limit_is_data(self):
        limit = self.env.ref("debt_recovery.approval_limit_hold_officer")
        limit.hold_basis = "maximum"
        wizard = self._dialog(
            self.officer,
            self._as(self.officer).action_place_hold(),
            type_id=self.env.ref("debt_recovery.hold_type_goodwill"),
            reason="x",
            date_to=MONDAY + timedelta(days=14),
        )
        self.assertFalse(wizard.needs_approval)
        wizard.action_place()
        self.assertTrue(self.record.hold_ids.active_today)

    # PROMISE

    def test_far_promise_waits(self):
        approval = self._ask_promise(45)
        promise = self.record.agreement_ids
        self.assertEqual((promise.state, approval.level), ("to_approve", "manager"))
        self.assertEqual(self._amount("amount_agreed"), 0)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(promise.state, "active")
        self.assertEqual(self._amount("amount_agreed"), 5800)

    def test_refused_promise_ends(self):
        approval = self._ask_promise(45)
        self._answer(self.manager, approval, "refuse", "Too late")
        self.assertEqual(self.record.agreement_ids.state, "cancelled")
        self.assertEqual(self._amount("amount_agreed"), 0)

    def test_promise_within_the_limit_counts_at_once(self):
        wizard = self._dialog(
            self.officer,
            self._as(self.officer).action_promise(),
            date_agreed=MONDAY + timedelta(days=30),
        )
        self.assertFalse(wizard.needs_approval)
        wizard.action_confirm()
        self.assertEqual(self.record.agreement_ids.state, "active")

    def test_beyond_the_manager_goes_to_the_final_approver(self):
        self.company.recovery_final_approver_id = self.second
        approval = self._ask_promise(90)
        self.assertEqual(approval.level, "final")
        self.assertEqual(approval.asked_ids, self.second)
        with self._refused("it is for dr_second"):
            self._as(self.manager, approval).action_approve()
        self._as(self.second, approval).action_approve()
        self.assertEqual(self.record.agreement_ids.state, "active")

    def test_officer_does_not_get_round_the_limit(self):
        self._ask_promise(45)
        promise = self._as(self.officer, self.record.agreement_ids)
        with self._refused("not made active by hand"):
            promise.state = "active"
        self._as(self.manager, self.record.approval_ids).action_approve()
        with self._refused("further ahead than you may agree alone"):
            promise.date_agreed = MONDAY + timedelta(days=50)

    def test_promise_taken_otherwise_meanwhile(self):
        approval = self._ask_promise(45)
        self._dialog(
            self.officer, self._as(self.officer).action_promise()
        ).action_confirm()
        notice = self._as(self.manager, approval).action_approve()
        self.assertIn("promised otherwise", notice["params"]["message"])
        self.assertEqual(approval.state, "expired")
        self.assertEqual(
            set(self.record.agreement_ids.mapped("state")), {"active", "cancelled"}
        )

    # CASE

    def test_giving_up_a_case(self):
        approval = self._ask_close()
        self.assertEqual((approval.kind, approval.amount), ("case_close", 5800))
        self.assertIn("5,800", approval.effect)
        self.assertEqual(self.record.state, "open")
        self._as(self.manager, approval).action_approve()
        self.assertEqual(self.record.close_reason, "uncollectable")
        self.assertEqual(self.record.close_note, "Bankrupt")

    def test_refused_case_goes_on(self):
        approval = self._ask_close()
        self._answer(self.manager, approval, "refuse", "Call the director first")
        self.assertEqual(self.record.state, "open")
        self.assertIn("Call the director", self.record.message_ids[0].body)
        self.assertTrue(self._ask_close(), "may be asked for again")

    # FORMAL DEMAND

    def _demand(self):
        step = self.strategy.step_ids.filtered(lambda s: s.code == "demand")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [
                {
                    "case_id": self.record.id,
                    "step_id": step.id,
                    "channel_id": self.env.ref("debt_recovery.channel_letter").id,
                    "mode": "review",
                }
            ]
        )
        action._prepare_messages()
        return action

    def test_officer_releases_own_demands_by_default(self):
        action = self._demand()
        self._as(self.officer, action).action_approve()
        self.assertNotEqual(action.state, "planned")
        self.assertFalse(self.record.approval_ids)

    def test_demand_waits_where_the_company_wants_it(self):
        self.company.recovery_demand_approval = True
        action = self._demand()
        for button in ("action_approve", "action_send_now"):
            self.record.approval_ids.sudo().filtered(
                lambda a: a.state == "waiting"
            )._decide("cancelled", self.manager)
            notice = getattr(self._as(self.officer, action), button)()
            self.assertEqual(notice["tag"], "display_notification")
            self.assertEqual(action.state, "planned")
        with self._refused("waits for a decision since"):
            self._as(self.officer, action).action_approve()
        approval = self.record.approval_ids.filtered(lambda a: a.state == "waiting")
        self.assertEqual((approval.kind, approval.amount), ("demand", 5800))
        self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "approved")
        self.assertNotIn(action.state, ("planned", "cancelled"))
        self.assertEqual(action.approved_by_id, self.manager)

    def test_refused_demand_stays_to_be_reviewed(self):
        self.company.recovery_demand_approval = True
        action = self._demand()
        self._as(self.officer, action).action_approve()
        self._answer(self.manager, self.record.approval_ids, "refuse", "Soften it")
        self.assertEqual(action.state, "planned")

    def test_words_changed_after_the_yes_are_read_again(self):
        self.company.write(
            {"recovery_demand_approval": True, "recovery_release": "hour"}
        )
        action = self._demand()
        self._as(self.officer, action).action_approve()
        self._as(self.manager, self.record.approval_ids).action_approve()
        self.assertEqual(action.state, "approved")
        words = {"custom_text": True, "subject": "Last call", "body": "<p>Pay!</p>"}
        self._as(self.manager, action).write(words)
        self.assertEqual(action.state, "approved")
        self._as(self.officer, action).write({**words, "body": "<p>Or else!</p>"})
        self.assertEqual((action.state, action.approved_by_id.id), ("planned", False))

    def test_manager_lets_a_demand_go(self):
        self.company.recovery_demand_approval = True
        action = self._demand()
        self._as(self.manager, action).action_approve()
        self.assertNotEqual(action.state, "planned")

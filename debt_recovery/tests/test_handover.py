from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import mute_logger

from .legal_common import LegalCommon


class TestHandover(LegalCommon):
    """A case goes to court only through the checklist, and comes back."""

    def _missing(self, handover):
        handover.action_check()
        return set(handover._open_checks().mapped("code"))

    def test_officer_asks_manager_decides_and_the_strategy_stands_still(self):
        handover = self._handover()
        self.assertFalse(self._missing(handover))
        notice = handover.action_hand_over()
        self.assertEqual(handover.state, "waiting")
        self.assertEqual(notice["tag"], "display_notification")
        approval = handover.sudo()._waiting_approvals()
        self.assertEqual((approval.kind, approval.amount), ("legal", 10000))
        self._as(self.manager, approval).action_approve()
        legal = self.record.legal_case_ids
        self.assertEqual(handover.state, "done")
        self.assertTrue(legal.is_open)
        self.assertEqual(legal.budget, 800)
        self.assertEqual(sum(legal.item_ids.mapped("amount")), 10000)
        self.assertEqual(self.record.stage_id.code, "legal")
        self.record._refresh_figures()
        self.assertEqual(self.record.amount_collectable, 0)
        verdict = self.case._contact_verdict("email", automatic=False)
        self.assertEqual(verdict.status, "refused")

    def test_manager_within_the_limit_hands_over_at_once(self):
        handover = self._handover(self.manager)
        action = handover.action_hand_over()
        self.assertEqual(action["res_model"], "debt.recovery.legal.case")
        self.assertEqual(handover.state, "done")

    def test_manager_beyond_the_limit_asks(self):
        self._document(self._overdue_invoice(self.debtor, 1, 50))
        handover = self._handover(self.manager)
        self.assertEqual(handover.amount, 10001)
        handover.action_hand_over()
        self.assertEqual(handover.state, "waiting")

    def test_what_is_missing_is_named_with_who_can_fix_it(self):
        self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", self.old.id)]
        ).unlink()
        self._hold("goodwill", self.record, move_line_id=False)
        self._hold("truce", self.record)
        handover = self._handover(cost_estimate=9000)
        self.assertEqual(self._missing(handover), {"documents", "hold", "economic"})
        checks = {check.code: check for check in handover.check_ids}
        self.assertIn(self.old.name, checks["documents"].detail)
        self.assertIn("truce", checks["hold"].detail)
        self.assertEqual(checks["hold"].fixer_name, self.officer.name)
        action = checks["hold"].action_fix()
        self.assertEqual(action["res_model"], "debt.recovery.hold")
        for code, check in checks.items():
            if code not in ("demand", "address"):
                self.assertTrue(check.action_fix()["type"], code)
        with self._refused("3 points are missing"):
            handover.action_hand_over()
        self.assertEqual(handover.state, "draft")
        self.assertFalse(self.record.legal_case_ids)

    def test_no_demand_and_no_waiting(self):
        self.record.action_ids.filtered("step_id")._guarded().write({"cycle": 9})
        self.assertEqual(self._missing(self._handover()), {"demand", "waiting"})

    def test_too_early_names_the_day(self):
        self._demand(self.record, 10)
        handover = self._handover()
        self.assertEqual(self._missing(handover), {"waiting"})
        check = handover.check_ids.filtered(lambda c: c.code == "waiting")
        self.assertIn("06/07/2025", check.detail)

    def test_private_person_in_the_united_kingdom_has_30_days(self):
        uk = self.env.ref("base.uk")
        self.debtor.write({"country_id": uk.id, "is_company": False})
        handover = self._handover()
        waiting = handover.check_ids.filtered(lambda c: c.code == "waiting")
        self.assertEqual(waiting.status, "missing")
        with self._refused("cannot be left out by anybody"):
            self._as(self.manager, waiting).override_reason = "It is urgent"

    def test_address_is_checked_by_somebody(self):
        self.debtor.street = False
        case = self._as(self.officer, self.record)
        handover = case.env["debt.recovery.handover"].browse(
            case.action_legal()["res_id"]
        )
        self.assertIn("address", self._missing(handover))
        with self._refused("lacks Street"):
            handover.action_confirm_address()
        self.debtor.street = "2 Side Street"
        self.assertIn("address", self._missing(handover))
        handover.action_confirm_address()
        self.assertNotIn("address", self._missing(handover))
        self.assertEqual(handover.address_by_id, self.officer)

    def test_manager_answers_for_leaving_a_point_out(self):
        handover = self._handover(cost_estimate=9000)
        handover.action_check()
        check = handover.check_ids.filtered(lambda c: c.code == "economic")
        with self._refused("Only a manager"):
            check.override_reason = "Principle"
        self._as(self.manager, check).override_reason = "A signal to others"
        self.assertFalse(self._missing(handover))
        handover.action_hand_over()
        self.assertEqual(handover.state, "waiting")

    def test_disputed_and_agreed_items_stand_against_it(self):
        self.record._open_dispute(
            items=[(self._receivable_line(self.young), 1000)], note="Broken"
        )
        handover = self._handover()
        self.assertEqual(self._missing(handover), {"dispute"})
        self.assertEqual(handover.amount, 9000)

    def test_two_hand_overs_at_once(self):
        first = self._handover()
        again = self._as(self.legal, self.record).action_legal()
        self.assertEqual(again["res_id"], first.id)
        quiet = mute_logger("odoo.sql_db")
        with quiet, self.assertRaises(IntegrityError), self.cr.savepoint():
            first.sudo().create({"case_id": self.record.id})
        first.action_hand_over()
        approval = first.sudo()._waiting_approvals()
        self._as(self.manager, approval).action_approve()
        with self._refused("before the court with LC"):
            self._as(self.manager, self.record)._check_no_open_legal()
        opened = self._as(self.legal, self.record).action_legal()
        self.assertEqual(opened["res_model"], "debt.recovery.legal.case")

    def test_two_people_at_the_same_moment(self):
        """The row of the case is locked: the second hears so and loses nothing."""
        handover = self._handover(self.manager)
        busy = patch.object(
            self.env.registry["debt.recovery.case"],
            "lock_for_update",
            side_effect=LockError("busy"),
        )
        with busy, self._refused("at this very moment"):
            handover.action_hand_over()
        self.assertEqual(handover.state, "draft")
        self.assertFalse(self.record.legal_case_ids)
        handover.action_hand_over()
        self.assertTrue(self.record.legal_case_ids)

    def test_refused_goes_back_to_preparation_and_can_be_given_up(self):
        handover = self._handover()
        handover.action_hand_over()
        approval = self._as(self.manager, handover.sudo()._waiting_approvals())
        approval._decide("refused", self.manager, "Wait for the fair")
        self.assertEqual(handover.state, "draft")
        handover.action_hand_over()
        handover.action_drop()
        self.assertEqual(handover.state, "dropped")
        self.assertFalse(handover.sudo()._waiting_approvals())
        self.assertNotEqual(self._handover(), handover)

    def test_paid_while_it_waits(self):
        """The approver's yes comes too late: nothing is handed over."""
        handover = self._handover()
        handover.action_hand_over()
        self._pay(self.old | self.young, 10000, group_payment=True)
        approval = self._as(self.manager, handover.sudo()._waiting_approvals())
        approval.action_approve()
        self.assertFalse(self.record.legal_case_ids)

    def test_withdrawn_and_reopened(self):
        legal = self._legal()
        wizard = legal.env["debt.recovery.legal.close"].create(
            {"legal_case_id": legal.id, "reason": "withdrawn", "note": "They call"}
        )
        wizard.action_close()
        self.assertFalse(legal.is_open)
        self.assertNotEqual(self.record.stage_id.code, "legal")
        self.record._refresh_figures()
        self.assertEqual(self.record.amount_collectable, 10000)
        self.assertFalse(legal.event_ids.filtered(lambda e: e.state == "planned"))
        legal.action_reopen()
        self.assertTrue(legal.is_open)
        self.assertEqual(self.record.stage_id.code, "legal")
        self.record._refresh_figures()
        self.assertEqual(self.record.amount_collectable, 0)

    def test_hold_of_a_legal_case_ends_only_with_it(self):
        legal = self._legal()
        hold = self._as(self.manager, legal.sudo()._running_holds())
        with self._refused("ends when the legal case is closed"):
            hold._release("I want to write")

    def test_case_cannot_be_closed_beside_it(self):
        self._legal()
        with self._refused("close or withdraw that legal case first"):
            self.case.action_close()

    def test_switched_off_says_so_and_hides_the_menu(self):
        menu = self.env.ref("debt_recovery.menu_debt_recovery_legal")
        visible = self.env["ir.ui.menu"].with_user(self.legal)._visible_menu_ids()
        self.assertIn(menu.id, visible)
        self.env["res.company"].search([]).recovery_legal = False
        visible = self.env["ir.ui.menu"].with_user(self.legal)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)
        with self._refused("does not use legal cases"):
            self.case.action_legal()

    def test_auditor_reads_and_changes_nothing(self):
        handover = self._handover()
        seen = self._as(self.auditor, handover)
        self.assertEqual(seen.amount, 10000)
        with self.assertRaises(AccessError):
            seen.reason = "No"
        with self.assertRaises(AccessError):
            self._as(self.other_officer, handover).read(["reason"])

    def test_insolvency_proof_needs_no_demand(self):
        self.record.action_ids.filtered("step_id")._guarded().write({"cycle": 9})
        self._hold("insolvency", self.record)
        handover = self._handover(type="insolvency")
        self.assertFalse(self._missing(handover))

    def test_nine_idle_days_change_nothing(self):
        """The checklist is asked again on the day of the yes."""
        handover = self._handover()
        later = handover.with_context(recovery_today=self.today + timedelta(days=200))
        later.action_check()
        self.assertIn("address", set(later._open_checks().mapped("code")))
        with self.assertRaises(UserError):
            later.action_hand_over()

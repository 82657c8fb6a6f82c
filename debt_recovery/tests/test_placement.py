import io
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError

from .placement_common import PlacementCommon


class TestPlacement(PlacementCommon):
    """Proposed, placed, recalled: with an agency the customer hears one voice."""

    # PROPOSALS

    def test_proposals_by_rule(self):
        found = self.env["debt.recovery.placement"]._propose(self.company)
        self.assertEqual(found.case_id, self.record)
        self.assertEqual((found.amount, found.days), (10000, 90))
        self.assertEqual((found.contract_id, found.percent), (self.contract, 20))
        self.assertFalse(
            found._propose(self.company), "a case is proposed once, not every day"
        )
        found.with_user(self.officer).action_drop()
        self.assertFalse(found._propose(self.company), "nor soon after a no")

    def test_younger_or_undemanded_cases_are_not_proposed(self):
        rule = self.env.ref("debt_recovery.placement_rule_default")
        rule.min_days = 91
        placements = self.env["debt.recovery.placement"]
        self.assertFalse(placements._propose(self.company))
        rule.write({"min_days": 30, "min_units": 10**6})
        self.assertFalse(placements._propose(self.company))

    # PLACING

    def test_officer_proposes_manager_decides(self):
        placement = self._proposed()
        self.assertEqual(placement.state, "proposed")
        placement.action_place()
        self.assertEqual(placement.state, "waiting")
        self.assertFalse(self.record.is_placed)
        approval = placement.sudo()._waiting_approvals()
        self.assertIn("Collect Ltd, commission 20 %", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual((placement.state, placement.status), ("placed", "placed"))
        self.assertEqual(placement.date_recall, self.today + timedelta(days=120))

    def test_batch_beyond_the_limit_of_the_manager(self):
        other = self._debtor("Second Ltd")
        self._overdue_invoice(other, 45000, 100)
        second = self._case(other)
        self.env.flush_all()
        both = self._proposed() | self._proposed(self.manager, second)
        self._as(self.manager, both).action_place()
        self.assertEqual(set(both.mapped("state")), {"waiting"})

    def test_refused_decision_is_a_proposal_again(self):
        placement = self._proposed()
        placement.action_place()
        approval = placement.sudo()._waiting_approvals()
        self._as(self.manager, approval)._decide("refused", self.manager, "Wait")
        self.assertEqual(placement.state, "proposed")

    def test_frozen_while_placed_and_free_after_the_recall(self):
        placement = self._placed()
        case = self.case
        hold = self.record.hold_ids.filtered(lambda h: h.type_id.code == "agency")
        self.assertEqual(case.stage_id.code, "agency")
        self.assertIn("+1 555 0100", case.hold_alert)
        self.assertIn("placed with Collect Ltd", case.status_sentence)
        held = next(t for t in case.bridge["terms"] if t["name"] == "held")
        self.assertIn("Refer the debtor to Collect Ltd", held["help"])
        self.assertNotEqual(case._contact_verdict("email").status, "allowed")
        with self._refused("ends when the placement is closed or recalled"):
            self._as(self.manager, hold)._release("No")
        self._end(placement, "recalled", note="They do nothing")
        self.assertEqual(placement.state, "recalled")
        self.assertTrue(hold.date_released)
        self.record.invalidate_recordset()
        self.assertNotEqual(self.record.stage_id.code, "agency")
        placement.action_reopen()
        self.assertEqual(placement.state, "placed")
        self.assertEqual(self.record.stage_id.code, "agency")

    # FILE

    def test_file_has_only_what_is_needed(self):
        self.debtor.write({"phone": "+1 555 0199", "comment": "Ill wife"})
        self.contract.share_email = False
        placement = self._proposed()
        self.assertEqual(placement.file_fields, "Name, Address, Phone")
        self._as(self.manager, placement).action_place()
        message = placement.message_ids.filtered("attachment_ids")
        names = message.attachment_ids.mapped("name")
        self.assertEqual({name[-4:] for name in names}, {".pdf", "xlsx"})
        sheet = message.attachment_ids.filtered(lambda a: a.name.endswith("xlsx"))
        self.assertEqual(sheet.raw[:2], io.BytesIO(b"PK").read())
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("debt_recovery.report_placement", placement.ids)[0]
            .decode()
        )
        self.assertIn(self.old.name, html)
        self.assertIn("+1 555 0199", html)
        for secret in ("Ill wife", self.debtor.email):
            self.assertNotIn(secret, html)

    def test_insolvency_while_placed_asks_what_the_agency_does(self):
        placement = self._placed()
        self.record._place_hold("insolvency", "Administrator named")
        task = placement.activity_ids
        self.assertEqual(task.user_id, self.officer)
        self.assertIn("lodge the claim", task.summary)

    def test_who_decides_opens_the_request_from_the_placement(self):
        placement = self._proposed()
        with self._refused("Nothing waits"):
            placement.action_open_approval()
        placement.action_place()
        action = self._as(self.manager, placement).action_open_approval()
        self.assertEqual(action["res_id"], placement.sudo()._waiting_approvals().id)

    # REFUSED

    def test_two_placements_at_once(self):
        placement = self._placed()
        with self._refused(f"proposed or placed already with {placement.name}"):
            placement.env["debt.recovery.placement"].create({"case_id": self.case.id})

    def test_court_and_agency_at_the_same_moment(self):
        placement = self._as(self.manager, self._proposed())
        busy = patch.object(
            self.env.registry["debt.recovery.case"],
            "lock_for_update",
            side_effect=LockError("busy"),
        )
        with busy, self._refused("at this very moment"):
            placement.action_place()
        self._legal()
        with self._refused("is before the court with LC"):
            placement.action_place()
        self.assertFalse(self.record.is_placed)

    def test_placement_while_a_legal_case_is_open(self):
        self._legal()
        with self._refused("is before the court with LC"):
            self._proposed()

    def test_legal_case_while_placed(self):
        placement = self._placed()
        handover = self._handover(legal_user_id=self.legal.id)
        with self._refused(f"placed with Collect Ltd .{placement.name}.: recall"):
            handover.action_hand_over()
        with self._refused("recall or close that placement first"):
            self._as(self.manager, self.record).action_close()

    def test_missing_terms(self):
        placement = self._proposed()
        self.contract.date_processing = False
        with self._refused("No processing agreement with Collect Ltd"):
            placement.action_place()
        self.contract.write({"date_processing": "2024-01-01"})
        self.contract.rate_ids.filtered(lambda r: not r.min_days).unlink()
        with self._refused("has no commission for"):
            placement.action_place()
        placement.contract_id = False
        with self._refused("choose the agency first"):
            placement.action_place()
        self.assertEqual(placement.state, "proposed")

    def test_stopped_by_a_hold(self):
        placement = self._proposed()
        self._hold("insolvency", self.record)
        with self._refused("cannot be placed now: "):
            self._as(self.manager, placement).action_place()

    def test_company_without_agencies(self):
        self.company.recovery_agency = False
        with self._refused("does not use agencies: switch them on"):
            self._proposed()

    def test_status_is_not_typed(self):
        placement = self._proposed()
        for vals in ({"state": "placed"}, {"percent": 1}):
            with self._refused("changes with its buttons"):
                placement.write(vals)
        placed = self._as(self.manager, placement)
        placed.action_place()
        with self._refused("no longer a proposal"):
            placement.contract_id = False
        with self._refused("cannot be deleted"):
            placement.sudo().unlink()

    # ACCESS

    def test_access_by_group(self):
        placement = self._placed()
        self._receipt(placement, 100)
        statement = self.env["debt.recovery.placement.statement"].create(
            {
                "name": "S1",
                "contract_id": self.contract.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        records = placement.sudo()
        for user in (self.officer, self.manager, self.legal, self.auditor):
            self.assertEqual(records.with_user(user)._filtered_access("read"), records)
            self.assertTrue(records.item_ids.with_user(user).has_access("read"))
        for user in (self.other_officer, self.field_officer):
            self.assertFalse(records.with_user(user)._filtered_access("read"))
            self.assertFalse(
                records.receipt_ids.with_user(user)._filtered_access("read")
            )
        self.assertFalse(records.with_user(self.auditor).has_access("write"))
        self.assertFalse(self.contract.with_user(self.officer).has_access("write"))
        self.assertTrue(self.contract.with_user(self.manager).has_access("write"))
        self.assertTrue(statement.with_user(self.legal).has_access("write"))
        with self.assertRaises(AccessError):
            statement.with_user(self.officer).read(["name"])

    def test_other_company_sees_nothing(self):
        placement = self._placed().sudo()
        self._setup_company_2()
        stranger = self._recovery_user(
            "manager",
            login="dr_stranger",
            company_id=self.company_2.id,
            company_ids=[(6, 0, self.company_2.ids)],
        )
        for records in (placement, placement.item_ids, self.contract):
            self.assertFalse(records.with_user(stranger)._filtered_access("read"))

    # DEMO

    def test_demo_shows_every_screen(self):
        self.env["debt.recovery.demo"].sudo()._tell_placement(self.company)
        found = self.env["debt.recovery.placement"].search(
            [
                ("contract_id", "!=", self.contract.id),
                ("company_id", "=", self.company.id),
            ]
        )
        self.assertEqual(set(found.mapped("status")), {"proposed", "partial"})
        self.assertTrue(sum(found.mapped("amount_with_agency")))
        statement = self.env["debt.recovery.placement.statement"].search([], limit=1)
        self.assertIn("they take", statement.difference_text)

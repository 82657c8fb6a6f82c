from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .hardship_common import HardshipCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestHardshipAccess(HardshipCommon):
    """Who sees what: a flag for all, the figures for those who work, notes for few."""

    def test_protected_note_is_written_by_many_and_read_by_few(self):
        record = self._assess(protected_entry="In hospital", note="Call in May")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(record.protected_entry)
        self.assertEqual(record.note, "Call in May")
        for user in (self.officer, self.manager, self.legal, self.auditor):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["protected_note"])
        read = record.with_user(self.reader)
        self.assertEqual(read.protected_note, "In hospital")
        record.protected_entry = "Home again"
        self.assertEqual(read.protected_note, "In hospital\nHome again")
        self.assertNotIn("hospital", str(record.case_id.message_ids.mapped("body")))

    def test_the_flag_is_for_everybody(self):
        self._assess(is_vulnerable=True)
        self.env.flush_all()
        for user in (self.officer, self.manager, self.legal, self.auditor):
            case = self._as(user)
            self.assertTrue(case.is_vulnerable)
            self.assertEqual(case.care_text, "Vulnerable person")
            human = self._as(user, self.human)
            self.assertEqual(human.recovery_care_text, "Vulnerable person")
            self.assertIn(case, case.search([("is_vulnerable", "=", True)]))
            self.assertIn("fa-heart", case.today_badges[0][0])
        self.record.user_id = self.field_officer
        self.assertTrue(self._as(self.field_officer).is_vulnerable)
        with self.assertRaises(AccessError):
            self._as(self.field_officer).hardship_ids.read(["capacity"])

    def test_others_cases_stay_closed(self):
        record = self._assess()
        with self.assertRaises(AccessError):
            record.with_user(self.other_officer).read(["capacity"])
        self.assertEqual(record.with_user(self.auditor).capacity, 90)
        with self.assertRaises(AccessError):
            record.with_user(self.auditor).note = "x"
        with self.assertRaises(AccessError):
            record.with_user(self.auditor).action_pause()
        with self.assertRaises(UserError):
            record.with_user(self.manager).unlink()

    def test_companies_are_apart(self):
        record = self._assess()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._recovery_user(
            "manager",
            login="dr_else",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(record.with_user(stranger).search([("id", "=", record.id)]))

    def test_purge_takes_what_was_told(self):
        record = self._assess(
            protected_entry="In hospital", note="Call in May", dependants=2
        )
        record.action_pause()
        content = self.record._purge_content()
        record.sudo().write(content["debt.recovery.hardship"])
        self.assertFalse(record.sudo().protected_note or record.note)
        self.assertEqual((record.income_work, record.capacity, record.free), (0, 0, 0))
        self.assertEqual((record.relief, record.dependants), ("pause", 0))

    def test_purge_takes_signatures(self):
        plan = self._promise()
        plan.write({"accepted_by": "Hugo", "signature": "aGk=", "signed_copy": "aGk="})
        plan.write(self.record._purge_content()["debt.recovery.agreement"])
        self.assertFalse(plan.accepted_by or plan.signature or plan.signed_copy)

    def _demand(self, mode):
        step = self.strategy.step_ids.filtered(lambda s: s.code == "demand")
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [
                {
                    "case_id": self.record.id,
                    "step_id": step.id,
                    "channel_id": self.env.ref("debt_recovery.channel_letter").id,
                    "mode": mode,
                }
            ]
        )
        action._prepare_messages()
        return action

    def test_a_demand_to_a_vulnerable_person_is_read_by_a_manager(self):
        self._assess(is_vulnerable=True)
        action = self._demand("auto")
        self.assertFalse(action._release())
        self.assertEqual(action.state, "cancelled", "nothing is claimed of them")
        self.env.ref("debt_recovery.hold_type_vulnerable").stop_strategy = "none"
        action = self._demand("auto")
        self.assertFalse(action._release())
        self.assertEqual((action.state, action.mode), ("planned", "review"))
        self._as(self.officer, action).action_send_now()
        self.assertEqual(action.state, "planned", "the officer asks")
        approval = self.record.approval_ids
        self.assertIn("vulnerable", approval.reason)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(action.approved_by_id, self.manager)
        self.assertNotIn(action.state, ("planned", "cancelled", "refused"))

    def test_merged_cases_keep_it(self):
        record = self._assess()
        target = self._case(self._debtor("Hanna Human", is_company=False))
        self.record._merge_into(target)
        self.assertEqual(record.case_id, target)

    def test_customer_who_turns_out_to_be_a_company_keeps_it(self):
        record = self._assess()
        target = self._case(self._debtor("Hanna Human Ltd"))
        self.record._merge_into(target)
        self.assertEqual(record.case_id, target)

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .approval_common import MONDAY, ApprovalCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestApprovalRoom(ApprovalCommon):
    """Who sees and decides what in the room; what goes wrong there."""

    def _shown(self, user, fname):
        approvals = self.env["debt.recovery.approval"].with_user(user)
        return approvals.search([(fname, "=", True)])

    def test_the_request_tells_what_is_needed(self):
        approval = self._ask_hold()
        self.assertEqual(approval.requested_by_id, self.officer)
        self.assertEqual(approval.reason, "Director is abroad")
        self.assertEqual(approval.asked_ids, self.manager | self.second)
        self.assertEqual(approval.date_asked, MONDAY)
        self.assertFalse(approval.history)
        self._answer(self.manager, approval, "refuse", "No")
        again = self._ask_hold()
        self.assertEqual(again.history, "0 approved, 1 refused")

    def test_mail_opens_the_request(self):
        approval = self._ask_hold()
        mails = self._mails_to(self.manager, approval)
        self.assertEqual(len(mails), 1)
        self.assertIn("Director is abroad", mails.body)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", mails.id)])
        self.assertIn("/mail/view?", mail[0].body_html)
        self.assertIn("Open the request", mail[0].body_html)

    def test_ask_goes_to_the_asker(self):
        approval = self._ask_hold()
        self._answer(self.manager, approval, "ask", "Since when?")
        self.assertEqual(approval.state, "waiting")
        self.assertIn("Since when", self._mails_to(self.officer, approval)[0].body)
        self._as(self.officer, approval).message_post(body="Since Friday")

    def test_a_refusal_needs_words(self):
        approval = self._ask_hold()
        with self._refused("Write a sentence"):
            self._answer(self.manager, approval, "refuse", "  ")
        self.assertEqual(approval.state, "waiting")

    def test_mine_and_decided(self):
        approval = self._ask_hold()
        self.assertEqual(self._shown(self.manager, "for_me"), approval)
        self.assertFalse(self._shown(self.officer, "for_me"))
        self.assertFalse(self._shown(self.manager, "for_me_as_deputy"))
        self._as(self.manager, approval).action_approve()
        self.assertFalse(self._shown(self.manager, "for_me"))

    def test_mass_approval_of_one_kind(self):
        first, second = self._ask_hold(), self._ask_promise(45)
        with self._refused("decide one kind at a time"):
            self._as(self.manager, first | second).action_approve()
        other = self._ask_hold(code="internal", days=25)
        self._as(self.manager, first | other).action_approve()
        self.assertEqual((first | other).mapped("state"), ["approved"] * 2)
        self.assertEqual(second.state, "waiting")

    # RIGHTS

    def test_approving_twice(self):
        approval = self._ask_hold()
        self._as(self.manager, approval).action_approve()
        with self._refused("decided already: approved by dr_manager on"):
            self._as(self.second, approval).action_approve()
        with self._refused("decided already"):
            self._answer(self.second, approval, "refuse", "No")

    def test_an_approver_who_lost_the_right(self):
        approval = self._ask_hold()
        group = self.env.ref("debt_recovery.group_manager")
        officer = self.env.ref("debt_recovery.group_officer")
        self.manager.group_ids = [Command.unlink(group.id), Command.link(officer.id)]
        with self._refused(r"may not decide .* \(any more\): it is for dr_second"):
            self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "waiting")
        self._as(self.second, approval).action_approve()

    def test_nobody_approves_their_own(self):
        approval = self._ask_promise(90, self.manager)
        self.assertEqual(approval.asked_ids, self.second)
        with self._refused("You asked for .* yourself: somebody else"):
            self._as(self.manager, approval).action_approve()
        self._as(self.second, approval).action_approve()
        self.assertFalse(approval.self_approved)

    def test_solo_mode_is_logged(self):
        self.second.active = False
        approval = self._ask_promise(90, self.manager)
        self.assertEqual(approval.asked_ids, self.manager)
        self._as(self.manager, approval).action_approve()
        self.assertTrue(approval.self_approved)
        self.assertIn("Self-approved", approval.note)
        bodies = " ".join(approval.message_ids.mapped("body"))
        self.assertIn("self-approved", bodies)
        self.assertIn("self-approved", self.record.message_ids[0].body)

    def test_officers_see_their_own(self):
        approval = self._ask_hold()
        found = self.env["debt.recovery.approval"].with_user(self.other_officer)
        self.assertFalse(found.search([("id", "=", approval.id)]))
        with self.assertRaises(AccessError):
            approval.with_user(self.other_officer).action_approve()
        for user in (self.officer, self.manager):
            with self.assertRaises(AccessError):
                approval.with_user(user).write({"state": "approved"})
        with self._refused("cannot be deleted"):
            approval.unlink()

    def test_company_rules(self):
        approval = self._ask_hold()
        company = self._setup_company_2()
        stranger = self._recovery_user(
            "manager",
            login="dr_elsewhere",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        found = self.env["debt.recovery.approval"].with_user(stranger)
        self.assertFalse(found.search([("id", "=", approval.id)]))
        self.assertNotIn(stranger, approval.asked_ids)
        with self.assertRaises(AccessError):
            approval.with_user(stranger).action_approve()

    def test_withdrawing(self):
        approval = self._ask_hold()
        with self.assertRaises(AccessError):
            approval.with_user(self.other_officer).action_cancel()
        self._as(self.officer, approval).action_cancel()
        self.assertEqual(approval.state, "cancelled")
        self.assertEqual(self.record.hold_ids.approval_state, "refused")

    # THE SUBJECT MEANWHILE

    def test_changed_subject_is_shown_first(self):
        approval = self._ask_hold(days=20)
        hold = self._as(self.officer, self.record.hold_ids)
        hold.date_to = MONDAY + timedelta(days=200)
        notice = self._as(self.manager, approval).action_approve()
        self.assertIn("has changed since", notice["params"]["message"])
        self.assertEqual(approval.state, "waiting")
        self.assertIn("09/19/2025", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(approval.state, "approved")

    def test_paid_case_is_overtaken(self):
        approval = self._ask_close()
        self._pay(self.invoice)
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(self.record.state, "closed")
        notice = self._as(self.manager, approval).action_approve()
        self.assertIn("closed on", notice["params"]["message"])
        self.assertEqual(approval.state, "expired")
        self.assertEqual(self.record.close_reason, "paid")

    def test_deleted_subject(self):
        approval = self._ask_promise(45)
        self.record.agreement_ids.sudo().unlink()
        with self._refused("has been deleted meanwhile"):
            self._as(self.manager, approval).action_open_subject()
        notice = self._as(self.manager, approval).action_approve()
        self.assertIn("has been deleted", notice["params"]["message"])
        self.assertEqual(approval.state, "expired")

    def test_merged_case(self):
        other = self._debtor("Kept Ltd")
        self._overdue_invoice(other, 100, 40)
        kept = self._case(other, user_id=self.officer.id)
        hold, close = self._ask_hold(), self._ask_close()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.debtor | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual((hold.case_id, hold.partner_id), (kept, other))
        self._as(self.manager, hold).action_approve()
        self.assertTrue(kept.hold_ids.active_today)
        notice = self._as(self.manager, close).action_approve()
        self.assertIn("Merged into another case", notice["params"]["message"])
        self.assertEqual((close.state, kept.state), ("expired", "open"))

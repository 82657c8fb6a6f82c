from base64 import b64encode
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .reply_common import DebtRecoveryReplyCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPurge(DebtRecoveryReplyCommon):
    """Old cases lose their words and people, never their chain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_final_approver_id = cls.manager
        cls.call = cls._log_call(note="Ill since March", person="Ms Payable")
        cls.second = cls._log_call(note="Again")

    def _old(self, months=130):
        """The same case, closed and long ago."""
        self.case._close("other")
        later = self.today + timedelta(days=31 * months)
        self.env = self.env(context={**self.env.context, "recovery_today": later})
        return self.case.with_env(self.env)

    def _purge(self, user=None, confirm=True):
        purge = self.env["debt.recovery.purge"].sudo()
        purge._cron_propose()
        purge = purge.search([("company_id", "=", self.company.id)], limit=1)
        purge = purge.with_user(user or self.manager)
        if confirm:
            purge.action_confirm()
        return purge

    def _by_hand(self, case):
        purges = self.env["debt.recovery.purge"].with_user(self.manager)
        return purges.create({"case_ids": [(6, 0, case.ids)]})

    def test_content_goes_skeleton_and_chain_stay(self):
        reply = self._reply("We paid yesterday, Ann")
        message = reply.action_id
        checksums = (self.call | self.second | message).mapped("checksum")
        case = self._old()
        purge = self._purge()
        self.assertEqual((purge.state, purge.case_ids), ("done", case))
        entries = self.call | self.second | message
        entries.invalidate_recordset()
        self.assertFalse(any(entries.mapped("note")) or any(entries.mapped("body")))
        self.assertFalse(
            any(entries.mapped("person")) or any(entries.mapped("address"))
        )
        self.assertFalse(case.action_ids.attachment_ids or case.message_ids)
        self.assertFalse(reply.text or reply.email_from)
        self.assertEqual(entries.mapped("checksum"), checksums)
        self.assertTrue(self.call.date_done and self.call.outcome_id)
        self.assertFalse(entries._verify_chain())
        self.assertTrue(case.date_purged)
        # what is changed afterwards shows as before
        self.call._guarded().note = "Never ill"
        problems = self.call._verify_chain()
        self.assertEqual(problems[0][0], self.call)
        with self._refused("cannot be changed"):
            self.call.sudo().write({"note": "x"})

    def test_signatures_and_signed_copies_go_with_their_files(self):
        self._overdue_invoice(self.debtor, 500, 10)
        plan = self.case._take_promise(self.today + timedelta(days=3)).sudo()
        picture = b64encode(b"drawn by hand")
        plan.write(
            {
                "signature": picture,
                "signed_copy": picture,
                "signed_copy_name": "signed.pdf",
                "accepted_by": "Ann Payable",
            }
        )
        self.env.flush_all()
        self.assertEqual(len(self._files(plan)), 2)
        plan.state = "cancelled"
        self._old()
        self._purge()
        plan.invalidate_recordset()
        self.assertFalse(self._files(plan))
        self.assertFalse(plan.signature or plan.signed_copy or plan.accepted_by)

    def _files(self, plan):
        """Attachments behind the fields, which no list shows."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", plan._name),
                    ("res_id", "=", plan.id),
                    ("res_field", "in", ("signature", "signed_copy")),
                ]
            )
        )

    def test_open_case_is_refused(self):
        with self._refused("is open: only closed"):
            self._by_hand(self.case).action_confirm()

    def test_minimum_is_kept(self):
        case = self._old(months=35)
        with self._refused("younger than 36 months"):
            self._by_hand(case).action_confirm()
        self.assertTrue(self.call.note)

    def test_legal_hold_keeps_everything(self):
        case = self._old()
        self._purge(confirm=False).action_cancel()
        hold = case._place_hold("legal_hold", "Claim of the insurer")
        with self._refused("under legal hold"):
            self._by_hand(case).action_confirm()
        purge = self.env["debt.recovery.purge"].sudo()
        self.assertFalse(purge._find_old_cases(case.company_id))
        hold._release("Claim withdrawn")
        self.assertEqual(purge._find_old_cases(case.company_id), case)

    def test_final_approver_decides(self):
        self._old()
        other = self._recovery_user("manager", login="dr_second")
        purge = self._purge(user=other)
        self.assertEqual(purge.state, "waiting")
        self.assertTrue(self.call.note)
        approval = purge._waiting_approvals()
        self.assertIn("cannot be undone", approval.effect)
        approval.with_user(self.manager).action_approve()
        self.assertEqual(purge.state, "done")
        self.assertFalse(self.call.note)

    def test_job_proposes_once_and_only_what_is_old(self):
        self._old(months=100)
        purges = self.env["debt.recovery.purge"].sudo()
        purges._cron_propose()
        self.assertFalse(purges._open_proposals(self.company))
        self.company.recovery_keep_max = 60
        purges._cron_propose()
        purges._cron_propose()
        self.assertEqual(purges._open_proposals(self.company), 1)

    def test_nobody_forges_or_deletes_a_purge(self):
        with self.assertRaises(AccessError):
            self.env["debt.recovery.purge"].with_user(self.officer).create({})
        purge = self._by_hand(self.case)
        with self._refused("Only the cases"):
            purge.state = "done"
        with self.assertRaises(AccessError):
            purge.unlink()
        with self._refused("cancel it"):
            purge.sudo().unlink()

    def test_settings_in_order(self):
        with self._refused("not below the minimum"):
            self.company.recovery_keep_max = 12

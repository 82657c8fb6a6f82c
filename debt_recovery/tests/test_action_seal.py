from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestActionSeal(DebtRecoveryChannelCommon):
    """A person may mend a note for a quarter of an hour; then it is sealed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._log_call(seal=False)
        cls.call._unsealed_write({"user_id": cls.officer.id})
        cls.later = fields.Datetime.now() + timedelta(minutes=16)
        cls.env.flush_all()

    def _cron(self):
        self.env.flush_all()
        self.call._seal_due()

    def test_fresh_note_is_not_sealed(self):
        self.assertFalse(self.call._is_sealed())
        self.assertFalse(self.call.checksum)
        self.assertTrue(self.call.with_user(self.officer).can_mend)
        self.assertFalse(self.call.with_user(self.manager).can_mend)
        self.assertFalse(self.call._verify_chain())

    def test_author_mends_the_words_only(self):
        mine = self.call.with_user(self.officer)
        mine.write({"note": "Will pay on Monday"})
        self.assertEqual(self.call.note, "Will pay on Monday")
        for vals in (
            {"direction": "in"},
            {"date_done": "2020-01-01"},
            {"sealed_at": "2030-01-01"},
            {"state": "cancelled"},
            {"outcome_id": False},  # its consequences would stay: undo instead
        ):
            with self.assertRaisesRegex(UserError, "Only person and note"):
                mine.write(vals)
        with self.assertRaises(UserError):
            mine.unlink()

    def test_others_may_not(self):
        for user in (self.manager, self.env.ref("base.user_root")):
            with self.assertRaisesRegex(UserError, "written by"):
                self.call.with_user(user).write({"note": "x"})
            with self.assertRaisesRegex(UserError, "written by"):
                self.call.with_user(user)._unsealed_write({"state": "cancelled"})
        with self.assertRaises(UserError):
            self.call.with_user(self.auditor).write({"note": "x"})

    def test_undone_note_stays_as_cancelled(self):
        self.call.with_user(self.officer)._unsealed_write(
            {"state": "cancelled", "reason": "Wrong customer"}
        )
        self.assertTrue(self.call._is_sealed())
        with freeze_time(self.later):
            self._cron()
        self.assertFalse(self.call.checksum)
        with self.assertRaisesRegex(UserError, "part of the contact log"):
            self.call.with_user(self.officer)._unsealed_write({"state": "done"})

    def test_after_the_quarter_nobody_changes_it(self):
        with freeze_time(self.later):
            self.assertTrue(self.call._is_sealed())
            with self.assertRaisesRegex(UserError, "part of the contact log"):
                self.call.with_user(self.officer).write({"note": "x"})
            with self.assertRaisesRegex(UserError, "part of the contact log"):
                self.call.with_user(self.officer)._unsealed_write({"note": "x"})
            self._cron()
        self.assertEqual(self.call.chain_no, 1)
        self.assertFalse(self.call._verify_chain())

    def test_chain_holds_what_was_mended_and_what_came_between(self):
        """The mail that left between writing and sealing stands before the note."""
        message = self._plan()
        message._set_done()
        self.assertEqual(message.chain_no, 1)
        self.call.with_user(self.officer).write({"note": "Will pay on Monday"})
        with freeze_time(self.later):
            self._cron()
        self.assertEqual(self.call.chain_no, 2)
        self.assertEqual(self.call.previous_checksum, message.checksum)
        self.assertFalse((message | self.call)._verify_chain())
        self.env.cr.execute(
            "UPDATE debt_recovery_action SET note = 'No' WHERE id = %s", self.call.ids
        )
        self.env.invalidate_all(flush=False)
        self.assertTrue(self.call._verify_chain())

    def test_messages_and_corrections_are_sealed_at_once(self):
        message = self._plan()
        message._set_done()
        self.assertTrue(message._is_sealed())
        self.assertTrue(message.checksum)
        wizard = self.env["debt.recovery.action.correct"].with_user(self.officer)
        wizard.create({"action_id": self.call.id, "note": "No"}).action_confirm()
        self.assertTrue(self.call.correction_ids.checksum)

    def test_cron_seals_what_is_due(self):
        other = self._log_call(seal=False)
        other._guarded().write({"sealed_at": other.date_done})
        with self.enter_registry_test_mode():
            self.env.ref("debt_recovery.ir_cron_seal").method_direct_trigger()
        self.assertTrue(other.checksum)
        self.assertFalse(self.call.checksum)

    def test_note_without_seal_shows_after_a_day(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertIn("no seal", self.call._verify_chain()[0][1])

from datetime import timedelta

from odoo.tests import Form, tagged

from .dispute_common import DisputeCommon
from .run_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestConfirmation(DisputeCommon):
    """A balance is confirmed, or the discrepancy becomes work."""

    def _ask(self, **vals):
        case = self.case.with_user(self.officer)
        action = case.action_confirmation()
        form = Form(
            case.env["debt.recovery.confirmation"].with_context(**action["context"])
        )
        for name, value in vals.items():
            form[name] = value
        record = form.save()
        record.action_ask()
        return record

    def test_asked_by_letter_with_a_slip(self):
        record = self._ask()
        self.assertEqual(record.balance, 1500)
        letter = record.action_id
        self.assertEqual((letter.channel, letter.state), ("letter", "planned"))
        self.assertEqual(letter.recipient_ids, self.case.partner_id)
        self.assertIn("1,500.00", letter.body)
        self.assertIn("We confirm the balance", letter.body)
        record.action_agree()
        self.assertEqual(record.reply_amount, 1500)

    def test_its_preview_claims_nothing(self):
        letter = self._ask().action_id
        wizard = letter.env["debt.recovery.send.preview"].with_context(
            default_action_id=letter.id
        )
        form = Form(wizard.with_user(self.officer))
        self.assertFalse(form.amount_claimed)
        self.assertNotIn("Nothing is collectable", form.warning or "")

    def test_balance_of_a_past_day(self):
        record = self._ask(date=MONDAY - timedelta(days=20))
        self.assertEqual(record.balance, 500)

    def test_no_balance_of_tomorrow(self):
        with self._refused("not known yet"):
            self._ask(date=MONDAY + timedelta(days=1))

    def test_the_draft_shows_what_will_be_asked(self):
        case = self.case.with_user(self.officer)
        action = case.action_confirmation()
        form = Form(
            case.env["debt.recovery.confirmation"].with_context(**action["context"])
        )
        self.assertIn("1,500.00", form.balance_now)
        form.date = MONDAY - timedelta(days=20)
        self.assertIn("500.00", form.balance_now)

    def test_a_difference_has_a_figure_and_can_be_recorded_anew(self):
        record = self._ask()
        with self._refused("Enter the balance that the customer names"):
            record.action_differ()
        record.reply_amount = 1500
        with self._refused("names our balance"):
            record.action_differ()
        record.action_agree()
        record.action_answer_again()
        record.reply_amount = 1400
        record.action_differ()
        self.assertEqual((record.state, record.difference), ("differs", 100))

    def test_a_discrepancy_becomes_a_dispute_or_a_task(self):
        record = self._ask(channel="email")
        record.write({"reply_amount": 500, "note": "Invoice of 1,000 unknown"})
        record.action_differ()
        self.assertEqual(record.difference, 1000)
        self.assertIn("unknown", record.action_dispute()["context"]["default_note"])
        record.action_correct()
        task = self.debtor.sudo().activity_ids
        self.assertEqual(task.user_id, self.accountant)
        self.assertIn("1,500.00", task.note)

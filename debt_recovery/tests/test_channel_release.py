from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelRelease(DebtRecoveryChannelCommon):
    """Money, people and rules between planning and sending."""

    # ------------------------------------------------------------------
    # Money arrives
    # ------------------------------------------------------------------

    def test_money_before_release(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertEqual(action.state, "cancelled")
        self.assertFalse(self._mails)

    def test_part_of_the_claim_is_paid_before_release(self):
        lines = self._receivable_line(self.invoice) + self._receivable_line(
            self.invoice_2
        )
        action = self._plan(line_ids=lines.ids)
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertEqual(action.amount_claimed, 250.0)
        self.assertNotIn(self.invoice.name, self._sent()["body"])

    def test_money_while_queued_cancels_the_mail(self):
        action = self._plan()
        with self.mock_mail_gateway():
            action._release()
            self.assertEqual(action._action_mails().state, "outgoing")
            self._pay(self.invoice)
            self.env.cr.flush()
            self.assertEqual(action._action_mails().state, "cancel")
            self._run_mail_queue(action)
        self.assertEqual(action.state, "cancelled")
        self.assertIn("Money arrived", action.reason)
        self.assertFalse(self._mails)
        self.assertFalse(self.case.step_id)

    def test_other_money_does_not_cancel(self):
        action = self._plan(line_ids=self._receivable_line(self.invoice).ids)
        with self.mock_mail_gateway():
            action._release()
            self._pay(self.invoice_2)
            self.env.cr.flush()
            self._run_mail_queue(action)
        self.assertEqual(action.state, "done")

    # ------------------------------------------------------------------
    # Review, preview, text by hand
    # ------------------------------------------------------------------

    def test_review_waits_for_approval(self):
        action = self._plan(mode="review")
        with self.mock_mail_gateway():
            self._release(action)
            self.assertEqual(action.state, "planned")
            action.with_user(self.officer).action_approve()
            self.assertEqual(action.state, "queued")
            self.assertEqual(action.approved_by_id, self.officer)

    def _preview(self, **vals):
        model = self.env["debt.recovery.send.preview"].with_user(self.officer)
        return model.with_context(default_case_id=self.case.id).create(vals)

    def test_preview_shows_and_plans_nothing(self):
        wizard = self._preview()
        self.assertEqual(wizard.step_id, self.rem1)
        self.assertEqual(wizard.recipient_ids, self.debtor)
        self.assertIn(self.invoice.name, wizard.preview)
        self.assertIn("1,250.00", html2plaintext(wizard.preview))
        self.assertEqual(wizard.amount_claimed, 1250.0)
        self.assertFalse(self.case.action_ids)

    def test_preview_is_what_is_sent(self):
        wizard = self._preview()
        shown = html2plaintext(wizard.preview)
        with self.mock_mail_gateway():
            wizard.action_send()
            self._run_mail_queue(self.case.action_ids)
        self.assertEqual(html2plaintext(self._sent()["body"]), shown)
        self.assertEqual(self._sent()["subject"], wizard.subject)

    def test_text_by_hand(self):
        wizard = self._preview()
        wizard.write(
            {"custom_text": True, "subject": "Hello", "body": "<p>By hand</p>"}
        )
        with self.mock_mail_gateway():
            wizard.action_send()
            self._run_mail_queue(self.case.action_ids)
        mail = self._sent()
        self.assertEqual(mail["subject"], "Hello")
        self.assertIn("By hand", mail["body"])
        self.assertNotIn("1,250.00", mail["body"])

    def test_text_by_hand_is_read_again_when_amounts_changed(self):
        action = self._plan(
            custom_text=True,
            subject="Hello",
            body="<p>You owe 1,250</p>",
            line_ids=(
                self._receivable_line(self.invoice)
                + self._receivable_line(self.invoice_2)
            ).ids,
        )
        self._pay(self.invoice)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertRecordValues(action, [{"state": "planned", "mode": "review"}])
        self.assertFalse(self._mails)

    def test_nothing_collectable_is_one_sentence(self):
        self._pay(self.invoice + self.invoice_2)
        with self.assertRaisesRegex(UserError, "Nothing is collectable from Debtor"):
            self._preview().action_send()

    def test_held_customer_is_refused_and_logged(self):
        action = self._plan()
        self._hold("cease", self.case)
        with self.mock_mail_gateway():
            self._release(action)
        self.assertIn(action.state, ("refused", "cancelled"))
        self.assertFalse(self._mails)

    # ------------------------------------------------------------------
    # Dialogs, as the officer fills them in
    # ------------------------------------------------------------------

    def _form(self, model, **defaults):
        context = {f"default_{key}": value for key, value in defaults.items()}
        return Form(self.env[model].with_user(self.officer).with_context(**context))

    def test_preview_form(self):
        with self._form("debt.recovery.send.preview", case_id=self.case.id) as form:
            self.assertIn(self.invoice.name, form.preview)
            form.step_id = self.demand
            self.assertIn("formally demand", form.preview)
            form.channel_id = self.letter
            self.assertIn("1 Main Street", form.preview)

    def test_preview_form_of_a_waiting_action(self):
        action = self._plan(mode="review")
        result = action.with_user(self.officer).action_preview()
        form = self._form(
            "debt.recovery.send.preview",
            **{
                key.removeprefix("default_"): value
                for key, value in result["context"].items()
            },
        )
        self.assertEqual(form.action_id, action)
        with self.mock_mail_gateway():
            form.save().action_send()
        self.assertEqual(action.state, "queued")

    def test_message_outside_the_strategy(self):
        for step in (self.rem1, self.demand, self.env.ref("debt_recovery.step_rem2")):
            self._plan(step=step)._set_queued()
        form = self._form("debt.recovery.send.preview", case_id=self.case.id)
        self.assertFalse(form.step_id)
        with self.mock_mail_gateway():
            form.save().action_send()
        manual = self.case.action_ids.filtered(lambda a: a.origin == "manual")
        self.assertEqual(manual.state, "queued")

    def test_auditor_reads_and_changes_nothing(self):
        action = self._plan().with_user(self.auditor)
        self.assertEqual(action.state, "planned")
        with self.assertRaises(AccessError):
            action.note = "x"
        with self.assertRaises(AccessError):
            action.action_approve()

    def test_officer_of_another_case_sees_nothing(self):
        action = self._plan()
        model = self.env["debt.recovery.action"].with_user(self.other_officer)
        self.assertFalse(model.search([("id", "=", action.id)]))

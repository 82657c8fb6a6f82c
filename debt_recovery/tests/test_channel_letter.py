from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .channel_common import DebtRecoveryChannelCommon

TONES = {
    "friendly": ("Payment reminder", "escaped your attention", "Kind regards"),
    "firm": ("please pay now", "Despite our reminders", "Kind regards"),
    "formal": ("Formal demand", "formally demand payment", "Yours faithfully"),
    "neutral": ("Overdue invoices", "payment in instalments", "Yours faithfully"),
}


@tagged("post_install", "-at_install", "debt_recovery")
class TestChannelLetter(DebtRecoveryChannelCommon):
    """Letters wait for the printer and are done when they are in the post."""

    def _letter(self, **vals):
        action = self._plan(step=self.demand, channel=self.letter, mode="auto", **vals)
        action._release()
        return action

    def _html(self, action):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "debt_recovery.action_report_letter", action.ids
        )
        return html.decode()

    def test_letter_waits_in_the_print_queue(self):
        action = self._letter()
        self.assertRecordValues(
            action,
            [
                {
                    "state": "queued",
                    "channel": "letter",
                    "amount_claimed": 1250.0,
                    "subject": "Formal demand for payment",
                }
            ],
        )
        self.assertEqual(action.address, "Debtor Ltd, 1 Main Street, Testville")
        self.assertFalse(self.case.step_id)
        self.assertIn(self.invoice.name, action.body)

    def test_three_tones_and_neutral(self):
        for number, (tone, texts) in enumerate(TONES.items()):
            with self.subTest(tone=tone):
                action = self._letter(tone=tone, cycle=number + 1)
                page = html2plaintext(self._html(action))
                for text in texts:
                    self.assertIn(text, page)
                self.assertIn("1,250.00", page)
                self.assertIn("PO 4711", page)

    def test_address_window(self):
        head = self._contact(
            self.debtor,
            "Petra Payer",
            role="cfo",
            type="other",
            street="9 Back Lane",
            city="Otherville",
            zip="99",
        )
        action = self._letter()
        self.assertEqual(action.recipient_ids, head)
        lines = action._letter_address_lines()
        self.assertEqual(lines[:3], ["Debtor Ltd", "Petra Payer", "9 Back Lane"])
        page = html2plaintext(self._html(action))
        self.assertIn("Petra Payer", page)
        self.assertIn("9 Back Lane", page)
        self.assertIn("Dear Petra Payer,", page)

    def test_no_postal_address_is_a_failure(self):
        self.debtor.write({"street": False, "city": False})
        action = self._letter()
        self.assertEqual(action.state, "failed")
        self.assertIn("postal address", action.failure)

    def test_language_of_the_letter(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.debtor.lang = "fr_FR"
        action = self._letter()
        page = html2plaintext(self._html(action)).replace("\xa0", " ")
        self.assertIn("1 250,00", page.replace("\u202f", " "))

    def test_payment_details(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": self.company.partner_id.id}
        )
        self.invoice.partner_bank_id = bank
        action = self._letter(line_ids=self._receivable_line(self.invoice).ids)
        page = html2plaintext(action.body)
        self.assertIn("BE68539007547034", page.replace(" ", ""))
        self.assertIn(self.invoice.payment_reference or self.invoice.name, page)

    def test_broken_qr_code_does_not_stop_the_letter(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": self.company.partner_id.id}
        )
        self.invoice.partner_bank_id = bank
        self.patch(
            self.registry["res.partner.bank"],
            "build_qr_code_base64",
            lambda *args, **kwargs: 1 / 0,
        )
        self.assertEqual(self._letter().state, "queued")

    def test_qr_code_where_odoo_offers_one(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547034", "partner_id": self.company.partner_id.id}
        )
        self.invoice.partner_bank_id = bank
        pixel = "data:image/png;base64,iVBORw0KGgo="
        self.patch(
            self.registry["res.partner.bank"],
            "build_qr_code_base64",
            lambda *args, **kwargs: pixel,
        )
        self.assertIn(pixel, self._letter().body)

    # ------------------------------------------------------------------
    # Printing and posting
    # ------------------------------------------------------------------

    def _letters(self, count=3):
        letters = self.env["debt.recovery.action"]
        for number in range(count):
            debtor = self._debtor(f"Debtor {number}")
            self._overdue_invoice(debtor, 300.0 + number, 50)
            case = self._case(debtor, strategy_id=self.strategy.id)
            action = self._plan(
                case, step=self.demand, channel=self.letter, mode="auto"
            )
            action._release()
            letters += action
        return letters

    def _pdf(self, letters):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf(
            "debt_recovery.action_report_letter", letters.ids
        )
        self.assertEqual(kind, "pdf")
        return content

    def test_batch_is_one_pdf_in_order(self):
        letters = self._letters()
        letters = letters[2] + letters[0] + letters[1]
        letters = letters.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            result = letters.action_print()
        self.assertEqual(result["report_name"], "debt_recovery.report_letter")
        self.assertEqual(result["context"]["active_ids"], letters.ids)
        for letter in letters:
            self.assertTrue(letter._letter_attachment().raw.startswith(b"%PDF"))
            self.assertEqual(letter.delivery_ids.mapped("kind"), ["printed"])
            self.assertEqual(letter.state, "queued", "printed is not posted")
        self.assertTrue(self._pdf(letters).startswith(b"%PDF"))

    def test_posted_letters_are_sealed_with_their_document(self):
        letters = self._letters(1).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            letters.action_print()
            first = letters._letter_attachment().raw
            letters.action_mark_done()
        self.assertEqual(letters.state, "done")
        self.assertEqual(letters.case_id.step_id, self.demand)
        self.assertEqual(len(letters.document_facts), 1)
        self.assertFalse(letters._verify_chain())
        self.assertEqual(letters._letter_attachment().raw, first)

    def test_reprint_makes_no_second_entry(self):
        letters = self._letters(1).with_context(force_report_rendering=True)
        case = letters.case_id
        with self.allow_pdf_render():
            letters.action_print()
            letters.action_mark_done()
            before = letters._letter_attachment().raw
            letters.partner_id.name = "New Name Ltd"
            letters.action_print()
            letters.action_mark_done()
        self.assertEqual(len(case.action_ids), 1)
        self.assertEqual(letters._letter_attachment().raw, before)
        self.assertEqual(len(letters.attachment_ids), 1)
        self.assertEqual(
            sorted(letters.delivery_ids.mapped("kind")), ["printed", "sent"]
        )
        self.assertFalse(letters._verify_chain())

    def test_only_letters_of_the_queue_are_printed(self):
        planned = self._plan(step=self.demand, channel=self.letter)
        with self.assertRaises(UserError):
            planned.action_print()
        call = self._log_call()
        with self.assertRaises(UserError):
            call.action_print()

    def test_paid_letter_is_cancelled_before_printing(self):
        action = self._letter()
        self._pay(self.invoice + self.invoice_2)
        self.env.cr.flush()
        self.assertEqual(action.state, "cancelled")

    def test_printed_letter_is_left_to_people(self):
        action = self._letter()
        action._log_delivery("printed")
        self._pay(self.invoice)
        self.env.cr.flush()
        self.assertEqual(action.state, "queued")

    # ------------------------------------------------------------------
    # Tasks
    # ------------------------------------------------------------------

    def _task(self, **vals):
        step = self.env.ref("debt_recovery.step_call1")
        action = self._plan(step=step, channel=self.phone, **vals)
        action._release()
        return action

    def test_task_is_an_activity_with_the_script(self):
        action = self._task()
        activity = action.activity_id
        self.assertEqual(action.state, "queued")
        self.assertEqual(activity.res_id, self.case.id)
        self.assertEqual(activity.user_id, self.officer)
        self.assertTrue(activity.note)

    def test_done_activity_is_done_action(self):
        action = self._task()
        action.activity_id.with_user(self.officer).action_feedback(feedback="Spoke")
        self.assertRecordValues(
            action,
            [{"state": "done", "note": "Spoke", "user_id": self.officer.id}],
        )

    def test_cancelled_activity_is_cancelled_action(self):
        action = self._task()
        action.activity_id.with_user(self.officer).unlink()
        self.assertEqual(action.state, "cancelled")

    def test_logged_call_answers_the_task(self):
        action = self._task()
        activity = action.activity_id
        self._log_call(next_date=self.today)
        self.assertRecordValues(
            action, [{"state": "done", "person": "Ms Payable", "origin": "engine"}]
        )
        self.assertFalse(activity.active)
        self.assertEqual(len(self.case.activity_ids), 1, "the promised next call")

    def test_task_ends_when_nothing_is_owed(self):
        action = self._task()
        self._pay(self.invoice + self.invoice_2)
        self.env.cr.flush()
        self.assertEqual(action.state, "cancelled")
        self.assertFalse(self.case.activity_ids)

    def test_text_message_goes_by_mail(self):
        channel = self.env.ref("debt_recovery.channel_sms")
        with self.mock_mail_gateway():
            action = self._plan(channel=channel)
            self._release(action)
        self.assertEqual(action.state, "done")
        self.assertEqual(len(self._mails), 1)

    # ------------------------------------------------------------------
    # Skipping
    # ------------------------------------------------------------------

    def test_skip_with_reason(self):
        action = self._plan()
        wizard = self.env["debt.recovery.action.skip"].create(
            {"action_ids": [Command.set(action.ids)], "reason": "Asked for a call"}
        )
        wizard.with_user(self.officer).action_confirm()
        self.assertRecordValues(
            action, [{"state": "skipped", "reason": "Asked for a call"}]
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_skip_a_step_that_is_not_planned_yet(self):
        self.case.sudo().next_step_id = self.rem1
        wizard = (
            self.env["debt.recovery.action.skip"]
            .with_user(self.officer)
            .with_context(default_case_id=self.case.id)
            .create({"reason": "Not now"})
        )
        wizard.action_confirm()
        self.assertRecordValues(
            self.case.action_ids, [{"state": "skipped", "step_id": self.rem1.id}]
        )

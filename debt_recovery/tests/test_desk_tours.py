from odoo.tests import HttpCase, new_test_user, tagged

from . import test_letter_batch
from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestDeskTours(DebtRecoveryChannelCommon, HttpCase):
    """Letters, questions, many cases at once, leaves: in a real browser."""

    def test_letters_are_printed_and_posted(self):
        letter = self._plan(step=self.demand, channel=self.letter, mode="auto")
        letter._release()
        paper = test_letter_batch.TestLetterBatch._paper.__func__
        paper(type(self), letter, width=100)
        self.start_tour(
            "/odoo/debt-letters", "recovery_letter_batch", login="dr_officer"
        )
        self.env.invalidate_all()
        self.assertEqual(letter.state, "done")
        self.assertEqual(letter.batch_id.state, "posted")

    def test_colleague_answers_without_rights_on_recovery(self):
        colleague = new_test_user(
            self.env, "dr_sales", groups="base.group_user", company_id=self.company.id
        )
        question = (
            self.env["debt.recovery.question"]
            .with_user(self.officer)
            .create(
                {
                    "case_id": self.case.id,
                    "user_id": colleague.id,
                    "question": "Did we promise a credit note?",
                    "date_deadline": self.today,
                }
            )
        )
        self.start_tour(
            f"/odoo/debt.recovery.question/{question.id}",
            "recovery_question_answer",
            login="dr_sales",
        )
        self.env.invalidate_all()
        self.assertEqual(question.state, "answered")
        self.assertEqual(question.answered_by_id, colleague)

    def test_work_on_selected_cases(self):
        silent = self._debtor("Silent Ltd")
        self._overdue_invoice(silent, 700, 30)
        silent = self._case(silent, user_id=self.officer.id)
        self._hold("cease", silent)
        self.start_tour("/odoo/debt-cases", "recovery_mass_action", login="dr_officer")
        self.env.invalidate_all()
        self.assertIn(self.case.action_ids.state, ("queued", "done"))
        self.assertFalse(silent.action_ids)

    def test_deputy_works_the_cases_during_a_leave(self):
        self.debtor.phone = "+32 2 123 45 67"
        self.case.activity_schedule(
            "mail.mail_activity_data_call",
            summary="First call",
            date_deadline=self.today,
            user_id=self.officer.id,
        )
        self.start_tour("/odoo/debt-today", "recovery_on_leave", login="dr_officer")
        self.start_tour(
            "/odoo/debt-today", "recovery_standing_in", login="dr_other_officer"
        )
        self.env.invalidate_all()
        self.assertEqual(self.officer.recovery_stand_in_id, self.other_officer)
        call = self.case.action_ids
        self.assertEqual(call.outcome_id.code, "no_answer")
        self.assertEqual(call.user_id, self.other_officer)

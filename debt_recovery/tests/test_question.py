from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestQuestion(DebtRecoveryChannelCommon):
    """A colleague without rights on recovery answers; the case learns it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            login="dr_seller",
            name="Sally Seller",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _ask(self, text="Did we take the pallets back?", method="action_ask"):
        action = getattr(self.case.with_user(self.officer), method)()
        model = self.env["debt.recovery.question"].with_user(self.officer)
        form = Form(model.with_context(**action["context"]), view=action["views"][0][0])
        form.user_id = self.seller
        if text:
            form.question = text
        return form.save()

    def test_question_is_a_task_of_the_colleague(self):
        question = self._ask()
        task = question.activity_ids
        self.assertEqual(task.user_id, self.seller)
        self.assertEqual(task.date_deadline, question.date_deadline)
        self.assertGreater(question.date_deadline, self.today)
        self.assertEqual(question.asked_by_id, self.officer)
        self.assertIn("pallets", str(self.case.message_ids[0].body))

    def test_answer_comes_back(self):
        question = self._ask()
        theirs = question.with_user(self.seller)
        self.assertEqual(theirs.customer_name, self.debtor.display_name)
        with self.assertRaises(AccessError):
            theirs.case_id.with_user(self.seller).read(["name"])
        with self._refused("Write your answer first"):
            theirs.action_answer()
        theirs.answer = "Yes, both, on Monday"
        theirs.action_answer()
        self.assertEqual(
            (question.state, question.answered_by_id), ("answered", self.seller)
        )
        self.assertFalse(question.activity_ids)
        self.assertTrue(self.case.has_new_answer)
        found = self.env["debt.recovery.case"].search([("has_new_answer", "=", True)])
        self.assertIn(self.case, found)
        cases = self.env["debt.recovery.case"].with_user(self.officer)
        counts = cases.action_today_facts([("id", "=", self.case.id)])["counts"]
        self.assertEqual(counts["answers"], 1, "a chip in Today")
        self.assertIn("both, on Monday", str(self.case.message_ids[0].body))
        question.with_user(self.officer).action_read()
        self.case.invalidate_recordset()
        self.assertFalse(self.case.has_new_answer)

    def test_feedback_of_the_activity_is_the_answer(self):
        question = self._ask()
        task = question.activity_ids.with_user(self.seller)
        task.action_feedback(feedback="No, never came back")
        self.assertEqual(
            (question.state, question.answer), ("answered", "No, never came back")
        )

    def test_only_who_was_asked_sees_it(self):
        question = self._ask()
        stranger = new_test_user(
            self.env, login="dr_stranger", groups="base.group_user"
        )
        for user in (stranger, self.other_officer):
            with self.assertRaises(AccessError):
                question.with_user(user).read(["question"])
        with self._refused("answered, not changed"):
            question.with_user(self.seller).write({"question": "Something else"})

    def test_withdrawn(self):
        question = self._ask()
        question.with_user(self.officer).action_withdraw()
        self.assertEqual(question.state, "cancelled")
        self.assertFalse(question.activity_ids)

    def test_day_in_the_past(self):
        with self._refused("The day is in the past"):
            self._ask().date_deadline = self.today - timedelta(days=1)

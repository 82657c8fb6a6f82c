from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .test_subscription import HOUR, SubscriptionCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSubscriptionPeople(SubscriptionCommon):
    """Who gets it by which right, and what is told when an e-mail does not leave."""

    def test_manager_sends_to_people_of_companies_the_manager_does_not_know(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere Inc."})
        self.officer.company_ids += elsewhere
        row = self._row(audience="officers", user_ids=False)
        self.env.flush_all()
        self.env.invalidate_all()
        mine = row.with_user(self.manager)
        mine.with_context(allowed_company_ids=self.company.ids).action_send_now()
        self.assertFalse(row.problem)

    def test_who_owns_cases_without_the_role_is_passed_over(self):
        stranger = new_test_user(self.env, "owner", email="owner@example.com")
        case = self._case(self.other)
        case.sudo().user_id = stranger
        row = self._row(audience="officers", user_ids=False)
        self.assertEqual(row._find_people(), self.officer)

    def test_failure_in_the_mail_queue_is_shown_until_it_left(self):
        with freeze_time(self.monday):
            row = self._row()
        mail = self._send_at(self.monday + 7 * HOUR)
        self.assertFalse(row.problem)
        self._leave(mail, "exception", "mail_smtp", "No route to host")
        self.assertIn(self.manager.email_formatted, row.problem)
        self.assertIn("No route to host", row.problem)
        self.assertEqual(row.status_text, row.problem)
        self.assertEqual(len(row.activity_ids), 1)
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .create({"company_id": self.company.id, "date": self._day(7)})
        )
        found = {path: count for _label, count, path in run._weekly_lists()}
        self.assertEqual(found["debt-subscriptions"], 1)
        other = mail.copy({"email_to": "other@example.com"})
        self._leave(other, "exception", "mail_smtp", "No route")
        self._leave(other, "sent")
        self.assertIn(self.manager.email_formatted, row.problem)
        self._leave(mail, "sent")
        self.assertFalse(row.problem)
        self.assertFalse(row.activity_ids)

    def _leave(self, mail, state, failure_type=None, reason=False):
        """What the queue does with the mail."""
        mail.auto_delete = False
        mail.state = state
        mail._postprocess_sent_message(
            [], [], failure_reason=reason, failure_type=failure_type
        )

from odoo.tests import HttpCase, tagged

from .reply_common import DebtRecoveryReplyCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReplyTour(DebtRecoveryReplyCommon, HttpCase):
    """An officer answers a reply from the case, in a real browser."""

    def test_officer_answers(self):
        reply = self._reply("Which account should we pay to?")
        with self.mock_mail_gateway():
            self.start_tour(
                f"/odoo/debt-cases/{self.case.id}",
                "recovery_reply_answer",
                login="dr_officer",
            )
        self.env.invalidate_all()
        self.assertEqual(reply.state, "handled")
        self.assertEqual(reply.answer_id.origin, "manual")

from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestTours(DebtRecoveryCommon, HttpCase):
    """People click through the screens in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.case = cls._case(user_id=cls.officer.id)

    def _tour(self, name, login="dr_officer", url=None):
        url = url or f"/odoo/debt-cases/{self.case.id}"
        self.start_tour(url, f"debt_recovery_{name}", login=login)
        self.env.invalidate_all()

    def test_officer_places_a_hold(self):
        self._tour("place_hold")
        self.assertEqual(self.case.hold_ids.type_id.code, "goodwill")
        self.assertEqual(self.case.amount_held, 1000)

    def test_officer_sends_the_next_step(self):
        self._tour("send_next")
        message = self.case.action_ids
        self.assertEqual(message.state, "queued")
        self.assertEqual(message.line_ids.move_id, self.invoice)

    def test_officer_opens_a_number_and_a_dispute(self):
        self._tour("case_more")
        self.assertEqual(self.case.dispute_ids.name, "Wrong price")
        self.assertEqual(self.case.amount_disputed, 1000)

    def test_invoice_shows_the_ribbon(self):
        self._tour("invoice")

    def test_officer_works_the_outgoing_room(self):
        self._overdue_invoice(self.debtor, 250, 10)
        self.company.recovery_release = "hour"
        step = self.env.ref("debt_recovery.step_rem1")
        message = self.env["debt.recovery.action"]._plan_from_decisions(
            [
                {
                    "case_id": self.case.id,
                    "step_id": step.id,
                    "channel_id": self.env.ref("debt_recovery.channel_email").id,
                    "mode": "review",
                }
            ]
        )
        message._prepare_messages()
        run = self.env["debt.recovery.run"]._start(self.company)
        run._record(self.case, "decide", "wait", "quiet_days", "Quiet until Friday")
        self._tour("outgoing", url="/odoo/debt-outgoing")
        self.assertEqual(message.state, "skipped")
        self.assertEqual(message.reason, "They asked for a call")
        self.assertEqual(message.approved_by_id, self.officer)
        self.assertEqual(message.amount_claimed, 250)

    def test_manager_reads_the_reasons(self):
        self.env["debt.recovery.run"]._start(self.company)._execute()
        self._tour("runs", login="dr_manager", url="/odoo/debt-runs")

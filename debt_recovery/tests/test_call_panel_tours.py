from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestCallPanelTours(DebtRecoveryCommon, HttpCase):
    """The officer works calls from Today; the tours count the clicks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor.phone = "+32 2 123 45 67"
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.case = cls._to_call(cls.debtor)
        other = cls._debtor("Next Ltd", phone="+32 2 123 45 68")
        cls._overdue_invoice(other, 500, 20)
        cls._to_call(other)

    @classmethod
    def _to_call(cls, debtor):
        case = cls._case(debtor, user_id=cls.officer.id)
        case.activity_schedule(
            "mail.mail_activity_data_call",
            summary="First call",
            date_deadline=cls.today,
            user_id=cls.officer.id,
        )
        return case

    def _tour(self, name, url="/odoo/debt-today"):
        self.start_tour(url, f"debt_recovery_call_{name}", login="dr_officer")
        self.env.invalidate_all()
        done = self.case.action_ids.filtered(lambda a: a.direction == "out")
        return done.sorted("id")[:1]

    def test_no_answer_in_two_clicks(self):
        action = self._tour("no_answer")
        self.assertEqual((action.state, action.outcome_id.code), ("done", "no_answer"))

    def test_promise_in_three_clicks(self):
        self.assertEqual(self._tour("promise").outcome_id.code, "promise")
        self.assertEqual(self.case.amount_agreed, 1000)

    def test_paid_in_four_clicks(self):
        self._tour("paid")
        self.assertEqual(self.case.amount_held, 1000)

    def test_copy_in_three_clicks(self):
        self._tour("copy")
        self.assertEqual(len(self.case.action_ids), 2)
        self.assertEqual(self.case.amount_held, 1000)

    def test_dispute_in_five_clicks(self):
        self._tour("dispute")
        self.assertEqual(self.case.dispute_ids.category_id.code, "duplicate")

    def test_what_can_be_paid_is_agreed_during_the_call(self):
        self._tour("negotiate")
        plan = self.case.agreement_ids
        self.assertEqual((plan.kind, plan.state), ("plan", "active"))
        self.assertEqual(plan.instalment_ids.mapped("amount"), [250] * 4)
        self.assertEqual(self.case.amount_agreed, 1000)

    def test_callback_in_three_clicks(self):
        self._tour("callback")
        self.assertTrue(self.case.activity_ids.filtered("recovery_hour"))

    def test_beside_the_case(self):
        action = self._tour("beside_the_case", f"/odoo/debt-cases/{self.case.id}")
        self.assertEqual(action.state, "cancelled")
        self.assertFalse(self.case.hold_ids.filtered("active_today"))

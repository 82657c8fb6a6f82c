from datetime import timedelta

from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementRun(RecoveryRunCommon):
    """Promises from the handshake to what follows, through whole daily runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 13)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.env.flush_all()

    def _promise(self, days=2):
        case = self.record.with_user(self.officer)
        return case._take_promise(MONDAY + timedelta(days=days)).sudo()

    def _calls(self):
        return self.record.action_ids.filtered(lambda a: a.step_id.code == "ev_broken")

    def test_broken_calls_on_the_next_working_day_once(self):
        promise = self._promise()  # Wednesday, grace until the Monday after
        for day in range(8):
            self._run(day)
        self.assertEqual(promise.state, "active")
        chased = self.record.action_ids.filtered(lambda a: not a.claims_nothing)
        self.assertFalse(chased, "reminded of the promise, and not chased")
        before = self.record.priority_score
        self._run(8)
        self.assertEqual(promise.state, "broken")
        call = self._calls()
        self.assertEqual(call.date_planned, MONDAY + timedelta(days=9))
        self.assertEqual(call.activity_id.date_deadline, call.date_planned)
        self.assertEqual(call.activity_id.user_id, self.officer)
        self.assertGreater(self.record.priority_score, before)
        self.assertIn("broken", str(self.record.priority_reasons))
        score = self.record.priority_score
        self._run(9)
        self._run(10)
        self.assertEqual(self._calls(), call, "once per agreement")
        self.assertLessEqual(self.record.priority_score, score + 5)

    def test_broken_in_shadow_calls_after_go_live(self):
        promise = self._promise()
        strategies = self.record.strategy_id
        strategies._back_to_shadow(self.company)
        for day in range(9):
            self._run(day)
        self.assertEqual(promise.state, "broken")
        self.assertFalse(self._calls())
        self.assertFalse(promise.break_told)
        strategies._go_live(self.company)
        self._run(9)
        self.assertEqual(len(self._calls()), 1)
        self._run(10)
        self.assertEqual(len(self._calls()), 1, "once per agreement")

    def test_broken_on_friday_calls_on_monday(self):
        promise = self._promise(days=0)  # grace until Thursday
        for day in range(5):
            self._run(day)
        self.assertEqual(promise.state, "broken")
        self.assertEqual(self._calls().date_planned, MONDAY + timedelta(days=7))

    def test_the_strategy_resumes(self):
        self._promise()
        self._run(8)
        self._calls()._set_done()
        for day in range(9, 30):
            self._run(day)
        engine = self.record.action_ids.filtered(lambda a: a.origin == "engine")
        self.assertTrue(engine)
        self.assertEqual(self.record.amount_agreed, 0)
        self.assertEqual(self.record.amount_collectable, 5000)

    def _kept_promise(self):
        self._run()
        promise = self._promise()
        self._pay(self.invoice, date=MONDAY)
        self._run(1)
        self.assertEqual(promise.state, "kept")
        return promise

    def test_kept_brings_no_thanks_unless_wanted(self):
        self.assertFalse(self._kept_promise().action_ids)

    def test_kept_brings_thanks_once_where_wanted(self):
        self.company.recovery_agreement_thanks = True
        promise = self._kept_promise()
        thanks = promise.action_ids
        self.assertEqual(thanks.agreement_message, "thanks")
        self.assertIn("thank you", thanks.subject)
        self.assertIn(thanks.state, ("queued", "done"))
        self._run(2)
        self.assertEqual(promise.action_ids, thanks)

    def test_thanks_without_an_address_stop_no_payment(self):
        self.company.recovery_agreement_thanks = True
        self.debtor.email = False
        thanks = self._kept_promise().action_ids
        self.assertEqual(thanks.agreement_message, "thanks")
        self.assertNotIn(thanks.state, ("queued", "done"))

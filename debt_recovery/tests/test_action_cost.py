from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestActionCost(DebtRecoveryChannelCommon):
    """The log notes what a contact cost on its day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_money_unit = 50
        cls.phone.with_user(cls.manager).cost_units = 0.05

    def test_later_prices_change_nothing(self):
        call = self._log_call()
        self.phone.cost_units = 0.18
        self.assertEqual((call.cost, self._log_call().cost), (2.5, 9))
        self.assertFalse((call + self.case.action_ids)._verify_chain())

    def test_units_of_the_company(self):
        self.company.recovery_money_unit = 5000
        self.assertEqual(self._log_call().cost, 250)

    def test_who_calls_us_pays(self):
        self.assertEqual(self._log_call(direction="in").cost, 0)

    def test_undone_is_not_counted(self):
        call = self._log_call(seal=False)
        call.action_undo()
        self.assertEqual(call.cost, 0)

    def test_text_messages_cost_by_their_parts(self):
        sms = self.env.ref("debt_recovery.channel_sms")
        sms.cost_units = 0.002
        text = self._plan(
            channel=sms,
            mode="auto",
            custom_text=True,
            body="x" * 161,
        )
        self.assertEqual(text._find_cost(), 0.2)

    def test_correction_costs_nothing(self):
        call = self._log_call()
        wizard = self.env["debt.recovery.action.correct"].create(
            {"action_id": call.id, "note": "It was Mr Other"}
        )
        wizard.action_confirm()
        corrections = self.case.action_ids.filtered("correction_of_id")
        self.assertEqual(corrections.mapped("cost"), [0])

    def test_only_the_log_says_what_it_cost(self):
        call = self._log_call()
        with self._refused("contact log"):
            call.with_user(self.officer).cost = 0

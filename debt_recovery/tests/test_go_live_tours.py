from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestGoLiveTours(DebtRecoveryCommon, HttpCase):
    """The manager lets the engine act, and asks before changing it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)

    def test_manager_goes_live(self):
        strategies = self.env["debt.recovery.strategy"].search([])
        strategies._back_to_shadow(self.company)
        action = self.env.ref("debt_recovery.debt_recovery_go_live_action")
        url = f"/odoo/action-{action.id}"
        self.start_tour(url, "debt_recovery_go_live", login="dr_manager")
        self.env.invalidate_all()
        strategy = self.strategy.with_company(self.company)
        self.assertEqual((strategy.state, strategy.live_mode), ("live", "catch_up"))
        sender = self.company.recovery_sender_email
        self.assertEqual(sender, "receivables@us.example.com")

    def test_manager_is_asked_before_a_live_strategy_changes(self):
        url = f"/odoo/debt-strategies/{self.strategy.id}"
        self.start_tour(url, "debt_recovery_what_if", login="dr_manager")
        self.env.invalidate_all()
        self.assertEqual(self.env.ref("debt_recovery.step_rem1").day, 30)

    def test_manager_is_asked_before_a_contact_rule_changes(self):
        rule = self.env["debt.recovery.contact.rule"].search(
            [("rule_type", "=", "contact_window")], limit=1
        )
        before = rule.hour_from
        url = f"/odoo/debt-contact-rules/{rule.id}"
        self.start_tour(url, "debt_recovery_rule_what_if", login="dr_manager")
        self.env.invalidate_all()
        self.assertEqual(rule.hour_from, before)

    def test_manager_decides_small_debts_from_one_list(self):
        self.company.recovery_agency = True
        self.manager.group_ids += self.env.ref("debt_recovery.group_agency")
        debtor = self._debtor("Tiny Ltd")
        self._overdue_invoice(debtor, 60, 60)
        case = self._case(debtor)
        step = self.env.ref("debt_recovery.step_sd_list")
        case.strategy_id = step.strategy_id
        self.env["debt.recovery.action"]._plan_from_decisions(
            [case._prepare_action_vals(step, step.channel_ids)]
        )._release()
        self.start_tour(
            "/odoo/debt-small", "debt_recovery_small_debts", login="dr_manager"
        )
        self.env.invalidate_all()
        self.assertEqual(case.placement_ids.mapped("state"), ["proposed"])

from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestHardshipTours(DebtRecoveryCommon, HttpCase):
    """What can be paid, and hardship, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        human = cls._debtor("Hugo Human", is_company=False)
        cls._overdue_invoice(human, 1000, 20)
        cls.case = cls._case(human, user_id=cls.officer.id)
        cls.company.recovery_hardship_budget = True

    def _tour(self, name):
        url = f"/odoo/debt-cases/{self.case.id}"
        self.start_tour(url, f"debt_recovery_{name}", login="dr_officer")
        self.env.invalidate_all()

    def test_officer_compares_and_builds_a_plan(self):
        self._tour("negotiation")
        plan = self.case.agreement_ids
        self.assertEqual(plan.instalment_ids.mapped("amount"), [250] * 4)

    def test_officer_assesses_and_pauses(self):
        self._tour("hardship")
        record = self.case.hardship_ids
        self.assertEqual((record.state, record.free), ("running", 0))
        self.assertTrue(self.case.activity_ids)

from odoo.tests import HttpCase, tagged

from .field_common import FieldCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestVisitPhone(FieldCommon, HttpCase):
    """The visit form in a real browser, as large as a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_visit_without_signal(self):
        self.debtor.recovery_safety_note = "Dog in the yard"
        self.company.recovery_field_location = True
        self.start_tour(
            "/odoo/debt-round", "debt_recovery_field_visit", login="dr_field"
        )
        self.env.invalidate_all()
        receipt = self.case.receipt_ids
        self.assertEqual((receipt.amount, receipt.user_id), (400, self.field_officer))
        self.assertEqual((self.visit.state, len(receipt)), ("done", 1))
        self.assertTrue(self.visit.arrived_at)
        self.assertFalse(self.visit.latitude, "the browser refused")
        self.assertEqual(self.visit.proposal_ids.values, {"phone": "+32 9 999"})


@tagged("post_install", "-at_install", "debt_recovery")
class TestVisitDesk(FieldCommon, HttpCase):
    """Planning at the desk."""

    def test_plan_a_visit_from_the_case(self):
        self.visit.action_cancel()
        self.start_tour(
            f"/odoo/debt-cases/{self.case.id}",
            "debt_recovery_field_plan",
            login="dr_officer",
        )
        self.env.invalidate_all()
        visit = self.case.visit_ids.filtered(lambda v: v.state == "planned")
        self.assertEqual(visit.purpose, "Hand over the demand")

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.placement_common import PlacementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiLaw(PlacementCommon):
    """Figures of courts and agencies, and what they cost."""

    def _kpi(self, code):
        today = self.today
        company = self.company.with_context(recovery_today=today + timedelta(days=9))
        return company._recovery_kpi(code, today, today + timedelta(days=9))

    def test_judgments_of_what_was_filed(self):
        self.assertEqual(self._kpi("legal_success")["value"], None)
        self.assertIn("filed", self._kpi("legal_success")["reasons"][0])
        legal = self._judged(9500)
        answer = self._kpi("legal_success")
        self.assertEqual(answer["value"], 100)
        self.assertEqual((answer["parts"]["filed"], answer["parts"]["won"]), (1, 1))
        rows = self.env[answer["action"]["res_model"]].search(
            answer["action"]["domain"]
        )
        self.assertEqual(rows.ids, legal.ids)

    def test_yield_and_commission_of_an_agency(self):
        placement = self._placed(self.manager)
        self.assertEqual(self._kpi("agency_yield")["value"], 0)
        self._receipt(placement, 1000)
        answer = self._kpi("agency_yield")
        self.assertEqual(answer["value"], 10)
        self.assertEqual(answer["parts"]["net"], 800)
        self.assertEqual(self._kpi("cost_to_collect")["parts"]["agency"], 200)

    def test_contacts_cost_by_their_channel(self):
        self.env.ref("debt_recovery.channel_phone").cost_units = 0.08
        self.company.recovery_money_unit = 50
        call = self._case()._record_contact({"outcome": "no_answer"})
        day = call.date_done.date()
        company = self.company.with_context(recovery_today=day)
        answer = company._recovery_kpi("cost_to_collect", day, day)
        self.assertEqual(answer["parts"]["contact"], 4)

    def test_subjects_nobody_uses_say_so(self):
        self.company.write({"recovery_legal": False, "recovery_agency": False})
        for code in ("legal_success", "agency_yield", "cost_to_collect"):
            answer = self._kpi(code)
            self.assertIsNone(answer["value"])
            self.assertTrue(answer["reasons"])

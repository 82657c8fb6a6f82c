from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPayerProfile(ContactCommon):
    """How a customer pays, and what the promise makes of it."""

    def _profile(self, user=None, **vals):
        model = self.env["debt.recovery.payer.profile"].with_user(user or self.officer)
        profile = model.create({"partner_id": self.debtor.id, **vals})
        self.case.invalidate_recordset()
        return profile

    def test_next_run_is_the_promise_date(self):
        self.assertEqual(str(self.case._promise_date()), "2025-03-10")
        self._profile(run_rule="weekdays", fri=True)
        self.assertEqual(str(self.case._promise_date()), "2025-03-07")

    def test_lead_time_and_free_days(self):
        profile = self._profile(run_rule="month_days", month_days="15", lead_days=2)
        self.assertEqual(str(profile.next_run), "2025-03-17")

    def test_card_shows_what_is_known(self):
        self.assertEqual(self.case.payer_card["rows"], [])
        self._profile(run_rule="weekdays", fri=True, needs_po=True, note="Be kind")
        card = self.case.payer_card
        texts = [text for _icon, _label, text in card["rows"]]
        self.assertIn("purchase order", texts)
        self.assertIn("Petra Payer (accounts payable)", texts)
        self.assertEqual(card["note"], "Be kind")
        self.assertIn("dr_officer", card["reviewed"])

    def test_belongs_to_the_commercial_partner_once(self):
        profile = self._profile()
        self.assertEqual(profile.reviewed_by_id, self.officer)
        with self._refused("written down already"):
            self._profile(partner_id=self.person.id)

    def test_other_company_has_its_own(self):
        self._setup_company_2()
        self._profile(run_rule="weekdays", fri=True)
        other = self._profile(user=self.env.user, company_id=self.company_2.id)
        self.assertFalse(other.next_run)

    def test_bad_input(self):
        with self._refused("no day of the month"):
            self._profile(run_rule="month_days", month_days="10, 40")
        with self._refused("Choose at least one"):
            self._profile(run_rule="weekdays")
        with self._refused("zero or more"):
            self._profile(lead_days=-1)

    def test_form_of_the_officer(self):
        action = self.case.with_user(self.officer).action_open_payer_profile()
        model = self.env["debt.recovery.payer.profile"].with_user(self.officer)
        form = Form(model.with_context(**action["context"]))
        form.run_rule = "month_days"
        form.month_days = "10 and last"
        self.assertEqual(str(form.next_run), "2025-03-10")
        self.assertEqual(form.save().partner_id, self.debtor)

    def test_rights(self):
        profile = self._profile()
        profile.with_user(self.field_officer).read(["note"])
        with self.assertRaises(AccessError):
            profile.with_user(self.auditor).write({"note": "x"})
        with self.assertRaises(AccessError):
            profile.with_user(self.officer).unlink()

    def test_panel_reads_everything_at_once(self):
        self._tell("no_answer", contact_id=self.person.id)
        data = self.case.with_user(self.officer).action_call_panel()
        self.assertEqual(data["contact_id"], self.person.id)
        self.assertEqual(data["people"][0]["tel"], "+442079460958")
        self.assertEqual(data["people"][0]["status"], "allowed")
        self.assertEqual([i["collectable"] for i in data["items"]], [True, True])
        self.assertEqual(len([o for o in data["outcomes"] if o["main"]]), 8)
        self.assertEqual(data["promise_date"], "2025-03-10")
        self.assertIn("No answer", data["contacts"][0]["text"])
        self.assertFalse([o for o in data["outcomes"] if o["visit"]])

    def test_refused_by_the_gate_shows_why(self):
        self._hold("cease", self.case)
        data = self.case.with_user(self.officer).action_call_panel()
        self.assertEqual(data["people"][0]["status"], "refused")
        self.assertIn("refused", data["people"][0]["verdict"])
        self.assertTrue(data["people"][0]["reasons"])

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .contact_common import ContactCommon

LATER = "2025-03-03 09:16:00"


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactStops(ContactCommon):
    """Outcomes that stop the work."""

    def test_each_places_its_hold(self):
        expected = {
            "deceased": ("deceased", False),
            "ceased": ("trace", "2025-03-17"),
            "vulnerable": ("vulnerable", False),
            "cease": ("cease", False),
        }
        for outcome, (code, end) in expected.items():
            with self.subTest(outcome=outcome):
                action = self._tell(outcome, text="Said so")
                hold = self.case.hold_ids.filtered("active_today")
                self.assertEqual(hold.type_id.code, code)
                self.assertEqual(hold.date_to and str(hold.date_to), end)
                self._undo(action)
                self.assertFalse(self.case.hold_ids.filtered("active_today"))

    def test_vulnerable_note_is_protected(self):
        action = self._tell("vulnerable", text="In hospital")
        self.assertFalse(action.note)
        self.manager.group_ids |= self.env.ref("debt_recovery.group_sensitive")
        self.assertIn("In hospital", action.with_user(self.manager).protected_note)
        self.assertNotIn("hospital", self.case.hold_ids.reason)
        with self.assertRaises(AccessError):
            action.with_user(self.officer).read(["protected_note"])

    def test_lawyer_becomes_a_contact(self):
        self._tell("lawyer", new_contact={"name": "Law LLP", "email": "a@law.example"})
        self.assertEqual(self.case.hold_ids.type_id.code, "lawyer")
        lawyer = self.debtor.child_ids.filtered(lambda p: p.name == "Law LLP")
        self.assertEqual(lawyer.recovery_contact_role, "legal")
        verdict = self.case._contact_verdict("phone", person=self.person)
        self.assertEqual(verdict.status, "refused")
        self.assertEqual(self.case.hold_ids.representative_id, lawyer)

    def test_insolvency_is_filed_by_legal(self):
        self._tell("insolvent", date="2025-02-20", text="HRB 12/25")
        self.assertEqual(self.case.hold_ids.type_id.code, "insolvency")
        self.assertIn("file the claim", self._activity().summary)
        self.assertEqual(self._activity().user_id, self.legal)

    def test_cease_for_one_channel_leaves_the_others(self):
        self._tell("cease", channel_ids=self.phone.ids)
        hold = self.case.hold_ids
        self.assertEqual(
            (hold.type_id.code, hold.channel_ids), ("no_channel", self.phone)
        )
        self.assertEqual(self.case._contact_verdict("phone").status, "refused")
        self.assertNotIn(
            "hold", [r.code for r in self.case._contact_verdict("email").reasons]
        )
        self.assertEqual(self._amounts(), {"collectable": 1250})

    def test_fraud_disputes_everything(self):
        self._tell("fraud")
        self.assertEqual(self.case.dispute_ids.category_id.code, "not_ordered")
        self.assertEqual(self._amounts(), {"disputed": 1250})
        self.assertEqual(self.case.hold_ids.type_id.code, "fraud")

    def test_threat_stops_calls_and_visits_and_warns(self):
        self._tell("threat", text="Dog, shouted")
        hold = self.case.hold_ids
        self.assertEqual(hold.type_id.code, "unsafe")
        self.assertEqual(set(hold.channel_ids.mapped("code")), {"phone", "visit"})
        self.assertEqual(self.case.payer_profile_id.safety_note, "Dog, shouted")
        with self._refused("only a manager or legal"):
            hold.with_user(self.officer)._release("Calm again")


@tagged("post_install", "-at_install", "debt_recovery")
class TestContactBadInput(ContactCommon):
    """One sentence; nothing is written."""

    def _refuse(self, sentence, outcome, **vals):
        with self._refused(sentence):
            self._tell(outcome, **vals)

    def test_missing_and_impossible_values(self):
        cases = [
            ("needs a date", "promise", {}),
            ("is in the past", "promise", {"date": "2025-03-02"}),
            ("is no date", "promise", {"date": "31.12."}),
            ("still to come", "paid", {"date": "2025-03-04"}),
            ("not above zero", "promise", {"date": "2025-03-10", "amount": -5}),
            ("needs items", "copy", {"item_ids": []}),
            ("needs a category", "dispute", {"item_ids": self.item.ids}),
            ("needs a day and an hour", "callback", {}),
            ("hour is over", "callback", {"hour": "2025-03-02 10:00:00"}),
            ("needs Why", "refuses", {}),
            ("needs somebody who answers", "info", {"date": "2025-03-10"}),
            ("needs a name", "new_contact", {}),
            ("How can Nora", "new_contact", {"new_contact": {"name": "Nora"}}),
            ("Choose an outcome", "nonsense", {}),
            ("no channel", "no_answer", {"channel": "smoke"}),
            (
                "does not belong to",
                "no_answer",
                {"contact_id": self.env.user.partner_id.id},
            ),
        ]
        for sentence, outcome, vals in cases:
            with self.subTest(outcome=outcome, vals=vals):
                self._refuse(sentence, outcome, **vals)
        self.assertFalse(self.case.action_ids.filtered(lambda a: a.state == "done"))

    def test_number_without_country_code(self):
        self.debtor.country_id = self.company.country_id = False
        self._refuse(
            "with its country code",
            "new_contact",
            new_contact={"name": "Nora", "phone": "0171 123"},
        )

    def test_auditor_records_nothing(self):
        with self.assertRaises(AccessError):
            self._tell("no_answer", user=self.auditor)

    def test_field_officer_records_with_consequences(self):
        self.case.user_id = self.field_officer
        action = self._tell("paid", user=self.field_officer, date="2025-02-27")
        self.assertEqual(action.user_id, self.field_officer)
        self.assertEqual(self._amounts(), {"held": 1250})

    def test_only_the_author_undoes_and_only_in_time(self):
        action = self._tell("no_answer")
        with self._refused("was written by dr_officer"):
            action.with_user(self.manager).action_undo()
        with freeze_time(LATER), self._refused("cannot be"):
            action.with_user(self.officer).action_undo()

    def test_undone_entries_leave_the_chain_intact(self):
        first = self._tell("no_answer")
        second = self._tell("no_answer")
        self._undo(first)
        with freeze_time(LATER):
            (first | second)._seal_due()
            self.assertFalse(second._verify_chain())
        self.assertFalse(first.checksum)

import base64
from datetime import timedelta

from odoo import fields
from odoo.tools.image import base64_to_image

from .field_common import FieldCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


class TestVisitSubmit(FieldCommon):
    """What the phone sends counts once; wrong input is refused in one sentence and
    leaves nothing behind."""

    def test_second_submission_returns_the_first_answer(self):
        first = self._submit(outcome="visit_paid", amount=100, means="cash")
        second = self._submit(outcome="visit_paid", amount=100, means="cash")
        self.assertEqual(first, second)
        self.assertEqual(len(self.case.receipt_ids), 1)
        done = self.case.action_ids.filtered(lambda a: a.state == "done")
        self.assertEqual(len(done), 1)

    def test_another_form_does_not_record_it_again(self):
        self._submit()
        with self._refused("already recorded by dr_field"):
            self._submit(key="key-2")

    def test_the_visit_is_in_the_contact_log(self):
        at = fields.Datetime.now() - timedelta(hours=3)
        self._submit(
            outcome="visit_served",
            person="Mr Owner",
            note="Took it himself",
            done_at=f"{at.isoformat()}Z",
            signature=PIXEL,
        )
        action = self.visit.action_id
        self.assertEqual(
            (action.channel, action.person, action.outcome_id.code, action.user_id),
            ("visit", "Mr Owner", "visit_served", self.field_officer),
        )
        self.assertEqual(action.date_done, at.replace(microsecond=0))
        self.assertTrue(self.visit.demand_served and self.visit.signature)

    def test_promise_is_taken(self):
        day = fields.Date.to_string(self._later(7))
        self._submit(outcome="promise", promise_date=day, promise_amount="400,00")
        promise = self.case.agreement_ids
        self.assertEqual(
            (promise.source, promise.date_agreed), ("visit", self._later(7))
        )
        self.assertEqual(promise.line_ids.amount_covered, 400)

    def test_what_needs_a_decision_goes_to_the_officer(self):
        line = self._receivable_line(self.invoice)
        self._submit(outcome="dispute", note="Never delivered", item_ids=line.ids)
        task = self.case.activity_ids
        self.assertEqual(task.user_id, self.officer)
        self.assertIn(self.invoice.name, str(task.note))

    def test_what_the_phone_knows_has_its_consequences_at_once(self):
        self._submit(outcome="ceased", note="Shop is empty")
        self.assertEqual(self.case.hold_ids.type_id.code, "trace")
        self.assertEqual(self.visit.action_id.user_id, self.field_officer)

    def test_wrong_input_is_refused_and_nothing_is_kept(self):
        past = fields.Date.to_string(self._later(-2))
        cases = [
            ({"outcome": "dance"}, "Choose what came out"),
            ({"outcome": "promise"}, "needs the day of payment"),
            ({"outcome": "promise", "promise_date": past}, "in the past"),
            ({"outcome": "visit_paid", "amount": "much"}, "is no amount"),
            ({"outcome": "visit_paid", "amount": -5}, "amount above zero"),
            ({"outcome": "visit_paid", "amount": 0}, "amount above zero"),
            (
                {"outcome": "visit_paid", "amount": 5, "means": "cheque"},
                "number, its bank and its date",
            ),
            ({"photo": "no picture"}, "The photo is not a picture"),
            (
                {"photo": base64.b64encode(b"x" * 40 * 1024**2).decode()},
                "The photo is larger than 10 MB",
            ),
        ]
        for data, sentence in cases:
            with self.subTest(data=str(data)[:60]), self._refused(sentence):
                self._submit(**data)
        self.visit.invalidate_recordset()
        self.assertEqual(self.visit.state, "planned")
        self.assertFalse(self.case.receipt_ids | self.case.receipt_ids)
        self.assertFalse(self.visit.action_id)

    def test_photo_and_odd_location(self):
        self._submit(
            photo=f"data:image/png;base64,{PIXEL}",
            arrival={"latitude": 500, "longitude": "west", "at": "nonsense"},
        )
        self.assertTrue(base64_to_image(self.visit.photo))
        self.assertFalse(self.visit.latitude)
        self.assertTrue(self.visit.arrived_at)

    def test_visit_cancelled_meanwhile_is_kept_all_the_same(self):
        self.visit.action_cancel()
        self._submit(outcome="visit_paid", amount=50, means="cash")
        self.assertEqual((self.visit.state, self.case.receipt_ids.amount), ("done", 50))

    def test_rule_broken_meanwhile_is_told_not_lost(self):
        self._hold("lawyer", self.case)
        result = self._submit(outcome="visit_nobody")
        self.assertIn("Represented", result["warnings"][0])
        self.assertEqual(self.visit.action_id.verdict, "refused")
        self.assertIn("Represented", self.visit.verdict)

    def test_next_visit_three_working_days_later_at_another_hour(self):
        model = self.env["debt.recovery.visit"].with_user(self.field_officer)
        card = model.action_round()["visits"][0]
        self.assertTrue(card["next_start"].endswith("T10:00"))
        self._submit(next_start=card["next_start"])
        following = self.case.visit_ids - self.visit
        self.assertEqual(following.user_id, self.field_officer)
        self.assertEqual(fields.Date.to_string(following.date), card["next_start"][:10])

    def test_refused_next_visit_does_not_lose_this_one(self):
        result = self._submit(next_start="2020-01-01T10:00")
        self.assertIn("which is over", result["warnings"][0])
        self.assertEqual(self.visit.state, "done")
        self.assertEqual(self.case.visit_ids, self.visit)

    def test_after_three_in_vain_no_fourth_is_proposed(self):
        for number in range(2):
            visit = self._visit()
            self._submit(key=f"vain-{number}", visit=visit)
        self.assertFalse(self.visit._round_next_start(self.today))

    def test_safety_note_is_known_at_once(self):
        self._submit(safety_note="Dog in the yard")
        self.assertEqual(self._visit().safety_note, "Dog in the yard")

    # CORRECTED DATA

    def test_corrected_data_wait_for_a_clerk(self):
        self._submit(
            corrections={
                "address": {
                    "street": "2 New Street",
                    "zip": "30000",
                    "city": "Newville",
                },
                "phone": {"phone": "+32 9 999"},
            }
        )
        self.assertEqual(self.debtor.street, "1 Main Street")
        proposals = self.visit.proposal_ids.with_user(self.officer)
        address = proposals.filtered(lambda p: p.kind == "address")
        self.assertEqual(address.text_old, "1 Main Street, 20000, Testville")
        address.action_accept()
        self.assertEqual(
            (self.debtor.street, self.debtor.zip), ("2 New Street", "30000")
        )
        (proposals - address).action_refuse()
        self.assertEqual(self.debtor.phone, "+32 2 123")
        address.action_undo()
        self.assertEqual(
            (self.debtor.street, self.debtor.zip), ("1 Main Street", "20000")
        )

    def test_data_changed_since_are_not_restored(self):
        self._submit(corrections={"phone": {"phone": "+32 9 999"}})
        proposal = self.visit.proposal_ids
        proposal.action_accept()
        self.debtor.phone = "+32 5 555"
        with self._refused("were changed since"):
            proposal.action_undo()

    def test_closed_business_is_traced_once_accepted(self):
        self._submit(corrections={"trading": {"closed": True}})
        proposal = self.visit.proposal_ids.with_user(self.officer)
        proposal.action_accept()
        self.assertEqual(self.case.hold_ids.type_id.code, "trace")
        proposal.action_undo()
        self.assertTrue(self.case.hold_ids.date_released)

    def test_field_officer_decides_nothing(self):
        self._submit(corrections={"phone": {"phone": "+32 9 999"}})
        proposal = self.visit.proposal_ids.with_user(self.field_officer)
        self.assertFalse(proposal.has_access("write"))

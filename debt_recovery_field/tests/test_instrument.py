from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.tools import mute_logger

from .field_common import FieldCommon


class TestInstrument(FieldCommon):
    """Cheques: banked on their day, cleared, returned, given back."""

    def _cheque(self, days=0, amount=400, number="77"):
        self._submit(
            key=f"cheque-{number}",
            visit=self._visit(),
            outcome="visit_paid",
            amount=amount,
            means="cheque",
            cheque={
                "number": number,
                "bank": "First Bank",
                "date": fields.Date.to_string(self._later(days)),
            },
        )
        return self.case.instrument_ids.filtered(lambda i: i.name == number)

    def _bank_today(self, **context):
        model = self.env["debt.recovery.instrument"].with_context(**context)
        return model.search([("bank_today", "=", True)])

    def _return(self, cheque, **vals):
        wizard = self.env["debt.recovery.instrument.return"].with_user(self.cashier)
        wizard.create(
            {"instrument_id": cheque.id, "reason": "Insufficient funds", **vals}
        ).action_confirm()

    def test_cheque_of_today_is_under_way_and_banked_today(self):
        cheque = self._cheque()
        self.assertEqual((cheque.kind, cheque.location), ("cheque", "officer"))
        self.assertEqual(self._figures(), (600, 400))
        self.assertEqual(self._bank_today(), cheque)

    def test_post_dated_cheque_is_a_promise_for_its_day(self):
        cheque = self._cheque(days=10)
        self.assertEqual(cheque.kind, "post_dated")
        self.assertEqual(cheque.agreement_id.date_agreed, self._later(10))
        self.assertEqual(self._figures(), (600, 0))
        self.assertFalse(self._bank_today())
        day = fields.Date.to_string(self._later(10))
        self.assertEqual(self._bank_today(recovery_today=day), cheque)
        with self._refused("cannot be presented before"):
            cheque.action_present()

    def test_unbanked(self):
        """The facts of the report on cash in hand."""
        self._paid(100)
        self._cheque()
        self._cheque(days=10, number="78", amount=50)
        company = self.company.sudo()
        rows = {row["name"]: row for row in company._recovery_unbanked(self._later(0))}
        by_kind = {row["kind"]: row for row in rows.values()}
        self.assertEqual(len(rows), 2, "held cheques speak for their receipts")
        self.assertEqual(by_kind["receipt"]["amount"], 100)
        self.assertEqual(by_kind["receipt"]["holder"], self.field_officer.name)
        self.assertEqual(by_kind["instrument"]["amount"], 400)
        later = company._recovery_unbanked(self._later(12))
        self.assertEqual(sum(row["amount"] for row in later), 550)
        self.assertEqual(max(row["days"] for row in later), 12)

    def test_presented_and_cleared_and_a_step_back(self):
        cheque = self._cheque().with_user(self.cashier)
        cheque.action_present()
        self.assertEqual((cheque.state, cheque.location), ("presented", "bank"))
        cheque.action_clear()
        self.assertEqual(cheque.state, "cleared")
        cheque.action_unclear()
        cheque.action_unclear()
        self.assertEqual(cheque.state, "held")

    def test_returned_cheque_breaks_the_promise_and_starts_its_step(self):
        cheque = self._cheque(days=5)
        promise = cheque.agreement_id
        later = cheque.with_context(
            recovery_today=fields.Date.to_string(self._later(5))
        )
        later.action_present()
        self._return(cheque, fee=12.5)
        self.assertEqual((cheque.state, cheque.return_fee), ("returned", 12.5))
        self.assertEqual(promise.state, "broken")
        promise._judge()
        self.assertEqual(promise.state, "broken")
        self.assertEqual(self._figures(), (1000, 0))
        codes = set(self.case.action_ids.step_id.mapped("code"))
        self.assertTrue({"ev_returned", "ev_broken"} <= codes, codes)

    def test_returned_cheque_is_owed_again_and_can_be_presented_again(self):
        cheque = self._cheque()
        cheque.action_present()
        self._return(cheque)
        self.assertEqual(self._figures(), (1000, 0))
        self.assertEqual(cheque.receipt_ids.booking, "Cheque returned")
        cheque.action_present()
        self.assertEqual(cheque.presentations, 2)
        self.assertEqual(self._figures(), (600, 400))

    def test_bad_input(self):
        self._cheque()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._cheque()
        with self._refused("below zero"):
            cheque = self._cheque(number="78", amount=10)
            cheque.action_present()
            self._return(cheque, fee=-1)
        with self._refused("by its buttons only"):
            self.case.instrument_ids.with_user(self.officer).write({"state": "cleared"})

    def test_given_back_when_the_receipt_is_void(self):
        cheque = self._cheque()
        cheque.receipt_ids.with_user(self.manager)._void("Paid by transfer")
        self.assertEqual((cheque.state, cheque.location), ("given_back", "customer"))

    def test_cashed_up_cheques_lie_in_the_safe(self):
        cheque = self._cheque()
        cheque.receipt_ids.with_user(self.field_officer).action_hand_over()
        cheque.receipt_ids.cash_up_id.with_user(self.cashier).action_confirm()
        self.assertEqual(cheque.location, "safe")

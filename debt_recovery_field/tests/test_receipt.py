from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .field_common import FieldCommon


class TestReceipt(FieldCommon):
    """Money from the debtor's hand to the books, and back."""

    def _confirmed(self, **kw):
        receipt = self._paid(**kw)
        receipt.with_user(self.field_officer).action_hand_over()
        receipt.cash_up_id.with_user(self.cashier).action_confirm()
        return receipt

    def _book(self, receipt):
        action = receipt.action_register_payment()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard.create({})._create_payments()
        return receipt.payment_ids

    def test_money_taken_is_not_chased(self):
        self.assertEqual(self._figures(), (1000, 0))
        receipt = self._paid(400)
        self.assertEqual(receipt.invoice_ids, self.invoice)
        self.assertEqual(self._figures(), (600, 400))

    def test_receipts_are_numbered_without_gaps(self):
        first = self._paid(100)
        second = self.env["debt.recovery.receipt"].create(
            {"case_id": self.case.id, "amount": 50, "means": "card"}
        )
        self.assertEqual(int(second.name[2:]), int(first.name[2:]) + 1)
        with self.assertRaises(UserError):
            first.unlink()

    def test_text_of_a_receipt_never_changes(self):
        receipt = self._paid(100)
        for vals in ({"amount": 90}, {"means": "card"}, {"payer": "Somebody"}):
            with self._refused("in the hands of the customer"):
                receipt.write(vals)
        with self._refused("by its buttons only"):
            receipt.with_user(self.manager).write({"state": "confirmed"})

    def test_void_gives_the_debt_back_and_keeps_the_number(self):
        receipt = self._paid(400)
        wizard = self.env["debt.recovery.receipt.void"].with_user(self.manager)
        wizard.create(
            {"receipt_id": receipt.id, "reason": "Wrong amount"}
        ).action_confirm()
        self.assertEqual((receipt.state, receipt.void_reason), ("void", "Wrong amount"))
        self.assertEqual(self._figures(), (1000, 0))
        with self.assertRaises(AccessError):
            receipt.with_user(self.field_officer)._void("No")

    # LIMIT

    def test_cash_beyond_the_limit_is_refused_with_what_may_be_taken(self):
        self._paid(640)
        visit = self._visit()
        with self._refused("holds .*640.* and may hold .*1,000.* at most .*360"):
            self._submit(
                visit=visit, key="2", outcome="visit_paid", amount=400, means="cash"
            )
        self.assertEqual(visit.state, "planned")
        self._submit(
            visit=visit, key="2", outcome="visit_paid", amount=360, means="cash"
        )
        self.assertEqual(visit.state, "done")

    def test_card_needs_no_limit_and_no_hand_over(self):
        receipt = self._paid(5000, means="card")
        self.assertEqual(receipt.state, "confirmed")

    def test_higher_limit_of_a_person(self):
        self.field_officer.recovery_cash_limit = 100  # units: 5,000
        self.assertEqual(self._paid(4000).amount, 4000)
        with self._refused("below zero"):
            self.field_officer.recovery_cash_limit = -1

    def test_old_cash_must_go_first(self):
        receipt = self._paid(10)
        old = fields.Datetime.now() - timedelta(days=7)
        self.env.cr.execute(
            "UPDATE debt_recovery_receipt SET date = %s WHERE id = %s",
            (old, receipt.id),
        )
        receipt.invalidate_recordset()
        with self._refused("should have been handed over by"):
            self._submit(visit=self._visit(), key="2", outcome="visit_paid", amount=5)

    # CASH-UP

    def test_cashier_confirms_then_the_hand_is_empty(self):
        receipt = self._paid(400)
        receipt.with_user(self.field_officer).action_hand_over()
        cash_up = receipt.cash_up_id
        self.assertEqual((cash_up.amount_cash, receipt.state), (400, "handed"))
        hand = receipt._cash_in_hand(self.field_officer, self.company)
        self.assertEqual(hand.amount, 400)
        cash_up.with_user(self.cashier).action_confirm()
        self.assertEqual(
            (receipt.state, cash_up.cashier_id), ("confirmed", self.cashier)
        )
        hand = receipt._cash_in_hand(self.field_officer, self.company)
        self.assertEqual(hand.amount, 0)

    def test_difference_needs_a_reason_and_refusal_gives_it_back(self):
        receipt = self._paid(400)
        receipt.with_user(self.field_officer).action_hand_over()
        cash_up = receipt.cash_up_id.with_user(self.cashier)
        cash_up.amount_counted = 380
        with self._refused("380.* were counted where .*400"):
            cash_up.action_confirm()
        cash_up.action_refuse()
        self.assertEqual((receipt.state, cash_up.state), ("in_hand", "refused"))

    def test_nobody_confirms_own_money(self):
        self.field_officer.group_ids += self.env.ref(
            "debt_recovery_field.group_cashier"
        )
        receipt = self._paid(100)
        receipt.with_user(self.field_officer).action_hand_over()
        with self._refused("Nobody confirms the money they hand over"):
            receipt.cash_up_id.with_user(self.field_officer).action_confirm()

    def test_only_who_took_it_hands_over(self):
        receipt = self._paid(100)
        with self._refused("took this money"):
            receipt.with_user(self.officer).action_hand_over()

    # BOOKS

    def test_booked_payment_closes_the_item_once(self):
        receipt = self._confirmed(amount=400)
        payment = self._book(receipt)
        self.assertEqual((payment.amount, receipt.is_booked), (400, True))
        self.assertEqual(self.invoice.amount_residual, 600)
        self.assertEqual(self._figures(), (600, 0))
        self.assertEqual(receipt.booking, "Booked")
        with self._refused("already booked"):
            receipt.action_register_payment()
        with self._refused("cancel its payment first"):
            receipt._void("No")

    def test_cancelled_payment_shows_and_the_money_is_under_way_again(self):
        receipt = self._confirmed(amount=400)
        payment = self._book(receipt)
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(receipt.booking, "Payment cancelled")
        self.assertEqual(self._figures(), (600, 400))
        self._book(receipt)
        self.assertTrue(receipt.is_booked)

    def test_unconfirmed_money_is_not_booked(self):
        receipt = self._paid(100)
        with self._refused("has not confirmed the money"):
            receipt.action_register_payment()

    def test_without_open_items_it_is_a_payment_on_account(self):
        receipt = self._confirmed(amount=400)
        self._pay(self.invoice)
        action = receipt.action_register_payment()
        self.assertEqual(action["res_model"], "account.payment")
        payment = (
            self.env["account.payment"].with_context(**action["context"]).create({})
        )
        payment.action_post()
        self.assertTrue(receipt.is_booked)

    def test_unbanked_report(self):
        receipt = self._paid(100)
        action = self.env.ref(
            "debt_recovery_field.debt_recovery_receipt_action_unbanked"
        )
        domain = [("is_booked", "=", False), ("state", "!=", "void")]
        self.assertEqual(action.domain.replace("'", '"').count("is_booked"), 1)
        found = self.env["debt.recovery.receipt"].with_user(self.cashier).search(domain)
        self.assertIn(receipt, found)

    # PAPER

    def test_receipt_prints_and_is_mailed(self):
        receipt = self._paid(100, mail_receipt=True, person="Ms Payer")
        told = receipt.message_ids.notified_partner_ids
        self.assertEqual(told, self.debtor)
        report = self.env["ir.actions.report"].with_user(self.field_officer)
        html = report._render_qweb_html(
            "debt_recovery_field.report_receipt", receipt.ids
        )[0].decode()
        self.assertIn(receipt.name, html)
        self.assertIn("Ms Payer", html)

    def test_officer_of_another_case_sees_no_receipt(self):
        receipt = self._paid(100)
        model = receipt.browse()
        for user, seen in (
            (self.officer, True),
            (self.other_officer, False),
            (self.field_officer, True),
            (self.cashier, True),
            (self.auditor, True),
        ):
            found = model.with_user(user).search([("id", "=", receipt.id)])
            self.assertEqual(bool(found), seen, user.login)

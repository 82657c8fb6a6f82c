from datetime import date

from odoo import Command
from odoo.tests import tagged

from .agreement_common import AgreementCommon
from .approval_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestSettlement(AgreementCommon):
    """Less than the debt, waived only after the money is in (compliance P7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "sale"}
        )
        cls.invoice.button_draft()
        cls.invoice.invoice_line_ids.write(
            {"price_unit": 4000, "tax_ids": [Command.set(cls.tax.ids)]}
        )
        cls.invoice.action_post()
        cls.record._refresh_figures()
        cls.waived = cls.company_data["default_account_expense"]
        cls.company.recovery_waive_account_id = cls.waived

    def _settle(self, user=None, **vals):
        user = user or self.manager
        vals = {"percent": 70, "date_agreed": self._day(10), **vals}
        wizard = self._dialog(user, self._as(user).action_settlement(), **vals)
        wizard.action_confirm()
        return self.record.agreement_ids[:1].sudo()

    def _waive(self, settlement):
        accountant = self.env(su=False, user=self.env.ref("base.user_admin"))
        action = settlement.with_env(accountant).sudo().action_waive()
        return self.env["account.move"].browse(action["res_id"])

    def test_P7_paid_waived_and_undone(self):
        settlement = self._settle(self._final())
        self.assertEqual(settlement.state, "active")
        self.assertEqual(settlement.amount_total, 3360)
        with self._refused("only after the agreed money is in"):
            settlement.action_waive()
        self._pay(self.invoice, amount=3360, date=self._day(0))
        self.assertEqual(self._judge(settlement, 0), "kept")
        self.assertEqual(self._amount("amount_collectable"), 0, "the rest rests")
        move = self._waive(settlement)
        self.assertEqual(move.state, "draft")
        balances = {line.account_id: line.balance for line in move.line_ids}
        tax_account = self.invoice.line_ids.filtered("tax_line_id").account_id
        self.assertEqual(balances[self.waived], 1200)
        self.assertEqual(balances[tax_account], 240)
        move.action_post()
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(settlement.amount_paid, 3360)
        letter = settlement.action_ids
        self.assertEqual(letter.agreement_message, "settled")
        self.assertIn("settled", letter.subject)
        self.assertEqual(letter.attachment_ids.name, "Confirmation of Settlement.pdf")
        move._reverse_moves(cancel=True)
        self.assertEqual(self.invoice.amount_residual, 1440)

    def test_P7_waived_by_credit_note(self):
        self.company.recovery_waive_by = "credit"
        settlement = self._settle(self._final())
        self._pay(self.invoice, amount=3360, date=self._day(0))
        self.assertEqual(self._judge(settlement, 0), "kept")
        note = self._waive(settlement)
        self.assertEqual((note.move_type, note.state), ("out_refund", "draft"))
        self.assertEqual((note.amount_untaxed, note.amount_tax), (1200, 240))
        self.assertFalse(settlement.can_waive, "not twice")
        self.assertFalse(settlement.action_ids, "nothing is confirmed yet")
        note.action_post()
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(self._judge(settlement, 1), "kept")
        self.assertEqual(settlement.amount_paid, 3360, "we paid nothing")
        self.assertEqual(settlement.action_ids.agreement_message, "settled")
        note.button_draft()
        note.button_cancel()
        self.assertTrue(settlement.can_waive)

    def test_credit_note_to_the_cent(self):
        self.company.recovery_waive_by = "credit"
        self.invoice.button_draft()
        self.invoice.invoice_line_ids.write({"quantity": 7, "price_unit": 33.33})
        line = self.invoice.invoice_line_ids
        line.copy({"move_id": self.invoice.id, "price_unit": 0.07, "quantity": 1000})
        self.invoice.action_post()
        settlement = self._settle(self._final(), percent=67)
        self._pay(self.invoice, amount=settlement.amount_total, date=self._day(0))
        self._judge(settlement, 0)
        rest = self.invoice.amount_residual
        note = self._waive(settlement)
        self.assertAlmostEqual(note.amount_total, rest)
        self.assertAlmostEqual(note.amount_tax, rest / 6, delta=0.02)
        note.action_post()
        self.assertEqual(self.invoice.amount_residual, 0)

    def _entry(self, amount):
        """A claim that is no invoice: an opening balance."""
        receivable = self.company_data["default_account_receivable"]
        income = self.company_data["default_account_revenue"]
        entry = self.env["account.move"].create(
            {
                "date": self._day(-40),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.debtor.id,
                            "balance": balance,
                            "date_maturity": self._day(-30),
                        }
                    )
                    for account, balance in ((receivable, amount), (income, -amount))
                ],
            }
        )
        entry.action_post()
        self._receivable_line(entry).no_followup = False
        self.env.flush_all()
        return entry

    def test_invoice_entry_and_credit_note_in_one_settlement(self):
        """A credit note lowers what is owed and waived; each document is waived in its
        own way."""
        self.company.recovery_waive_by = "credit"
        entry = self._entry(1000)
        self.record._refresh_figures()
        settlement = self._settle(self._final())
        self.assertEqual(len(settlement.line_ids), 2)
        self.assertEqual(settlement.amount_total, 4060, "70 % of 5,800")
        credit = self._credit_note(self.debtor, 200)
        (self._receivable_line(self.invoice | credit)).reconcile()
        self._judge(settlement, 0)
        for move, amount in ((entry, 700), (self.invoice, 3360)):
            self._pay_item(self._receivable_line(move), amount)
        self.assertEqual(self._judge(settlement, 1), "kept")
        self.assertEqual(settlement.amount_paid, 4060)
        accountant = self.env(su=False, user=self.env.ref("base.user_admin"))
        settlement.with_env(accountant).sudo().action_waive()
        note, write_off = settlement.waiver_note_ids, settlement.waiver_move_id
        self.assertEqual((note.amount_total, write_off.amount_total), (1240, 300))
        self.assertFalse(settlement.action_ids, "nothing is confirmed yet")
        (note | write_off).action_post()
        items = self._receivable_line(self.invoice | entry)
        self.assertFalse(any(items.mapped("amount_residual")))
        self.assertFalse(settlement.can_waive)
        self.assertEqual(settlement.action_ids.agreement_message, "settled")

    def _pay_item(self, item, amount):
        payment = self._customer_payment(self.debtor, amount, self._day(0))
        (item | self._receivable_line(payment.move_id)).reconcile()

    # IN SEVERAL PAYMENTS

    def test_in_several_payments_to_the_end(self):
        settlement = self._settle(self._final(), number=3)
        rows = settlement.instalment_ids.sorted()
        self.assertEqual(rows.mapped("amount"), [1120] * 3)
        self.assertEqual(
            rows.mapped("date_due"),
            [date(2025, 3, 13), date(2025, 4, 14), date(2025, 5, 13)],
        )
        self.assertEqual(settlement.date_agreed, date(2025, 5, 13))
        self._pay(self.invoice, amount=1120, date=self._day(10))
        self.assertEqual(self._judge(settlement, 11), "active")
        self.assertEqual(self._amount("amount_agreed"), 3680, "all of the rest rests")
        self.assertFalse(settlement.can_waive)
        self._pay(self.invoice, amount=2240, date=self._day(20))
        self.assertEqual(self._judge(settlement, 20), "kept")
        self._waive(settlement).action_post()
        self.assertEqual(self.invoice.amount_residual, 0)

    def test_in_several_payments_the_discount_lapses(self):
        settlement = self._settle(self._final(), number=3)
        self._pay(self.invoice, amount=1120, date=self._day(10))
        second = (date(2025, 4, 14) - MONDAY).days
        self._judge(settlement, second + 15)
        self.assertTrue(settlement.date_breach)
        self.assertEqual(self._judge(settlement, second + 23), "broken")
        self.assertFalse(settlement.can_waive)
        self.assertEqual(settlement.line_ids.state, "broken", "3,680 are due again")
        self.assertEqual(self.invoice.amount_residual, 3680)
        self._pay(self.invoice, amount=2240, date=self._day(second + 25))
        self.assertEqual(self._judge(settlement, second + 26), "broken")

    # OFFERED, VALID UNTIL A DAY

    def _offer(self, **vals):
        return self._settle(self._final(), signature=True, **vals)

    def test_letter_of_offer(self):
        offer = self._offer()
        self.assertEqual((offer.state, offer.date_valid), ("to_sign", self._day(10)))
        letter = offer.action_ids
        self.assertEqual(letter.agreement_message, "offer")
        self.assertIn(letter.state, ("queued", "done"))
        self.assertEqual(letter.attachment_ids.name, "Settlement Offer.pdf")
        self.assertIn("1,440.00", letter.body)
        self.assertIn(offer.access_token, letter.body)

    def test_letter_of_offer_on_paper(self):
        self.debtor.email = False
        letter = self._offer().action_ids
        self.assertEqual((letter.channel, letter.state), ("letter", "queued"))
        self.assertNotIn("Read and sign online", letter.body)
        self.assertEqual(letter._enclosures().name, "Settlement Offer.pdf")

    def test_offer_lapses_after_its_day(self):
        offer = self._offer(date_valid=self._day(4))
        self.assertEqual(self._judge(offer, 4), "to_sign")
        self.assertEqual(self._judge(offer, 5), "cancelled")
        self.assertEqual(offer.cancelled_by, "unsigned")
        with self._refused("could be accepted until 03/07/2025"):
            self._sign(offer)

    def test_offer_is_accepted_by_signing(self):
        offer = self._offer()
        self._sign(offer, signer="Petra Payer")
        self.assertEqual((offer.state, offer.accepted_by), ("active", "Petra Payer"))

    def test_offer_is_accepted_by_paying(self):
        offer = self._offer()
        self._pay(self.invoice, amount=3360, date=self._day(2))
        self.assertEqual(self._judge(offer, 3), "kept")

    def test_offer_valid_beyond_its_payment_is_refused(self):
        for day in (self._day(-1), self._day(11)):
            with self._refused("valid until a day from today on"):
                self._offer(date_valid=day)
        with self._refused("at least one payment"):
            self._settle(number=0)

    def test_confirmed_only_after_the_waiver(self):
        settlement = self._settle(self._final())
        with self._refused("after the rest is waived"):
            self._as(self.officer, settlement).action_send_settled()

    def test_P7_part_of_the_money_lapses_the_discount(self):
        settlement = self._settle(self._final())
        self._pay(self.invoice, amount=3000, date=self._day(4))
        self.assertEqual(self._judge(settlement, 4), "active")
        self.assertEqual(self._judge(settlement, 11), "partly_kept")
        self.assertEqual(settlement.line_ids.state, "partly_kept")
        self.assertEqual(self.invoice.amount_residual, 1800)

    def test_the_officer_proposes_and_the_manager_decides(self):
        settlement = self._settle(self.officer, percent=90)
        self.assertEqual(settlement.state, "to_approve")
        approval = self.record.approval_ids
        self.assertEqual((approval.kind, approval.level), ("settlement", "manager"))
        self.assertIn("480.00", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(settlement.state, "active")

    def test_beyond_the_manager(self):
        self.company.recovery_final_approver_id = self.second
        settlement = self._settle(self.manager)
        self.assertEqual(settlement.state, "to_approve")
        self.assertEqual(self.record.approval_ids.level, "final")

    def test_refused_in_words(self):
        for percent in (-20, 0, 100, 130):
            vals = {"percent": percent}
            with self._refused("above zero and less than the debt"):
                self._settle(**vals)
        with self._refused("before today"):
            self._settle(date_agreed=self._day(-1))

    def _final(self):
        self.company.recovery_final_approver_id = self.manager
        return self.manager

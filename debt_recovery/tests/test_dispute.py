from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestDispute(DisputeCommon):
    """What is contested is not chased, follows the ledger, and is really owed."""

    # LIVE AMOUNTS

    def test_payment_takes_the_undisputed_part_first(self):
        self._open(400)
        self.assertEqual(self._figures(), (400, 600))
        self._pay(self.invoice, 700)
        self.assertEqual(self._figures(), (300, 0))

    def test_credit_note_settles_the_disputed_part_and_back(self):
        dispute = self._open(400)
        note = self._credit_note(self.debtor, 250)
        pair = self.item | self._receivable_line(note)
        pair.reconcile()
        self.assertEqual(self._figures(), (150, 600))
        self.assertEqual(dispute.line_ids.amount_live, 150)
        pair.remove_move_reconcile()
        self.assertEqual(self._figures(), (400, 600))

    def test_more_credit_than_disputed_is_never_negative(self):
        dispute = self._open(400)
        note = self._credit_note(self.debtor, 900)
        (self.item | self._receivable_line(note)).reconcile()
        self.assertEqual(self._figures(), (0, 100))
        dispute.line_ids.invalidate_recordset()
        self.assertEqual(dispute.line_ids.amount_live, 0)

    def test_credit_before_the_dispute_is_not_counted(self):
        note = self._credit_note(self.debtor, 250)
        (self.item | self._receivable_line(note)).reconcile()
        self._open(400)
        self.assertEqual(self._figures(), (400, 350))

    def test_foreign_currency_goes_by_the_document(self):
        euro = self._setup_currency("EUR", rate=2.0)
        foreign = self._overdue_invoice(self.debtor, 800, 10, currency=euro)
        self.item = self._receivable_line(foreign)
        dispute = self._open(200)
        self.assertEqual(self._figures(foreign), (100, 300))
        self.assertEqual(dispute.amount, 100)

    # BAD INPUT

    def test_above_the_residual(self):
        with self._refused("only .*1,000.00 is open, so .*1,001.00", ValidationError):
            self._open(1001)

    def test_already_disputed(self):
        self._open(700)
        with self._refused("disputed already: no more than .*300.00", ValidationError):
            self._open(400)
        self._open(300)
        self.assertEqual(self._figures(), (1000, 0))

    def test_paid_draft_and_other_customer(self):
        draft = self._overdue_invoice(self.debtor, 10, 5, post=False)
        paid = self._overdue_invoice(self.debtor, 10, 5)
        self._pay(paid)
        stranger = self._overdue_invoice(self._debtor("Stranger"), 10, 5)
        for move, sentence in (
            (draft, "is not posted"),
            (paid, "Nothing is open"),
            (stranger, "another customer"),
        ):
            self.item = self._receivable_line(move)
            with self._refused(sentence, ValidationError):
                self._open(5)

    def test_enquiries_have_no_amount(self):
        with self._refused("has no amount", ValidationError):
            self._open(400, kind="enquiry")

    def test_a_dispute_is_never_deleted(self):
        dispute = self._open()
        with self._refused("withdraw it instead"):
            dispute.with_user(self.manager).unlink()

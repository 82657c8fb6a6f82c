from .field_common import FieldCommon


class TestDemo(FieldCommon):
    """The demo story: a day in the field."""

    def test_every_screen_of_field_work_has_something(self):
        self.env["debt.recovery.demo"]._work_in_field(
            self.company, self.case, "Savings Bank", "+1 503 555 0148"
        )
        domain = [("case_id", "=", self.case.id)]
        visits = self.env["debt.recovery.visit"].search(domain)
        self.assertIn(self.today, (visits - self.visit).mapped("date"))
        receipts = self.env["debt.recovery.receipt"].search(domain)
        self.assertEqual(receipts.mapped("state"), ["in_hand", "handed"])
        self.assertEqual(receipts.cash_up_id.mapped("state"), ["handed"])
        self.assertFalse(any(receipts.mapped("is_booked")))
        cheque = self.env["debt.recovery.instrument"].search(domain)
        self.assertTrue(cheque.bank_today)
        self.assertTrue(self.env["debt.recovery.data.proposal"].search(domain))

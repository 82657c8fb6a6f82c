from .field_common import FieldCommon


class TestDemo(FieldCommon):
    """The demo story: a day in the field."""

    def test_every_screen_of_field_work_has_something(self):
        self.env["debt.recovery.demo"]._work_in_field(self.company, self.case)
        domain = [("case_id", "=", self.case.id)]
        visits = self.env["debt.recovery.visit"].search(domain)
        self.assertIn(self.today, (visits - self.visit).mapped("date"))
        receipt = self.env["debt.recovery.receipt"].search(domain)
        self.assertEqual((receipt.state, receipt.is_booked), ("in_hand", False))
        cheque = self.env["debt.recovery.instrument"].search(domain)
        self.assertTrue(cheque.bank_today)
        self.assertTrue(self.env["debt.recovery.data.proposal"].search(domain))

from .run_common import RecoveryRunCommon


class TestTodayFind(RecoveryRunCommon):
    """One field finds a debtor by whatever is at hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor.write(
            {"city": "Testville", "vat": False, "phone": "+32 (0)2 555.01.23"}
        )
        cls.invoice = cls._overdue_invoice(
            cls.debtor, 5000, 45, ref="PO-7788", invoice_origin="S0099"
        )
        cls.case = cls._case(user_id=cls.officer.id).with_user(cls.officer)
        cls.env.flush_all()

    def test_finds_by_whatever_the_caller_says(self):
        self.env["res.partner.bank"].create(
            {"acc_number": "BE71 0961 2345 6769", "partner_id": self.debtor.id}
        )
        self.debtor.vat = "BE0477472701"
        contact = self._contact(self.debtor, "Ann Clark", phone="0475/12.34.56")
        self.env.flush_all()
        for text in (
            self.invoice.name,
            "po-7788",
            "S0099",
            "02 555 01 23",
            "0032 2 555 01 23",
            "+3225550123",
            "0475 123456",
            "+32 475 12 34 56",
            "BE 0477.472.701",
            "BE71 0961 2345",
            "ap@debtor.example",
            "ebtor lt",
            "Ann Clark",
            self.case.name,
            contact.email,
        ):
            with self.subTest(text):
                self.assertIn(self.case, self.case.search([("find", "ilike", text)]))
        for text in ("NOPE/2025", "02 555 01 24", "99887766", "%"):
            with self.subTest(text):
                self.assertFalse(self.case.search([("find", "ilike", text)]))

    def test_a_number_of_two_debtors_finds_both(self):
        phone = self.debtor.phone = "+32 2 777 66 55"
        other = self._debtor("Same House", phone="02/777.66.55")
        self._overdue_invoice(other, 500, 20)
        both = self.case | self._case(other, user_id=self.officer.id)
        self.env.flush_all()
        self.assertEqual(self.case.search([("find", "ilike", phone)]) & both, both)

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportSales(InsightCommon):
    """People without any right on recovery read about their own customers only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].with_context(no_reset_password=True)
        cls.seller, cls.other_seller = (
            users.create(
                {
                    "name": name,
                    "login": name,
                    "group_ids": [(6, 0, cls.env.ref("base.group_user").ids)],
                    "company_ids": [(6, 0, cls.company.ids)],
                    "company_id": cls.company.id,
                }
            )
            for name in ("dr_seller", "dr_other_seller")
        )
        cls.other = cls._debtor("Theirs")
        (cls.debtor | cls.other).user_id = False
        cls.debtor.user_id = cls.seller
        cls._overdue_invoice(cls.debtor, 300, 20, invoice_user_id=cls.other_seller.id)
        cls._overdue_invoice(cls.debtor, 200, 5)
        cls._overdue_invoice(cls.other, 50, 9, invoice_user_id=cls.other_seller.id)
        cls.record = cls._case(user_id=cls.officer.id)
        cls.report = cls.env.ref("debt_recovery_insight.report_week_sales")

    def _sections(self, user, **question):
        answer = self.report._answer_for(user, self.company, **question)
        return answer["sections"]

    def _overdue(self, user, **question):
        rows = self._sections(user, **question)[0]["rows"]
        return [(row["customer"], row["overdue"], row["days"]) for row in rows]

    def test_own_customers(self):
        """The customer's salesperson comes before that of an invoice."""
        mine = [(self.debtor.display_name, 500, 20)]
        self.assertEqual(self._overdue(self.seller), mine)
        self.assertEqual(self._overdue(self.other_seller), [("Theirs", 50, 9)])

    def test_nobody_asks_for_another(self):
        asked = {"user_ids": self.other_seller.ids}
        mine = self._overdue(self.seller)
        self.assertEqual(self._overdue(self.seller, filters=asked), mine)
        theirs = {"partner_ids": self.other.ids}
        self.assertFalse(self._overdue(self.seller, filters=theirs))
        self.assertEqual(len(self._overdue(self.manager)), 2, "for all")
        self.assertEqual(len(self._overdue(self.manager, filters=asked)), 1)

    def test_another_company_is_not_told(self):
        other = self._setup_company_2()
        self.seller.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self._refused("does not work for", AccessError):
            self._overdue(self.seller)

    def test_orders_that_stop_without_the_reason(self):
        self._hold("insolvency", self.record, reason="Secret of the administrator")
        self._hold("goodwill", self.record, reason="Friendly")
        sections = self._sections(self.seller)
        self.assertEqual(
            [(row["customer"], row["what"]) for row in sections[2]["rows"]],
            [(self.debtor.display_name, "New orders stop")],
        )
        self.assertNotIn("Secret", str(sections))
        self.assertFalse(self._sections(self.other_seller)[2]["rows"])

    def test_questions_to_them(self):
        self.env["debt.recovery.question"].create(
            {
                "case_id": self.record.id,
                "user_id": self.seller.id,
                "question": "What was agreed?",
                "date_deadline": self._day(3),
            }
        )
        rows = self._sections(self.seller)[1]["rows"]
        self.assertEqual([row["question"] for row in rows], ["What was agreed?"])
        self.assertFalse(self._sections(self.other_seller)[1]["rows"])

    def test_mail_to_each_salesperson(self):
        """Also to whom only invoices name, and with the own rows to who sees all."""
        self.other.user_id = self.manager
        self._overdue_invoice(
            self._debtor("Third"), 70, 9, invoice_user_id=self.other_seller.id
        )
        for partner in self.env["res.partner"].search(
            [("name", "in", ("Theirs", "Third"))]
        ):
            self._case(partner)
        row = self.env["debt.recovery.subscription"].create(
            {
                "report_id": self.report.id,
                "company_id": self.company.id,
                "audience": "salespeople",
            }
        )
        people = row._find_people()
        self.assertLessEqual(self.seller | self.other_seller | self.manager, people)
        self.manager.email = "manager@example.com"
        body = row._prepare_mail(self.manager)["body_html"]
        self.assertIn("Theirs", body)
        self.assertNotIn(self.debtor.display_name, body)

    def test_without_recovery_there_is_no_way_in(self):
        """The content is produced for them; they get at nothing by themselves."""
        self.assertFalse(self.report.with_user(self.seller).has_access("read"))

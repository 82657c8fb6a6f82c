from odoo.exceptions import AccessError
from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAgreementScreen(AgreementCommon):
    """What is agreed shows where people look: customer, invoice, Today, analysis."""

    def test_on_customer_and_invoice(self):
        customer = self._as(self.officer, self.debtor)
        invoice = self._as(self.officer, self.invoice)
        self.assertFalse(customer.recovery_agreement_text)
        self.assertFalse(invoice.recovery_agreement_text)
        promise = self._promise()
        self.env.invalidate_all()
        self.assertEqual(customer.recovery_agreement_count, 1)
        for record in (customer, invoice):
            self.assertIn(
                "Promise to pay on 03/10/2025", record.recovery_agreement_text
            )
            self.assertIn("5,800.00 on 03/10/2025", record.recovery_agreement_text)
        action = invoice.action_recovery_agreement()
        self.assertEqual(action["res_id"], promise.id)
        promise._cancel("us")
        self.env.invalidate_all()
        self.assertFalse(customer.recovery_agreement_count)
        self.assertFalse(invoice.recovery_agreement_text)

    def test_read_by_whoever_does_not_work_on_the_case(self):
        promise = self._promise()
        self.record.user_id = self.manager
        self.env.flush_all()
        self.env.invalidate_all()
        mine = promise.with_user(self.officer)
        with self.assertRaises(AccessError):
            mine.case_id.read(["name"])
        self.assertIn("5,800.00", mine.text_schedule)
        self.assertEqual(mine.document_title, "Promise to Pay")

    def test_late_instalments_on_today(self):
        dialog = self._dialog(self.manager, self._as(self.manager).action_plan())
        dialog.action_activate()
        plan = self.record.agreement_ids.sudo()
        self._judge(plan, 10)
        cases = self._as(self.officer, days=10)
        facts = cases.action_today_facts([("user_id", "=", self.officer.id)])
        self.assertEqual(facts["counts"]["late_instalment"], 1)
        self._judge(plan, 5)
        facts = cases.action_today_facts([("user_id", "=", self.officer.id)])
        self.assertEqual(facts["counts"]["late_instalment"], 0)

    def test_value_kept_by_officer(self):
        promise = self._promise(amount=3000)
        self._pay(self.invoice, amount=3000, date=self._day(2))
        self._judge(promise, 2)
        groups = self.env["debt.recovery.agreement"]._read_group(
            [("case_id", "=", self.record.id)],
            ["user_id", "screen_state"],
            ["__count", "value_agreed:sum", "value_paid:sum"],
        )
        self.assertEqual(groups, [(self.officer, "kept", 1, 3000, 3000)])

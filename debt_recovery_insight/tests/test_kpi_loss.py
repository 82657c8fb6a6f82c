from odoo.tests import Form, tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiLoss(InsightCommon):
    """Write-offs are losses, not credits; money after them is shown apart. The addon
    that writes off may be absent: then there is nothing to test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "debt.recovery.write.off" not in cls.env:
            cls.skipTest(cls, "nothing is written off without that addon")
        income = cls.env["account.account"].create(
            {
                "name": "Recovered debts",
                "code": "499900",
                "account_type": "income_other",
            }
        )
        cls.company.write(
            {
                "recovery_loss_account_id": cls.company_data[
                    "default_account_expense"
                ].id,
                "recovery_recovered_account_id": income.id,
            }
        )
        cls.invoice = cls._overdue_invoice(cls.debtor, 600, 100)
        cls._overdue_invoice(cls.debtor, 400, 40, invoice_date=cls._day(-20))

    def _kpi(self, code, first=-29, last=0, filters=None, user=None):
        company = self.company.with_user(user) if user else self.company
        return company._recovery_kpi(code, self._day(first), self._day(last), filters)

    def _write_off(self):
        records = self.env["debt.recovery.write.off"].sudo()
        reason = self.env["debt.recovery.write.off.reason"].search([], limit=1)
        items = self._receivable_line(self.invoice)
        record = records.create(records._prepare_write_off(items, reason))
        record._book()
        return record

    def _receive(self, record, amount):
        self._customer_payment(self.debtor, amount, date=self._day(0))
        wizard = self.env["debt.recovery.write.off.receive"].with_user(self.manager)
        form = Form(wizard.with_context(default_write_off_id=record.id))
        form.save().action_confirm()
        return record.recovery_ids

    def test_written_off_is_lost_not_credited(self):
        self._write_off()
        parts = self._kpi("overdue_reduction")["parts"]
        found = (parts["cash"], parts["credit"], parts["write_off"], parts["other"])
        self.assertEqual(found, (0, 0, 600, 0))
        answer = self._kpi("bad_debt", user=self.manager)
        self.assertEqual((answer["value"], answer["parts"]["written_off"]), (150, 600))
        rows = self.env[answer["action"]["res_model"]].search(
            answer["action"]["domain"]
        )
        self.assertEqual(rows, self._receivable_line(self.invoice))

    def test_taken_back_was_never_lost(self):
        self._write_off().with_user(self.manager).action_reverse()
        self.assertEqual(self._kpi("bad_debt")["value"], 0)
        parts = self._kpi("overdue_reduction")["parts"]
        self.assertEqual((parts["write_off"], parts["other"]), (0, 0))

    def test_money_afterwards_stands_apart(self):
        """It recovers no open debt, and lowers the loss beside the figure."""
        before = self._kpi("collection_efficiency", last=1)["parts"]
        receipt = self._receive(self._write_off(), 200)
        after = self._kpi("collection_efficiency", last=1)["parts"]
        self.assertEqual(before["cash"], after["cash"])
        recovered, rate = self._kpi("recovered"), self._kpi("recovery_rate")
        self.assertEqual((recovered["value"], rate["value"]), (0, 0))
        self.assertEqual(recovered["parts"]["after_write_off"], 200)
        self.assertEqual(rate["parts"]["after_write_off"], 200)
        self.assertEqual(self._kpi("bad_debt")["parts"]["net"], 100)
        answer = self._kpi("recovered_after", user=self.manager)
        self.assertEqual(answer["value"], 200)
        rows = self.env[answer["action"]["res_model"]].search(
            answer["action"]["domain"]
        )
        self.assertEqual(rows.move_id, receipt.move_id)
        receipt.with_user(self.manager).action_undo()
        self.assertEqual(self._kpi("recovered_after")["value"], 0)

    def test_only_of_the_customers_asked_for(self):
        self._receive(self._write_off(), 200)
        others = {"partner_ids": self._debtor("Other").ids}
        self.assertEqual(self._kpi("recovered_after", filters=others)["value"], 0)

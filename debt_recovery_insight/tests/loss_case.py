from odoo.tests import Form

from .insight_common import InsightCommon


class LossCase(InsightCommon):
    """A company that writes off. The addon that does it may be absent: then there is
    nothing to test."""

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
        expense = cls.company_data["default_account_expense"]
        cls.company.write(
            {
                "recovery_loss_account_id": expense.id,
                "recovery_recovered_account_id": income.id,
            }
        )
        cls.invoice = cls._overdue_invoice(cls.debtor, 600, 100)
        cls.young = cls._overdue_invoice(
            cls.debtor, 400, 40, invoice_date=cls._day(-20)
        )

    def _draft(self, user, move):
        records = self.env["debt.recovery.write.off"].with_user(user)
        reason = self.env["debt.recovery.write.off.reason"].search([], limit=1)
        items = self._receivable_line(move).with_env(records.env)
        return records.create(records._prepare_write_off(items, reason))

    def _write_off(self, move=None):
        record = self._draft(self.manager, move or self.invoice).sudo()
        record._book()
        return record

    def _receive(self, record, amount):
        self._customer_payment(self.debtor, amount, date=self._day(0))
        wizard = self.env["debt.recovery.write.off.receive"].with_user(self.manager)
        form = Form(wizard.with_context(default_write_off_id=record.id))
        form.save().action_confirm()
        return record.recovery_ids

from odoo.tests import Form, new_test_user

from .run_common import RecoveryRunCommon


class DisputeCommon(RecoveryRunCommon):
    """One debtor with two overdue invoices, a salesperson and an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = new_test_user(cls.env, "dr_sales", "base.group_user")
        cls.boss = new_test_user(cls.env, "dr_boss", "base.group_user")
        cls.accountant = new_test_user(
            cls.env, "dr_accountant", "account.group_account_invoice"
        )
        cls.company.recovery_ar_user_id = cls.accountant
        cls.invoice = cls._overdue_invoice(
            cls.debtor, 1000, 10, invoice_user_id=cls.sales.id
        )
        cls.other = cls._overdue_invoice(cls.debtor, 500, 30)
        cls.item = cls._receivable_line(cls.invoice)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.price = cls.env.ref("debt_recovery.dispute_category_price")

    def _open(self, amount=400, user=None, **vals):
        case = self.case.with_user(user or self.officer)
        vals.setdefault("category", self.price)
        return case._open_dispute(items=[(self.item, amount)], **vals)

    def _figures(self, invoice=None):
        """(disputed, collectable) of the invoice, live."""
        self.env.flush_all()
        rows = self.env["debt.recovery.receivable"]
        rows.invalidate_model()
        row = rows.search([("move_id", "=", (invoice or self.invoice).id)])
        return row.amount_disputed, row.amount_collectable

    def _resolve(self, dispute, decision, amount=None, **vals):
        wizard = dispute.env["debt.recovery.dispute.resolve"]
        form = Form(wizard.with_context(default_dispute_id=dispute.id))
        form.decision = decision
        for name, value in vals.items():
            form[name] = value
        if amount is not None:
            with form.line_ids.edit(0) as line:
                line.amount = amount
        return form.save().action_confirm()

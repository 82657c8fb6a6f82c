"""A case of 1,000 overdue, a field officer, a cashier, field work switched on."""

from datetime import date, timedelta

from odoo.tests import new_test_user, tagged

from odoo.addons.debt_recovery.tests.common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


@tagged("post_install", "-at_install", "debt_recovery")
class FieldCommon(DebtRecoveryCommon):
    """Works on the company's own day; the people are real users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_field = True
        cls.company.recovery_money_unit = 50
        cls.cashier = new_test_user(
            cls.env,
            login="dr_cashier",
            groups="debt_recovery_field.group_cashier",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.debtor.write({"zip": "20000", "phone": "+32 2 123"})
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 30)
        cls.case = cls._case(user_id=cls.officer.id, strategy_id=cls.strategy.id)
        cls.visit = cls._visit()
        cls.env.flush_all()

    @classmethod
    def _visit(cls, case=None, **vals):
        visits = cls.env["debt.recovery.visit"]
        start = visits._local_start(cls.company, cls.today, 23.9)
        return visits.create(
            {
                "case_id": (case or cls.case).id,
                "user_id": cls.field_officer.id,
                "start": start,
                **vals,
            }
        )

    def _submit(self, key="key-1", visit=None, user=None, **data):
        """What the phone sends."""
        visit = (visit or self.visit).with_user(user or self.field_officer)
        return visit.action_submit(key, {"outcome": "visit_nobody", **data})

    def _paid(self, amount=400, means="cash", **data):
        result = self._submit(
            key=f"key-{amount}-{means}",
            **{"outcome": "visit_paid", "amount": amount, "means": means, **data},
        )
        return self.env["debt.recovery.receipt"].browse(result["receipt_id"])

    def _figures(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.case.invalidate_recordset()
        self.case._refresh_figures()
        return self.case.amount_collectable, self.case.amount_in_payment

    def _later(self, days):
        return self.today + timedelta(days=days)

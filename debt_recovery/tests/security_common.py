from odoo import Command
from odoo.tests import new_test_user

from .common import DebtRecoveryCommon

#: What people had before the application was installed.
STANDARD_GROUPS = [
    "account.group_account_invoice",
    "account.group_account_readonly",
    "account.group_account_user",
    "account.group_account_manager",
]


class SecurityCommon(DebtRecoveryCommon):
    """Three cases, documents of every kind, and users made on the spot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor_2 = cls._debtor("Second Ltd", email="ap2@debtor.example.com")
        cls.debtor_3 = cls._debtor("Third Ltd", email="ap3@debtor.example.com")
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.bill = cls._overdue_invoice(
            cls.debtor, 300, 5, move_type="in_invoice", ref="BILL/1"
        )
        cls.entry = cls._entry(
            cls.company_data["default_account_expense"],
            cls.company_data["default_account_assets"],
        )
        cls.payment = cls._customer_payment(cls.debtor, 40)
        cls.paid_out = cls.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": cls.debtor.id,
                "amount": 10,
            }
        )
        cls.paid_out.action_post()
        cls._overdue_invoice(cls.debtor_2, 500, 20)
        cls._overdue_invoice(cls.debtor_3, 500, 20)
        cls.own = cls._case(cls.debtor, user_id=cls.officer.id)
        cls.others = cls._case(cls.debtor_2, user_id=cls.other_officer.id)
        cls.unassigned = cls._case(cls.debtor_3, user_id=False)
        cls.cases = cls.own | cls.others | cls.unassigned
        cls.env.flush_all()

    @classmethod
    def _entry(cls, debit, credit):
        """Something no officer should see: a payroll entry, say."""
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": cls.today,
                "journal_id": cls.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create({"account_id": debit.id, "debit": 10, "credit": 0}),
                    Command.create({"account_id": credit.id, "debit": 0, "credit": 10}),
                ],
            }
        )
        move.action_post()
        return move

    def _user(self, *groups, **kw):
        number = self.env["res.users"].search_count([])
        return new_test_user(
            self.env,
            login=f"dr_std_{number}",
            groups=",".join(groups),
            company_id=self.company.id,
            **kw,
        )

    def _own_models(self):
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("debt.recovery.")
            and not model._abstract
            and not model._transient
        ]

    def _visible(self, user, records):
        return records.with_user(user).search([("id", "in", records.ids)])

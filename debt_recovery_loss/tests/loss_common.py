from odoo import Command

from odoo.addons.debt_recovery.tests.approval_common import ApprovalCommon


class LossCommon(ApprovalCommon):
    """A company in the United Kingdom that may claim tax back; an invoice of 1,200
    with 200 tax that is 200 days late (compliance 8.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.company_data
        accounts = cls.env["account.account"]
        cls.expense = data["default_account_expense"]
        cls.income = accounts.create(
            {
                "name": "Recovered debts",
                "code": "499900",
                "account_type": "income_other",
            }
        )
        cls.waiting_tax = accounts.create(
            {
                "name": "Tax to claim",
                "code": "149900",
                "account_type": "asset_current",
            }
        )
        cls.tax = cls.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "sale"}
        )
        cls.company.write(
            {
                "recovery_loss_account_id": cls.expense.id,
                "recovery_recovered_account_id": cls.income.id,
                "recovery_relief_account_id": cls.waiting_tax.id,
                "recovery_relief_rule_id": cls.env.ref(
                    "debt_recovery_loss.vat_relief_rule_gb"
                ).id,
            }
        )
        cls.reason = cls.env.ref("debt_recovery_loss.write_off_reason_insolvent")
        cls.lost = cls._taxed(1000, 200)
        cls.env.flush_all()

    @classmethod
    def _taxed(cls, net, days, partner=None, **kw):
        return cls._overdue_invoice(
            partner or cls.debtor,
            net,
            days,
            invoice_line_ids=[
                Command.create(
                    {
                        "name": "Goods",
                        "price_unit": net,
                        "tax_ids": [Command.set(cls.tax.ids)],
                    }
                )
            ],
            **kw,
        )

    def _draft(self, user=None, moves=None, days=0, **vals):
        """A draft as a person gets it from the dialog."""
        records = self._real(
            user or self.officer, self.env["debt.recovery.write.off"], days
        )
        items = self._receivable_line(moves or self.lost)
        vals = records._prepare_write_off(
            items.with_env(records.env), self.reason, **vals
        )
        return records.create(vals)

    def _booked(self, moves=None, days=0, **vals):
        """Asked for by the officer, approved by the final approver."""
        self.company.recovery_final_approver_id = self.manager
        record = self._draft(moves=moves, days=days, **vals)
        record.action_submit()
        approval = record.sudo()._waiting_approvals()
        if approval:
            self._real(self.manager, approval, days).action_approve()
        return record

    def _balances(self, move):
        return {line.account_id: line.balance for line in move.sudo().line_ids}

    def _real(self, user, record, days=0):
        """The record as that person, with that person's rights only."""
        seen = self._as(user, record, days)
        return seen.with_env(seen.env(su=False))

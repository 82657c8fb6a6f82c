from odoo import Command
from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSettlement(AgreementCommon):
    """Less than the debt, waived only after the money is in (compliance P7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "sale"}
        )
        cls.invoice.button_draft()
        cls.invoice.invoice_line_ids.write(
            {"price_unit": 4000, "tax_ids": [Command.set(cls.tax.ids)]}
        )
        cls.invoice.action_post()
        cls.record._refresh_figures()
        cls.waived = cls.company_data["default_account_expense"]
        cls.company.recovery_waive_account_id = cls.waived

    def _settle(self, user=None, **vals):
        user = user or self.manager
        vals = {"percent": 70, "date_agreed": self._day(10), **vals}
        wizard = self._dialog(user, self._as(user).action_settlement(), **vals)
        wizard.action_confirm()
        return self.record.agreement_ids[:1].sudo()

    def _waive(self, settlement):
        accountant = self.env(su=False, user=self.env.ref("base.user_admin"))
        action = settlement.with_env(accountant).sudo().action_waive()
        return self.env["account.move"].browse(action["res_id"])

    def test_P7_paid_waived_and_undone(self):
        settlement = self._settle(self._final())
        self.assertEqual(settlement.state, "active")
        self.assertEqual(settlement.amount_total, 3360)
        with self._refused("only after the agreed money is in"):
            settlement.action_waive()
        self._pay(self.invoice, amount=3360, date=self._day(0))
        self.assertEqual(self._judge(settlement, 0), "kept")
        self.assertEqual(self._amount("amount_collectable"), 0, "the rest rests")
        move = self._waive(settlement)
        self.assertEqual(move.state, "draft")
        balances = {line.account_id: line.balance for line in move.line_ids}
        tax_account = self.invoice.line_ids.filtered("tax_line_id").account_id
        self.assertEqual(balances[self.waived], 1200)
        self.assertEqual(balances[tax_account], 240)
        move.action_post()
        self.assertEqual(self.invoice.amount_residual, 0)
        self.assertEqual(settlement.amount_paid, 3360)
        move._reverse_moves(cancel=True)
        self.assertEqual(self.invoice.amount_residual, 1440)

    def test_P7_part_of_the_money_lapses_the_discount(self):
        settlement = self._settle(self._final())
        self._pay(self.invoice, amount=3000, date=self._day(4))
        self.assertEqual(self._judge(settlement, 4), "active")
        self.assertEqual(self._judge(settlement, 11), "partly_kept")
        self.assertEqual(settlement.line_ids.state, "partly_kept")
        self.assertEqual(self.invoice.amount_residual, 1800)

    def test_the_officer_proposes_and_the_manager_decides(self):
        settlement = self._settle(self.officer, percent=90)
        self.assertEqual(settlement.state, "to_approve")
        approval = self.record.approval_ids
        self.assertEqual((approval.kind, approval.level), ("settlement", "manager"))
        self.assertIn("480.00", approval.effect)
        self._as(self.manager, approval).action_approve()
        self.assertEqual(settlement.state, "active")

    def test_beyond_the_manager(self):
        self.company.recovery_final_approver_id = self.second
        settlement = self._settle(self.manager)
        self.assertEqual(settlement.state, "to_approve")
        self.assertEqual(self.record.approval_ids.level, "final")

    def test_refused_in_words(self):
        for vals in ({"percent": 0}, {"percent": 100}, {"percent": 130}):
            with self._refused("above zero and less than the debt"):
                self._settle(**vals)
        with self._refused("before today"):
            self._settle(date_agreed=self._day(-1))

    def _final(self):
        self.company.recovery_final_approver_id = self.manager
        return self.manager

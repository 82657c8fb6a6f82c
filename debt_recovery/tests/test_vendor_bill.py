from odoo.exceptions import AccessError
from odoo.fields import Command

from .placement_common import PlacementCommon


class TestCommissionBill(PlacementCommon):
    """What an agency keeps or asks for becomes a draft bill once its statement
    agrees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._recovery_user("manager", login="dr_billing")
        cls.clerk.group_ids = [
            Command.link(cls.env.ref("account.group_account_invoice").id)
        ]
        cls.company.recovery_ar_user_id = cls.other_manager

    def _statement(self, user=None, amount=1000, **vals):
        placement = self._placed()
        self._receipt(placement, amount)
        statements = self._as(
            user or self.clerk, self.env["debt.recovery.placement.statement"]
        )
        statement = statements.create(
            {
                "name": "S-7",
                "contract_id": self.contract.id,
                "date_from": self.today,
                "date_to": self._later_day(27),
                **vals,
            }
        )
        statement.action_take_over()
        return statement

    def _later_day(self, days):
        return self.today.replace(day=self.today.day + days)

    def test_draft_with_a_line_for_each_claim(self):
        account = self.company_data["default_account_expense"]
        self.contract.bill_account_id = account
        statement = self._statement()
        statement.action_bill()
        bill = statement.bill_id
        self.assertEqual((bill.state, bill.move_type), ("draft", "in_invoice"))
        self.assertEqual((bill.partner_id, bill.ref), (self.agency, "S-7"))
        line = bill.invoice_line_ids
        self.assertEqual((line.price_unit, line.account_id), (200, account))
        self.assertIn(statement.line_ids.placement_id.name, line.name)
        self.assertIn("set it off", bill.narration)
        again = statement.action_bill()
        self.assertEqual(again["res_id"], bill.id, "it is billed once")

    def test_product_brings_its_account(self):
        product = self.product_a
        self.contract.bill_product_id = product
        statement = self._statement()
        statement.action_bill()
        line = statement.bill_id.invoice_line_ids
        self.assertEqual((line.product_id, line.price_unit), (product, 200))
        self.assertEqual(
            line.account_id, product.product_tmpl_id.get_product_accounts()["expense"]
        )

    def test_cancelled_or_deleted_bill_can_be_drafted_again(self):
        statement = self._statement()
        statement.action_bill()
        first = statement.bill_id
        first.button_cancel()
        statement.invalidate_recordset()
        self.assertFalse(statement.bill_name)
        statement.action_bill()
        self.assertNotEqual(statement.bill_id, first)

    def test_statement_that_differs_is_not_billed(self):
        statement = self._statement()
        statement.line_ids.commission = 250
        with self._refused("settle the differences first"):
            statement.action_bill()
        statement.line_ids.unlink()
        with self._refused("differs from our books"):
            statement.action_bill()

    def test_same_days_are_not_billed_twice(self):
        statement = self._statement()
        statement.action_bill()
        twin = statement.copy({"name": "S-8"})
        twin.action_take_over()
        with self._refused("billed with statement S-7"):
            twin.action_bill()

    def test_who_may_not_enter_bills_asks(self):
        statement = self._statement(self.manager)
        action = statement.action_bill()
        self.assertIn("was asked", action["params"]["message"])
        statement.action_bill()
        task = self.agency.activity_ids
        self.assertEqual((len(task), task.user_id), (1, self.other_manager))
        self.assertIn("200.00", task.note)
        self.assertFalse(statement.sudo().bill_id)

    def test_auditor_bills_nothing(self):
        statement = self._statement()
        with self.assertRaises(AccessError):
            self._as(self.auditor, statement).action_bill()


class TestCostBill(PlacementCommon):
    """A legal cost is billed the same way; the posted bill is the cost."""

    def _cost(self, user, **vals):
        legal = self._legal()
        return self._as(user, legal.cost_ids).create(
            {
                "legal_case_id": legal.id,
                "name": "Lawyer",
                "kind": "counsel",
                "estimate": 300,
                **vals,
            }
        )

    def test_estimate_becomes_a_draft_and_counts_when_posted(self):
        clerk = self._recovery_user("manager", login="dr_billing")
        clerk.group_ids = [
            Command.link(self.env.ref("account.group_account_invoice").id)
        ]
        cost = self._cost(clerk, partner_id=self.counsel.id)
        cost.action_bill()
        bill = cost.bill_id
        self.assertEqual((bill.state, bill.amount_untaxed), ("draft", 300))
        self.assertEqual(cost.amount, 0)
        bill.ref = "R-1"
        bill.action_post()
        self.env.cr.flush()
        self.assertEqual(cost.amount, 300)
        bill.button_draft()
        self.env.cr.flush()
        self.assertEqual(cost.amount, 0)

    def test_legal_liaison_asks_and_needs_a_payee(self):
        self.company.recovery_ar_user_id = self.other_manager
        cost = self._cost(self.legal)
        with self._refused("who is to be paid"):
            cost.action_bill()
        cost.partner_id = self.counsel
        cost.action_bill()
        self.assertEqual(self.counsel.activity_ids.user_id, self.other_manager)
        cost.write({"estimate": 0, "amount": 0})
        with self._refused("nothing to pay"):
            cost.action_bill()

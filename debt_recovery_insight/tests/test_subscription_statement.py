from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_subscription import HOUR, SubscriptionCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSubscriptionStatement(SubscriptionCommon):
    """Statements that leave by themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.statement = cls.env.ref("debt_recovery_insight.report_kind_statement")

    def _statements(self, audience="customers", **vals):
        with freeze_time(self.monday):
            row = self._row(
                report_id=self.statement.id,
                audience=audience,
                user_ids=self.manager.ids,
                **vals,
            )
        self._send_at(self.monday + 7 * HOUR)
        return row

    def _planned(self):
        return self.env["debt.recovery.action"].search(
            [
                ("company_id", "=", self.company.id),
                ("statement_options", "!=", False),
            ]
        )

    def test_customers_of_choice(self):
        self._statements(partner_ids=self.debtor.ids)
        action = self._planned()
        self.assertEqual(action.partner_id, self.debtor)
        self.assertTrue(action.claims_nothing)

    def test_everybody_who_owes_something(self):
        paid = self._debtor("Paid Ltd")
        self._pay(self._overdue_invoice(paid, 100, 20), date=self._day(-5))
        waits = self._debtor("Not Due Ltd")
        self._overdue_invoice(waits, 300, -20)
        credit = self._debtor("Credit Ltd")
        self._credit_note(credit, 50, 3)
        row = self._statements("debtors")
        found = self._planned().partner_id
        self.assertLessEqual(self.debtor | self.other | waits, found)
        self.assertFalse(found & (paid | credit))
        self.assertFalse(row.problem)

    def test_who_may_not_be_written_to_is_left_out_and_named(self):
        self.other.email = False
        lawyer = self._case(self.debtor)
        self._hold("cease", lawyer, date_from=self._day(-1))
        row = self._statements("debtors")
        self.assertFalse(self._planned().partner_id & (self.debtor | self.other))
        told = "".join(row.message_ids.mapped("body"))
        self.assertIn("Other Ltd: Nobody can be reached", told)
        self.assertIn("Debtor Ltd: Refused", told)

    def test_more_than_the_person_may_send_alone_waits(self):
        name = "debt_recovery.approval_limit_bulk_message"
        manager = self.env.ref(f"{name}_manager")
        manager.copy({"role": "final"})
        for limit in manager | self.env.ref(f"{name}_officer"):
            limit.write({"rule": "limited", "count": 1})
        final = self.env.ref("base.user_admin")
        self.company.recovery_final_approver_id = final
        self.company.recovery_escalate_user_id = self.manager
        row = self._statements("debtors")
        self.assertFalse(self._planned())
        self.assertIn("wait among the approvals", row.problem)
        bulk = self.env["debt.recovery.bulk.message"].search([], limit=1)
        self.assertLessEqual(self.debtor | self.other, bulk.case_ids.partner_id)

    def test_nothing_else_for_customers(self):
        for audience in ("customers", "debtors"):
            with self._refused("their statement and nothing else", ValidationError):
                self._row(audience=audience, partner_ids=self.debtor.ids)
        with self._refused("at least one customer", ValidationError):
            self._row(report_id=self.statement.id, audience="customers")
        self._row(report_id=self.statement.id, audience="debtors")

from odoo.tests import tagged

from .loss_case import LossCase


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiLoss(LossCase):
    """Write-offs are losses, not credits; money after them is shown apart."""

    def _kpi(self, code, first=-29, last=0, filters=None, user=None):
        company = self.company.with_user(user) if user else self.company
        return company._recovery_kpi(code, self._day(first), self._day(last), filters)

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
        self.assertEqual(rows.move_line_id, self._receivable_line(self.invoice))
        self.assertEqual(sum(rows.mapped("amount_given_up")), 600)

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

from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestWriteOffRefused(LossCommon):
    """One sentence says what is in the way; nothing is lost."""

    def _refuses(self, sentence, moves=None):
        record = self._draft(moves=moves)
        with self._refused(sentence):
            record.action_submit()
        self.assertEqual(record.state, "draft")
        self.assertRegex(record.problem, sentence)

    def test_disputed(self):
        dispute = self._as(self.officer)._open_dispute(
            items=[(self._receivable_line(self.lost), 100)], note="Broken"
        )
        self._refuses("decide the dispute first")
        dispute.sudo().action_withdraw()
        record = self._draft()
        self.assertFalse(record.problem)

    def test_agreed(self):
        self._dialog(
            self.officer,
            self._as(self.officer).action_promise(),
            date_agreed=MONDAY,
        ).action_confirm()
        self._refuses("end that first")

    def test_paid(self):
        record = self._draft()
        self._pay(self.lost, date=MONDAY)
        with self._refused("not open"):
            record.action_submit()

    def test_paid_while_it_waits(self):
        record = self._draft()
        record.action_submit()
        self._pay(self.lost, date=MONDAY)
        approval = record.sudo()._waiting_approvals()
        self._real(self.manager, approval).action_approve()
        self.assertEqual((approval.state, record.state), ("expired", "draft"))

    def test_customers_mixed(self):
        other = self._overdue_invoice(self._debtor("Other"), 100, 30)
        with self._refused("one customer at a time"):
            self._draft(moves=self.lost | other)

    def test_locked_period(self):
        self.company.fiscalyear_lock_date = MONDAY
        self._refuses("locked until")

    def test_no_account(self):
        self.company.recovery_loss_account_id = False
        self._refuses("account for bad debts")

    def test_two_at_once(self):
        self._draft().action_submit()
        self._refuses("waits for approval in")

    def test_not_submitted_twice(self):
        record = self._draft()
        record.action_submit()
        with self._refused("not a draft"):
            record.action_submit()

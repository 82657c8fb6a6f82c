from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestProvision(LossCommon):
    """Counted from the ledger, proposed from the past, a draft entry at the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "recovery_provision": True,
                "recovery_impairment_account_id": cls.expense.id,
                "recovery_allowance_account_id": cls.waiting_tax.id,
                "recovery_final_approver_id": cls.second.id,
            }
        )

    def _count(self, **vals):
        model = self._real(self.manager, self.env["debt.recovery.provision"])
        record = model.create({"date": MONDAY, "company_id": self.company.id, **vals})
        record.action_count()
        return record

    def _line(self, record, bucket):
        return record.line_ids.filtered(lambda line: line.bucket == bucket)

    def test_open_items_by_age(self):
        paid = self._overdue_invoice(self.debtor, 500, 20)
        self._pay(paid, amount=200, date=MONDAY)
        record = self._count()
        found = {line.bucket: line.exposure for line in record.line_ids}
        self.assertEqual(found, {"0": 0, "1": 300, "2": 5800, "3": 0, "4": 1200})
        self.assertEqual(record.amount_exposure, 7300)

    def test_own_history_proposes(self):
        """Two invoices of 1,000 and 3,000 two years ago: the small one never paid."""
        self._overdue_invoice(self._debtor("Never"), 1000, 745)
        paid = self._overdue_invoice(self._debtor("Later"), 3000, 745)
        self._pay(paid, date=MONDAY.replace(year=2024))
        rates = self._count()
        self.assertAlmostEqual(self._line(rates, "1").proposed_rate, 25, places=3)
        self.assertFalse(self._line(rates, "0").known)

    def test_entry_is_a_draft_after_the_final_yes(self):
        record = self._count()
        self._line(record, "4").rate = 50
        self.env["debt.recovery.provision.specific"].create(
            {
                "provision_id": record.id,
                "partner_id": self.debtor.id,
                "bucket": "2",
                "amount": 1000,
                "percent": 60,
                "reason": "Administrator named",
            }
        )
        for line in record.line_ids - self._line(record, "4"):
            line.rate = 0
        self.assertEqual(record.amount, 1200)
        record.action_propose()
        self.assertEqual((record.state, bool(record.move_id)), ("waiting", False))
        approval = record.sudo()._waiting_approvals()
        self._real(self.second, approval).action_approve()
        move = record.sudo().move_id
        self.assertEqual(move.state, "draft", "never posted by itself")
        self.assertEqual(self._balances(move)[self.expense], 1200)
        move.action_post()
        again = self._count(date=MONDAY)
        self.assertEqual(again.amount_books, 1200)

    def test_what_was_decided_stays_as_it_was_counted(self):
        record = self._count()
        self._line(record, "4").rate = 50
        record.action_propose()
        approval = record.sudo()._waiting_approvals()
        with self._refused("its figures stay"):
            self._line(record, "4").rate = 10
        self._real(self.second, approval).action_approve()
        self.assertEqual(record.state, "done")
        specific = {
            "provision_id": record.id,
            "partner_id": self.debtor.id,
            "bucket": "2",
            "amount": 10,
            "reason": "Later",
        }
        for change in (
            lambda: record.sudo().line_ids.write({"rate": 1}),
            lambda: record.line_ids[0].unlink(),
            lambda: record.env["debt.recovery.provision.specific"].create(specific),
            lambda: record.write({"factor": 2}),
            record.unlink,
        ):
            with self._refused("its figures stay"):
                change()

    def test_nobody_decides_by_writing_a_field(self):
        record = self._count()
        for vals in ({"state": "done"}, {"amount_books": 7300}):
            with self.assertRaisesRegex(UserError, "come from its buttons"):
                record.write(vals)

    def test_groups_and_switch(self):
        record = self._count()
        self.assertTrue(self._real(self.auditor, record).read(["amount"]))
        with self.assertRaises(AccessError):
            self._real(self.officer, record).read(["amount"])
        group = "debt_recovery_loss.group_provision"
        self.assertTrue(self.manager.has_group(group))
        self.env["res.company"].search([]).write({"recovery_provision": False})
        self.assertFalse(self.manager.has_group(group))

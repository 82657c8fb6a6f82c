from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.approval_common import MONDAY

from .loss_common import LossCommon

MONEY_TYPE = "debt_recovery_loss.mail_activity_type_money"


@tagged("post_install", "-at_install", "debt_recovery")
class TestWriteOffMoney(LossCommon):
    """Who was let off pays after all: the people who know are told, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_escalate_user_id = cls.manager

    def _tell(self):
        records = self.env["debt.recovery.write.off"].sudo()
        records.invalidate_model()
        self.env["debt.recovery.receivable"].invalidate_model()
        records._tell_money(self.company)

    def _tasks(self, record):
        return record.sudo().activity_search([MONEY_TYPE], only_automated=False)

    def _listed(self, user):
        records = self._real(user, self.env["debt.recovery.write.off"])
        return records.search([("money_came", "=", True)])

    def test_officer_and_manager_are_told_once(self):
        record = self._booked()
        self._tell()
        self.assertFalse(self._tasks(record))
        self._customer_payment(self.debtor, 360, MONDAY)
        self._tell()
        tasks = self._tasks(record)
        self.assertEqual(tasks.user_id, self.officer | self.manager)
        self.assertIn("360.00 after the write-off", tasks[0].summary)
        self.assertEqual(self._listed(self.officer).amount_came, 360)
        tasks.unlink()
        self._tell()
        self.assertFalse(self._tasks(record), "who has looked is left in peace")
        self._customer_payment(self.debtor, 40, MONDAY)
        self._tell()
        self.assertEqual(len(self._tasks(record)), 2, "new money, new task")

    def test_task_goes_with_the_money(self):
        record = self._booked()
        payment = self._customer_payment(self.debtor, 360, MONDAY)
        self._tell()
        payment.action_draft()
        self._tell()
        self.assertFalse(self._tasks(record))
        self.assertFalse(self._listed(self.manager))

    def test_booking_it_ends_the_task(self):
        record = self._booked()
        self._customer_payment(self.debtor, 360, MONDAY)
        self._tell()
        wizard = self._real(self.manager, self.env["debt.recovery.write.off.receive"])
        wizard.create({"write_off_id": record.id}).action_confirm()
        self.assertFalse(self._tasks(record))
        self._tell()
        self.assertFalse(self._tasks(record))

    def test_only_customers_with_money_are_looked_at_and_none_is_missed(self):
        """The short way finds what looking at every write-off finds."""
        records = self._booked()
        contact = self._contact(self.debtor, "Accounts")
        for number in range(3):
            other = self._debtor(f"Let off {number}")
            records |= self._booked(self._taxed(300, 200, other))
        euro = self._setup_currency("EUR", 2.0)
        self._customer_payment(contact, 20, MONDAY)
        self._customer_payment(other, 40, MONDAY, currency_id=euro.id)
        self._credit_note(records[1].partner_id, 100)
        rows = self.env["debt.recovery.write.off"].sudo()
        every = rows.search([("state", "=", "booked")])
        every = every.filtered(lambda row: row._is_lost())
        wanted = every._read_money()
        self.assertEqual(set(wanted), {records[0], records[3]})
        self.assertEqual(rows._find_money(self.company), wanted)
        payers = rows._find_payers(self.company)
        self.assertNotIn(records[2].partner_id.id, payers)

    def test_credit_note_is_no_money(self):
        record = self._booked()
        self._credit_note(self.debtor, 100)
        self._tell()
        self.assertFalse(self._tasks(record))
        self.assertFalse(self._listed(self.manager))

    def test_the_run_looks(self):
        phases = self.env["debt.recovery.run"].new({"kind": "real"})._run_phases()
        self.assertIn("written_off", phases)
        phases = self.env["debt.recovery.run"].new({"kind": "simulation"})._run_phases()
        self.assertNotIn("written_off", phases)

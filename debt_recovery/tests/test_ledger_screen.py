from odoo import Command
from odoo.tests import Form, new_test_user, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestLedgerScreen(DebtRecoveryCommon):
    """What invoices and customers show of their recovery, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chased = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.held = cls._overdue_invoice(cls.debtor, 500, 20)
        cls.fresh = cls._overdue_invoice(cls.debtor, 300, -5)
        cls.case = cls._case(user_id=cls.officer.id)
        cls._hold("internal", move_id=cls.held.id, case=cls.case, scope="invoice")
        cls.env.flush_all()

    def _search(self, *domain):
        moves = self.env["account.move"].with_user(self.officer)
        return moves.search([("partner_id", "=", self.debtor.id), *domain])

    def test_invoice_tells_its_status(self):
        moves = (self.chased | self.held | self.fresh).with_user(self.officer)
        self.assertEqual(moves.mapped("recovery_status"), ["recovery", "held", False])
        self.assertEqual(self.chased.recovery_case_id, self.case)

    def test_status_is_found_by_the_filters(self):
        self.assertEqual(self._search(("recovery_status", "=", "held")), self.held)
        self.assertEqual(
            self._search(("recovery_status", "in", ["recovery", "held"])),
            self.chased | self.held,
        )
        self.assertEqual(
            self._search(("recovery_case_id", "=", self.case.id)),
            self.chased | self.held | self.fresh,
        )

    def test_paid_invoice_is_not_in_recovery(self):
        self._pay(self.chased)
        self.assertFalse(self.chased.recovery_status)

    def test_dispute_and_promise_show_on_the_invoice(self):
        line = self._receivable_line(self.chased)
        dispute = self.env["debt.recovery.dispute"].create(
            {
                "case_id": self.case.id,
                "name": "Wrong price",
                "line_ids": [Command.create({"move_line_id": line.id})],
            }
        )
        self.chased.invalidate_recordset()
        self.assertEqual(self.chased.recovery_status, "disputed")
        dispute.action_withdraw()
        self.chased.invalidate_recordset()
        self.assertEqual(self.chased.recovery_status, "recovery")

    def test_history_of_an_invoice(self):
        step = self.strategy.step_ids[:1]
        action = self.env["debt.recovery.action"]._plan_from_decisions(
            [
                self.case._prepare_action_vals(
                    step,
                    step.channel_ids[:1],
                    line_ids=self._receivable_line(self.chased).ids,
                )
            ]
        )
        self.assertFalse(self.chased.recovery_step_id)
        action._set_done()
        self.chased.invalidate_recordset()
        self.assertEqual(self.chased.recovery_step_id, step)
        self.assertEqual(self.chased.recovery_action_count, 1)
        self.assertEqual(self._search(("recovery_step_id", "=", step.id)), self.chased)
        found = self.chased.action_recovery_history()
        self.assertEqual(self.env[found["res_model"]].search(found["domain"]), action)

    def test_customer_shows_what_may_be_chased(self):
        partner = self.debtor.with_user(self.officer)
        self.assertEqual(partner.recovery_collectable, 1000)
        self.assertEqual(partner.recovery_overdue, 1500)
        self.assertEqual(partner.recovery_case_id, self.case)
        contact = self._contact(self.debtor).with_user(self.officer)
        self.assertEqual(contact.recovery_collectable, 1000)
        self.assertEqual(partner.action_recovery_open()["res_id"], self.case.id)

    def test_customer_without_case_opens_its_items(self):
        partner = self._debtor("Fresh Ltd").with_user(self.officer)
        action = partner.action_recovery_open()
        self.assertEqual(action["res_model"], "debt.recovery.receivable")

    def test_others_see_nothing_of_it_and_no_error(self):
        user = new_test_user(
            self.env,
            login="dr_accountant",
            groups="account.group_account_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for record in (self.debtor, self.chased):
            record = record.with_user(user)
            form = Form(record)
            names = [name for name in form._view["fields"] if "recovery" in name]
            self.assertFalse(names, record)
            ours = [name for name in record.fields_get() if "recovery" in name]
            self.assertNotIn("recovery_case_ids", ours)
            record.read(ours)

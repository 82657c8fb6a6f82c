from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestCaseLifecycle(RecoveryRunCommon):
    """Cases open, close and come back from the ledger."""

    def _find_case(self, partner=None):
        return self.env["debt.recovery.case"].search(
            [("partner_id", "=", (partner or self.debtor).id)], order="id desc", limit=1
        )

    def test_opens_past_grace_and_minimum_only(self):
        small, fresh, late = (self._debtor(name) for name in ("Small", "Fresh", "Late"))
        self._overdue_invoice(small, 5, 10)
        self._overdue_invoice(fresh, 500, 2)
        self._overdue_invoice(late, 500, 4)
        self._run()
        self.assertFalse(self._find_case(small))
        self.assertFalse(self._find_case(fresh))
        self.assertEqual(self._find_case(late).state, "open")

    def test_paying_closes_and_returning_reopens_at_the_former_step(self):
        invoice = self._overdue_invoice(self.debtor, 500, 6)
        self._run()
        case = self._find_case()
        self._leave(case)
        step, cycle = case.step_id, case.cycle
        self.assertTrue(step)
        payment = self._pay(invoice)
        self.env.cr.flush()
        self.assertEqual((case.state, case.close_reason), ("closed", "paid"))
        self.assertEqual(case.stage_id.code, "closed_paid")
        payment.move_id.line_ids.remove_move_reconcile()
        self.env.cr.flush()
        self.assertEqual(case.state, "open")
        self.assertEqual((case.step_id, case.cycle), (step, cycle))
        self.assertEqual(case.stage_id.code, "reminder")

    def _leave(self, case):
        """The waiting messages of the case really leave."""
        with freeze_time(f"{MONDAY} 10:00:00"):
            case.action_ids.filtered(lambda a: a.state == "queued")._set_done()

    def test_partial_return_goes_back_to_the_former_cycle(self):
        invoice = self._overdue_invoice(self.debtor, 500, 6)
        self._run()
        case = self._find_case()
        self._leave(case)
        self._overdue_invoice(self.debtor, 400, 4)
        payment = self._pay(invoice)
        self._run(1)
        self.assertEqual((case.cycle, case.step_id.id), (2, False))
        payment.move_id.line_ids.remove_move_reconcile()
        self._run(2)
        self.assertEqual((case.cycle, case.cycle_count), (1, 2))
        self.assertEqual(case.step_id.code, "rem1")

    def test_one_live_case_per_customer_and_root_company(self):
        self._case(self.debtor)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env.cr.execute(
                """INSERT INTO debt_recovery_case (partner_id, company_id, state)
                   VALUES (%s, %s, 'open')""",
                [self.debtor.id, self.company.id],
            )

    def test_manual_case_of_a_contact_belongs_to_its_company(self):
        contact = self._contact(self.debtor, "Ann")
        case = self.env["debt.recovery.case"].create({"partner_id": contact.id})
        self.assertEqual(case.partner_id, self.debtor)
        self.assertEqual(case.state, "open")

    def test_given_up_debt_comes_back_with_something_new_only(self):
        self._overdue_invoice(self.debtor, 500, 30)
        self._run()
        self._find_case()._close("uncollectable", "no assets")
        self._run(1)
        self.assertEqual(self._find_case().state, "closed")
        self._overdue_invoice(self.debtor, 400, -2, invoice_date=self.today)
        self._run(7)
        self.assertEqual(self._find_case().state, "open")

    def test_opening_by_hand_takes_up_a_watch_case(self):
        self._overdue_invoice(self.debtor, 5000, -4, invoice_date=self.today)
        self._run()
        watch = self._find_case()
        self.assertEqual(watch.state, "watch")
        case = self.env["debt.recovery.case"].create({"partner_id": self.debtor.id})
        self.assertEqual(case, watch)
        self.assertEqual((case.state, case.opened_by_hand), ("open", True))

    def test_merging_partners_merges_their_cases(self):
        twin = self._debtor("Debtor Limited")
        self._overdue_invoice(self.debtor, 500, 10)
        self._overdue_invoice(twin, 300, 10)
        self._run()
        kept, gone = self._find_case(), self._find_case(twin)
        promise = gone._take_promise(self.today + timedelta(days=3))
        hold = self._hold("goodwill", gone)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.debtor | twin).ids, self.debtor, extra_checks=False)
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(gone.state, "closed")
        self.assertEqual((gone.close_reason, gone.merged_into_id), ("merged", kept))
        self.assertEqual(gone.partner_id, self.debtor)
        self.assertEqual(hold.case_id, kept)
        self.assertEqual((promise.case_id, promise.state), (kept, "active"))
        self.assertEqual(kept.amount_overdue, 800)

    def test_becoming_a_contact_moves_or_merges_the_case(self):
        parent = self._debtor("Group Ltd")
        child = self._debtor("Shop Ltd", is_company=False)
        self._overdue_invoice(child, 300, 10)
        case = self._case(child)
        child.parent_id = parent
        self.env.cr.flush()
        self.assertEqual(case.partner_id, parent)
        self.assertEqual(case.amount_overdue, 300)

    def test_archived_customer_keeps_the_case_and_is_not_contacted(self):
        self._overdue_invoice(self.debtor, 500, 10)
        case = self._case(self.debtor)
        self.debtor.active = False
        verdict = case._contact_verdict("email")
        self.assertEqual(verdict.status, "refused")
        self.assertEqual(verdict.reasons[0].code, "partner_archived")
        self.assertEqual(case.amount_overdue, 500)

    def test_a_case_with_history_is_never_deleted(self):
        case = self._case(self.debtor)
        with self.assertRaisesRegex(UserError, "Close it instead"):
            case.unlink()

    def test_closing_cancels_what_waits(self):
        self._overdue_invoice(self.debtor, 5000, 40)
        self._run()
        case = self._find_case()
        self.assertTrue(case.action_ids)
        case._close("other", "test")
        waiting = case.action_ids.filtered(
            lambda a: a.state in ("planned", "approved", "queued")
        )
        self.assertFalse(waiting)

    def test_archived_officer_is_not_assigned(self):
        self.company.recovery_user_id = self.officer
        self.officer.active = False
        self.assertFalse(self._case(self._debtor("New")).user_id)

    def test_hold_that_ended_brings_the_case_back(self):
        self._overdue_invoice(self.debtor, 500, 10)
        case = self._case(self.debtor)
        self._hold("goodwill", case, date_to=self.today + timedelta(days=2))
        self._run(1)
        self.assertFalse(case.action_ids)
        self._run(3)
        self.assertTrue(case.action_ids)

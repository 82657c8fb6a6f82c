from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .outgoing_common import OutgoingCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestOutgoingRows(OutgoingCommon):
    """What the room says about a message, and about those that do not leave."""

    # warnings ---------------------------------------------------------------

    def test_first_message_ever(self):
        action = self._waiting(mode="auto")
        self.assertIn("First message ever", action.watch_out)
        with self.mock_mail_gateway():
            self._release(action.sudo())
        self.assertFalse(action.watch_out)
        self.assertNotIn(
            "First message ever", self._waiting(step=self.demand).watch_out or ""
        )

    def test_money_since_the_message_was_planned(self):
        action = self._waiting()
        self._before_today(action)
        self.assertNotIn("Money", action.watch_out)
        self._customer_payment(self.debtor, 300)
        action.invalidate_recordset()
        self.assertIn("Money came in: $\xa0300.00", action.watch_out)

    def test_changed_claim_key_account_and_dispute(self):
        action = self._waiting()
        self.debtor.category_id = self.env.ref(
            "debt_recovery.partner_category_key_account"
        )
        self._pay(self.invoice_2, amount=50)
        action.invalidate_recordset()
        self.assertIn("Claim has changed", action.watch_out)
        self.assertIn("Key account", action.watch_out)

    def test_failed_before_and_no_recipient(self):
        action = self._waiting()
        action.sudo()._set_failed("Mailbox unavailable")
        self.assertEqual(action.watch_out, "Mailbox unavailable")
        again = self._waiting()
        again.recipient_ids = False
        self.assertIn("Failed before", again.watch_out)
        self.assertIn("No recipient", again.watch_out)

    def test_warnings_of_a_page_are_read_together(self):
        cases = [self.case]
        for number in range(6):
            partner = self._debtor(f"Many {number}")
            self._overdue_invoice(partner, 500, 20)
            cases.append(self._case(partner, strategy_id=self.strategy.id))
        actions = self.env["debt.recovery.action"]
        for case in cases:
            actions |= self._plan(case=case)
        actions._prepare_messages()
        few, many = actions[:2], actions[2:]
        counts = []
        for page in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.mapped("watch_out")
            page.mapped("line_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    # when it leaves ---------------------------------------------------------

    def test_leaves_at_the_next_release(self):
        review, auto = self._waiting(), self._waiting(step=self.demand, mode="auto")
        self.assertFalse(review.leaves_at)
        self.assertGreater(auto.leaves_at, fields.Datetime.now() - timedelta(days=1))
        self.assertEqual(auto.leaves_at, self.company._recovery_next_release())
        self.assertIn("10:30", auto.leaves)
        auto._set_done()
        when = self.company._recovery_moment_text(auto.date_done)
        self.assertEqual((auto.leaves, auto.leaves_at), (when, False))
        auto = self._waiting(step=self.rem1, mode="auto")
        self.company.recovery_release = "at_once"
        auto.invalidate_recordset()
        self.assertFalse(auto.leaves_at)

    # the head of the room ---------------------------------------------------

    def test_head_counts_by_reason(self):
        quiet = self._debtor("Quiet Ltd")
        self._overdue_invoice(quiet, 5000, 40)
        self._credit_note(quiet, 4900)
        run = self.env["debt.recovery.run"]._start(self.company)
        run._execute()
        facts = self.actions.with_user(self.manager).action_outgoing_facts()
        self.assertEqual(facts["hour"], "10:30")
        self.assertEqual(facts["run_ids"], run.ids)
        counts = {reason["code"]: reason["count"] for reason in facts["reasons"]}
        self.assertGreaterEqual(counts["unmatched_credit"], 1)
        lines = run.line_ids.filtered(
            lambda x: x.phase == "decide" and x.outcome in ("wait", "stop", "idle")
        )
        self.assertEqual(sum(counts.values()), len(lines))

    def test_head_without_any_run(self):
        self.env["debt.recovery.run"].search([]).unlink()
        facts = self.actions.action_outgoing_facts()
        self.assertEqual((facts["reasons"], facts["run_ids"]), ([], []))

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestActionKey(DebtRecoveryChannelCommon):
    """The same step of the same cycle on the same channel leaves once."""

    def test_same_key_twice(self):
        first = self._plan()
        second = self._plan()
        self.assertEqual(len(first), 1)
        self.assertFalse(second)

    def test_same_key_twice_in_one_batch(self):
        vals = {
            "case_id": self.case.id,
            "step_id": self.rem1.id,
            "cycle": 1,
            "channel_id": self.email.id,
        }
        actions = self.env["debt.recovery.action"]._plan_from_decisions([vals, vals])
        self.assertEqual(len(actions), 1)

    def test_other_channel_and_other_cycle_are_other_keys(self):
        actions = (
            self._plan()
            + self._plan(channel=self.letter)
            + self._plan(cycle=2)
            + self._plan(step=self.demand)
        )
        self.assertEqual(len(actions), 4)

    def test_event_and_manual_actions_have_no_key(self):
        actions = self._plan(origin="event") + self._plan(origin="event")
        self.assertEqual(len(actions), 2)

    def test_dead_actions_free_the_key(self):
        for end in ("_set_failed", "_set_skipped", "_cancel"):
            action = self._plan()
            self.assertTrue(action, end)
            getattr(action, end)("because")
            self.assertEqual(len(action), 1)
        self.assertTrue(self._plan())

    def test_unclear_keeps_the_key(self):
        action = self._plan()
        action._set_unclear("nobody knows")
        self.assertFalse(self._plan())

    def test_create_beside_the_key_is_refused(self):
        self._plan()
        vals = {
            "case_id": self.case.id,
            "partner_id": self.debtor.id,
            "company_id": self.company.id,
            "step_id": self.rem1.id,
            "channel_id": self.email.id,
            "origin": "engine",
            "date_planned": self.today,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env["debt.recovery.action"].create(vals)

    def test_lines_of_inserted_rows_only(self):
        line_ids = self._receivable_line(self.invoice).ids
        action = self._plan(line_ids=line_ids)
        self._plan(line_ids=line_ids)
        self.assertRecordValues(
            action.line_ids,
            [
                {
                    "name": self.invoice.name,
                    "ref": "PO 4711",
                    "days_overdue": 30,
                    "amount_currency": 1000.0,
                    "amount_original": 1000.0,
                    "amount": 1000.0,
                }
            ],
        )
        self.assertEqual(action.amount_claimed, 1000.0)
        lines = self.env["debt.recovery.action.line"].search(
            [("action_id.case_id", "=", self.case.id)]
        )
        self.assertEqual(len(lines), 1)

    def test_planning_costs_the_same_for_many(self):
        """No query per record: one statement plans three cases or thirty."""
        cases = self.case
        for number in range(12):
            debtor = self._debtor(f"Debtor {number}")
            self._overdue_invoice(debtor, 100.0 + number, 20)
            cases |= self._case(debtor, strategy_id=self.strategy.id)

        def plan(some, cycle):
            vals = [
                {
                    "case_id": case.id,
                    "step_id": self.rem1.id,
                    "cycle": cycle,
                    "channel_id": self.email.id,
                }
                for case in some
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["debt.recovery.action"]._plan_from_decisions(vals)
            return self.env.cr.sql_log_count - before

        plan(cases, 7)
        few = plan(cases[:3], 8)
        many = plan(cases, 9)
        self.assertLessEqual(many, few + 2)

    def test_two_people_send_the_same_step(self):
        """Two previews open at once: one message, one clear sentence."""
        wizards = [
            self.env["debt.recovery.send.preview"]
            .with_user(user)
            .with_context(default_case_id=self.case.id)
            .create({"step_id": self.rem1.id, "channel_id": self.email.id})
            for user in (self.officer, self.manager)
        ]
        wizards[0].action_send()
        with self.assertRaisesRegex(UserError, "already planned or sent"):
            wizards[1].action_send()
        sent = self.env["debt.recovery.action"].search(
            [("case_id", "=", self.case.id), ("step_id", "=", self.rem1.id)]
        )
        self.assertRecordValues(sent, [{"state": "queued"}])

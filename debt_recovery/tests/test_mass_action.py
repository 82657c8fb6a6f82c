from odoo import Command
from odoo.tests import tagged

from ..wizard import mass_action
from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestMassAction(DebtRecoveryCommon):
    """One piece of work on many cases, with a look first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_user_id = cls.manager
        cls.cases = cls.env["debt.recovery.case"]
        for no in range(3):
            debtor = cls._debtor(f"Many {no}", email=f"ap{no}@many.example.com")
            cls._overdue_invoice(debtor, 1000 + no, 20)
            cls.cases |= cls._case(debtor, user_id=cls.officer.id)
        cls.env.flush_all()

    def _wizard(self, kind, user=None, cases=None, **kw):
        cases = cases if cases is not None else self.cases
        context = {"active_model": cases._name, "active_ids": cases.ids}
        model = self.env["debt.recovery.mass.action"].with_user(user or self.officer)
        return model.with_context(**context).create({"kind": kind, **kw})

    def _hold_type(self):
        domain = [("placed_by", "=", "officer"), ("needs_end", "=", True)]
        return self.env["debt.recovery.hold.type"].search(domain, limit=1)

    def test_hold(self):
        first = self.cases[0]
        hold_type = self._hold_type()
        self._hold(hold_type.code, first, scope="case")
        wizard = self._wizard("hold", hold_type_id=hold_type.id)
        self.assertEqual(wizard.ready_count, 2)
        self.assertIn("This hold runs already", wizard.preview)
        with self._refused("Write down why"):
            wizard.action_run()
        wizard.reason = "Fair in March"
        wizard.action_run()
        self.assertIn("2 done", wizard.result.replace("<b>", ""))
        for case in self.cases:
            self.assertEqual(case.hold_ids.type_id, hold_type)

    def test_strategy(self):
        other = self.env.ref("debt_recovery.strategy_key_account")
        self.cases[0].strategy_id = other
        wizard = self._wizard("strategy", strategy_id=other.id, reason="Asked by sales")
        self.assertEqual(wizard.ready_count, 2)
        wizard.action_run()
        self.assertEqual(self.cases.strategy_id, other)

    def test_send_tells_who_gets_nothing_and_why(self):
        silent, unreachable, sent = self.cases
        self._hold("cease", silent)
        unreachable.partner_id.email = False
        wizard = self._wizard("send")
        self.assertEqual(wizard.ready_count, 1)
        self.assertIn("Refused: ", wizard.preview)
        self.assertIn("Nobody can be reached", wizard.preview)
        wizard.action_run()
        self.assertIn("is on its way", wizard.result)
        done = sent.action_ids.filtered(lambda a: a.state in ("queued", "done"))
        self.assertEqual(len(done), 1)
        self.assertFalse((silent | unreachable).action_ids)

    def test_a_failure_stops_nobody_else(self):
        wizard = self._wizard("send")
        send = self.env.registry["debt.recovery.bulk.message"]._send_next

        def broken(bulk, row):
            if row["case"] == self.cases[0]:
                raise ValueError("broken")
            return send(bulk, row)

        self.patch(
            self.env.registry["debt.recovery.bulk.message"], "_send_next", broken
        )
        with self.assertLogs("odoo.addons.debt_recovery", "ERROR"):
            wizard.action_run()
        self.assertIn("Failed", wizard.result)
        self.assertEqual(wizard.result.count("is on its way"), 2)

    def test_more_than_an_officer_may_write_to(self):
        limit = self.env.ref("debt_recovery.approval_limit_bulk_message_officer")
        limit.count = 2
        wizard = self._wizard("send")
        self.assertTrue(wizard.needs_approval)
        wizard.action_run()
        self.assertFalse(self.cases.action_ids)
        approval = self.env["debt.recovery.approval"].search(
            [("kind", "=", "bulk_message")]
        )
        self.assertEqual(approval.requested_by_id, self.officer)
        approval.with_user(self.manager).action_approve()
        bulk = self.env["debt.recovery.bulk.message"].browse(approval.res_id)
        self.assertEqual(bulk.state, "done")
        self.assertEqual(len(self.cases.action_ids), 3)
        self.assertFalse(self._wizard("send", self.manager).needs_approval)

    def test_statement(self):
        wizard = self._wizard("statement")
        self.assertEqual(wizard.ready_count, 3)
        wizard.action_run()
        self.assertEqual(len(self.cases.action_ids), 3)
        self.assertTrue(all(self.cases.action_ids.mapped("claims_nothing")))

    def test_hand_over_takes_the_tasks_along(self):
        task = self.cases[0].activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.today,
            user_id=self.officer.id,
        )
        self.cases[2].user_id = self.other_officer
        wizard = self._wizard(
            "reassign",
            self.officer,
            self.cases[:2],
            user_id=self.other_officer.id,
        )
        self.assertIn("dr_officer → dr_other_officer", wizard.preview)
        wizard.action_run()
        self.assertEqual(self.cases.user_id, self.other_officer)
        self.assertEqual(task.user_id, self.other_officer)
        wizard = self._wizard("reassign", self.manager, user_id=self.auditor.id)
        self.assertFalse(wizard.ready_count)
        with self._refused("nobody for whom"):
            wizard.action_run()

    def test_assign_as_the_list_shows_it(self):
        self.env["debt.recovery.assignment.rule"].create(
            {
                "name": "In turn",
                "method": "balanced",
                "user_ids": [Command.set((self.officer | self.other_officer).ids)],
            }
        )
        self.cases[1:].user_id = False
        wizard = self._wizard("assign", self.manager)
        self.assertEqual(wizard.ready_count, 2)
        self.assertIn("works it already", wizard.preview)
        shown = {row["case"]: row.get("user") for row in wizard._rows() if row["ok"]}
        wizard.action_run()
        self.assertEqual(shown, {case: case.user_id for case in self.cases[1:]})

    def test_without_a_selection(self):
        self.cases[0].user_id = False
        model = self.env["debt.recovery.mass.action"].with_user(self.manager)
        self.assertIn(self.cases[0], model.create({}).case_ids)
        wizard = model.new({"from_user_id": self.officer.id})
        wizard._onchange_from_user_id()
        self.assertEqual(wizard.case_ids._origin & self.cases, self.cases[1:])
        self.assertEqual(wizard.kind, "reassign")

    def test_preview_asks_the_same_for_many_as_for_few(self):
        def count(cases):
            wizard = self._wizard("send", cases=cases)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            wizard._rows()
            return self.cr.sql_log_count - before

        count(self.cases)
        self.assertLessEqual(count(self.cases), count(self.cases[0]) + 2)

    def test_bad_input(self):
        wizard = self._wizard("hold")
        self.assertFalse(wizard.is_complete)
        with self._refused("Choose the cases"):
            wizard.action_run()
        self.patch(mass_action, "MOST", 2)
        wizard = self._wizard("send")
        self.assertIn("3 cases are too many at once", wizard.preview)
        with self._refused("at most 2"):
            wizard.action_run()
        self.assertFalse(self.cases.action_ids)
        self.cases[0]._close("other", "Test")
        wizard = self._wizard("send", cases=self.cases[0])
        self.assertIn("The case is closed", wizard.preview)

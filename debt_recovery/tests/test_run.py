from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .run_common import MONDAY, RecoveryRunCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestRun(RecoveryRunCommon):
    """The daily run from the ledger to the log, with its reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 5000, 6)

    def _after_run(self):
        self._send_all()

    def _send_all(self):
        """The mails leave and the letters are posted."""
        queued = self.env["debt.recovery.action"].search([("state", "=", "queued")])
        queued.filtered(lambda a: a.mode != "task")._set_done()

    def _case(self, partner=None, **kw):
        return self.env["debt.recovery.case"].search(
            [("partner_id", "=", (partner or self.debtor).id)]
        )

    def _line(self, run, partner=None):
        return run.line_ids.filtered(
            lambda line: (
                line.phase == "decide" and line.partner_id == (partner or self.debtor)
            )
        )

    def test_first_reminder_claims_and_explains(self):
        run = self._run()
        case = self._case()
        action = case.action_ids
        self.assertEqual(action.step_id.code, "rem1")
        self.assertEqual((action.state, action.failure), ("done", False))
        self.assertEqual(action.channel, "email")
        self.assertEqual(action.amount_claimed, 5000)
        self.assertEqual(action.line_ids.move_id, self.invoice)
        self.assertEqual(case.step_id.code, "rem1")
        self.assertEqual(case.stage_id.code, "reminder")
        line = self._line(run)
        self.assertEqual((line.outcome, line.reason_code), ("act", "step_due"))
        self.assertIn("The item due on 02/25/2025 sets the pace", line.reason)
        self.assertEqual(run.state, "done")

    def test_same_day_again_is_a_no_op(self):
        self._run()
        again = self._run()
        self.assertEqual(len(self._case().action_ids), 1)
        self.assertEqual(self._line(again).outcome, "wait")

    def test_ladder_over_time(self):
        for day in range(0, 60):
            self._run(day)
        codes = self._case().action_ids.sorted("id").mapped("step_id.code")
        self.assertEqual(
            list(dict.fromkeys(codes)), ["rem1", "call1", "rem2", "call2", "demand"]
        )

    def test_nine_idle_days_catch_up_one_level(self):
        self._run()
        self._run(16)
        codes = self._case().action_ids.mapped("step_id.code")
        self.assertEqual(sorted(codes), ["call1", "rem1"])

    def test_reasons_for_not_acting(self):
        names = ("Credit Ltd", "Held Ltd", "Disputed Ltd")
        credit, held, agreed = (self._debtor(name) for name in names)
        for partner in (credit, held, agreed):
            self._overdue_invoice(partner, 5000, 6)
        self._credit_note(credit, 4000)
        cases = self.env["debt.recovery.case"].with_context(recovery_today=MONDAY)
        cases.create([{"partner_id": p.id} for p in (held, agreed)])
        self._hold("goodwill", self._case(held), date_from=MONDAY, date_to=MONDAY)
        run = self._run()
        self.assertEqual(self._line(run, credit).reason_code, "unmatched_credit")
        self.assertIn("match them first", self._line(run, credit).reason)
        self.assertNotEqual(self._line(run, held).outcome, "act")
        self.assertFalse(self._case(credit).action_ids)

    def test_predue_watch_case_is_silent_and_ends(self):
        partner = self._debtor("Punctual Ltd")
        invoice = self._overdue_invoice(partner, 5000, -4, invoice_date=MONDAY)
        self._run()
        case = self._case(partner)
        self.assertEqual(case.state, "watch")
        self.assertEqual(case.action_ids.step_id.code, "predue")
        self.assertEqual(case.action_ids.line_ids.move_id, invoice)
        self._pay(invoice, date=MONDAY)
        self.env.cr.flush()
        self._run(1)
        self.assertEqual((case.state, case.close_reason), ("closed", "watch_ended"))

    def test_watching_before_the_own_step_starts_no_new_cycle(self):
        """The window is the widest of all strategies; this one's step comes later."""
        partner = self._debtor("Early Ltd")
        self._overdue_invoice(partner, 5000, -7, invoice_date=MONDAY)
        self._run()
        self.assertEqual(self._case(partner).state, "watch")
        self._run(1)
        self._run(2)
        case = self._case(partner)
        self.assertEqual(case.action_ids.step_id.code, "predue")
        self.assertEqual((case.cycle, case.cycle_count), (1, 1))

    def test_watching_without_an_own_step_does_not_flap(self):
        """A strategy without pre-due step has nothing to do, and does not close and
        open the case with every run."""
        partner = self._debtor("Small Ltd")
        partner.recovery_strategy_id = self.env.ref("debt_recovery.strategy_small_debt")
        invoice = self._overdue_invoice(partner, 5000, -4, invoice_date=MONDAY)
        self._run()
        case = self._case(partner)
        second = self._run(1)
        self.assertEqual(case.state, "watch")
        lines = second.line_ids.filtered(lambda line: line.case_id == case)
        self.assertFalse({"closed", "reopened"} & set(lines.mapped("outcome")))
        self._pay(invoice, date=MONDAY)
        self.env.cr.flush()
        self._run(2)
        self.assertEqual((case.state, case.close_reason), ("closed", "watch_ended"))

    def test_one_bad_customer_does_not_stop_the_others(self):
        bad, good = self._debtor("Bad Ltd"), self._debtor("Good Ltd")
        for partner in (bad, good):
            self._overdue_invoice(partner, 900, 6)
        runs = self.registry["debt.recovery.run"]
        prepare = runs._prepare_act_vals

        def fail(run, case, decision):
            if case.partner_id == bad:
                raise ValueError("broken template")
            return prepare(run, case, decision)

        with patch.object(runs, "_prepare_act_vals", fail):
            run = self._run()
        line = self._line(run, bad)
        self.assertEqual((line.outcome, line.reason), ("failed", "broken template"))
        self.assertTrue(self._case(good).action_ids)
        self.assertFalse(self._case(bad).action_ids)

    def test_quiet_days_are_the_customers_not_the_cases(self):
        self._run()
        self._pay(self.invoice, date=MONDAY)
        self.env.cr.flush()
        self.assertEqual(self._case().state, "closed")
        self._overdue_invoice(self.debtor, 4000, -4, invoice_date=MONDAY)
        run = self._run(1)
        self.assertIn("quiet until", self._line(run).reason)
        self.assertEqual(len(self._case().action_ids), 1)

    def test_simulation_decides_like_the_run_and_does_nothing(self):
        self._case_for_simulation()
        simulation = self._run(kind="simulation")
        self.assertFalse(self._case().action_ids)
        run = self._run()
        self.assertEqual(
            self._line(simulation).mapped("reason_code"),
            self._line(run).mapped("reason_code"),
        )

    def _case_for_simulation(self):
        cases = self.env["debt.recovery.case"].with_context(recovery_today=MONDAY)
        cases.create({"partner_id": self.debtor.id})

    def test_strategy_without_steps_is_named(self):
        self._case_for_simulation()
        empty = self.env["debt.recovery.strategy"].create(
            {"name": "Empty", "code": "e"}
        )
        self._case().strategy_id = empty
        run = self._run()
        self.assertEqual(self._line(run).reason_code, "strategy_without_steps")

    def test_interrupted_run_goes_on_where_it_stopped(self):
        run = self.env["debt.recovery.run"].with_context(recovery_today=MONDAY)
        run = run._start(self.company)._in_company()
        run._phase_refresh()
        run._phase_open()
        run.phase = "decide"
        resumed = self._run()
        self.assertEqual(resumed.id, run.id)
        self.assertEqual(resumed.state, "done")
        self.assertEqual(len(self._line(resumed)), 1)

    def test_scheduled_action_runs_every_company(self):
        cron = self.env.ref("debt_recovery.ir_cron_daily_run")
        with self.enter_registry_test_mode(), freeze_time(f"{MONDAY} 09:00:00"):
            cron.with_context(recovery_today=MONDAY).method_direct_trigger()
        runs = self.env["debt.recovery.run"].search([("state", "=", "done")])
        self.assertIn(self.company, runs.company_id)

    def _escalations(self, user):
        """Activities of escalation of this person, done ones among them."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        kind = self.env.ref("debt_recovery.mail_activity_type_escalation")
        return activities.search(
            [
                ("res_model", "=", "debt.recovery.case"),
                ("res_id", "=", self._case().id),
                ("user_id", "=", user.id),
                ("activity_type_id", "=", kind.id),
            ]
        )

    def test_undone_task_goes_to_the_manager_once(self):
        """Also when the manager has read it and nothing came of it."""
        self.company.recovery_escalate_user_id = self.manager
        self._run()
        self._run(7)
        self._run(20)
        self.assertEqual(len(self._escalations(self.manager)), 1)
        self._escalations(self.manager).action_done()
        self._run(21)
        self.assertFalse(self._escalations(self.manager).filtered("active"))

    def test_undone_decision_goes_to_the_final_approver(self):
        """The role is the step's; where nobody is named, the manager is told."""
        final = self._recovery_user("manager", login="dr_final")
        self.company.recovery_escalate_user_id = self.manager
        self.company.recovery_final_approver_id = final
        step = self.env.ref("debt_recovery.step_call1")
        step.escalation_user_role = "final"
        self._run()
        self._run(7)
        self._run(20)
        self.assertEqual(len(self._escalations(final)), 1)
        self.assertFalse(self._escalations(self.manager))

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .test_go_live import MONDAY, GoLiveCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSimulation(GoLiveCommon):
    """A simulation is the next run without its consequences."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategies._go_live(cls.company)

    def _decisions(self, run):
        lines = run.line_ids.filtered(lambda line: line.phase == "decide")
        return {
            line.partner_id.name: (
                line.outcome,
                line.step_id.code,
                line.reason_code,
                line.reason,
            )
            for line in lines
        }

    def _world(self):
        """Customers in every position; returns those without a case."""
        for number, days in enumerate((2, 5, 13, 30, 60)):
            self._overdue_invoice(self._debtor(f"Late {number}"), 1000, days)
        small = self._debtor("Small")
        self._overdue_invoice(small, 120, 8)
        credit = self._debtor("Credit")
        self._overdue_invoice(credit, 900, 9)
        self._credit_note(credit, 900)
        held = self._debtor("Held")
        self._overdue_invoice(held, 900, 9)
        self._hold("goodwill", self._case(held), date_from=MONDAY, date_to=MONDAY)
        early = self._debtor("Early")
        self._overdue_invoice(early, 5000, -4, invoice_date=MONDAY)
        tiny = self._debtor("Tiny")
        self._overdue_invoice(tiny, 3, 30)

    def _assert_equal_runs(self, days):
        """The simulation, then the run; nothing may differ."""
        models = ("debt.recovery.case", "debt.recovery.action", "mail.mail")
        before = [self.env[model].search([]).ids for model in models]
        number = self.env.ref("debt_recovery.sequence_case").number_next_actual
        simulation = self._decisions(self._run(days, "simulation"))
        after = [self.env[model].search([]).ids for model in models]
        self.assertEqual(before, after)
        self.assertEqual(
            number, self.env.ref("debt_recovery.sequence_case").number_next_actual
        )
        self.assertEqual(simulation, self._decisions(self._run(days)))
        return simulation

    def test_simulation_equals_the_next_run(self):
        self._world()
        first = self._assert_equal_runs(0)
        self.assertEqual(first["Debtor Ltd"][:2], ("act", "rem1"))
        self.assertEqual(first["Early"][:2], ("act", "predue"))
        self.assertNotIn("Tiny", first)
        self._send_all()
        self._pay_half()
        for days in (1, 8, 15, 22):
            self._assert_equal_runs(days)
            self._send_all()

    def _send_all(self):
        queued = self.env["debt.recovery.action"].search([("state", "=", "queued")])
        queued.filtered(lambda action: action.mode != "task")._set_done()

    def _pay_half(self):
        """A part payment resets the cycle, a full one closes the case."""
        moves = self.env["account.move"].search([("partner_id.name", "like", "Late ")])
        self._pay(moves.filtered(lambda m: m.partner_id.name == "Late 1"), date=MONDAY)
        part = moves.filtered(lambda m: m.partner_id.name == "Late 2")
        self._pay(part, amount=600, date=MONDAY)
        self.env.cr.flush()

    def test_customers_without_a_case_are_shown(self):
        run = self._run(kind="simulation")
        opened = run.line_ids.filtered(lambda line: line.outcome == "opened")
        self.assertEqual(opened.partner_id, self.debtor)
        self.assertFalse(self._line(run).case_id)
        cases = self.env["debt.recovery.case"]
        self.assertFalse(cases.search([("partner_id", "=", self.debtor.id)]))

    def test_manager_simulates_with_one_button(self):
        runs = self.env["debt.recovery.run"]
        action = runs.with_user(self.manager).action_simulate()
        run = runs.browse(action["res_id"])
        self.assertEqual((run.kind, run.state), ("simulation", "done"))
        self.assertEqual(self._line(run).outcome, "act")
        with self._refused("Only a recovery manager"):
            runs.with_user(self.officer).action_simulate()

    def test_shadow_equals_the_run_too(self):
        self.strategies._back_to_shadow(self.company)
        self._world()
        first = self._assert_equal_runs(0)
        self.assertEqual(first["Debtor Ltd"][0], "shadow")

    def test_imagining_costs_the_same_for_more_customers(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            runs = self.env["debt.recovery.run"]
            start = self.env.cr.sql_log_count
            runs._imagine_run(self.company, MONDAY)._imagine_decisions()
            return self.env.cr.sql_log_count - start

        count()
        few = count()
        for number in range(10):
            self._overdue_invoice(self._debtor(f"More {number}"), 700, 7)
        self.assertLessEqual(count(), few + 2)


@tagged("post_install", "-at_install", "debt_recovery")
class TestWhatIf(GoLiveCommon):
    """What a changed strategy would move, before it is saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategies._go_live(cls.company)
        cls.rem1 = cls.env.ref("debt_recovery.step_rem1")
        cls.company.recovery_user_id = cls.officer

    def _ask(self, changes, user=None):
        strategy = self.strategy.with_user(user or self.manager)
        return strategy._prepare_what_if(changes)

    def test_no_change_moves_nobody(self):
        answer = self._ask({})
        self.assertEqual((answer["moved"], answer["customers"]), (0, 1))
        rem1 = self.rem1.display_name
        self.assertEqual(answer["messages"], [(rem1, 1, 1)])
        self.assertEqual(answer["day"], "2025-03-04")

    def test_later_step_moves_the_customer_and_writes_nothing(self):
        answer = self._ask({"step_ids": [Command.update(self.rem1.id, {"day": 10})]})
        self.assertEqual(answer["moved"], 1)
        self.assertEqual(self.rem1.day, 5)
        self.assertEqual({row[2] for row in answer["messages"]}, {0})
        self.assertFalse(self._actions())

    def test_tasks_are_counted_against_the_capacity(self):
        self.company.recovery_capacity = 1
        for number in range(2):
            self._overdue_invoice(self._debtor(f"More {number}"), 5000, 6)
        answer = self._ask(
            {"step_ids": [Command.update(self.rem1.id, {"mode": "task"})]}
        )
        self.assertIn((self.officer.name, 0, 3), answer["tasks"])
        page = self.strategy.with_user(self.manager).action_what_if(
            {"step_ids": [Command.update(self.rem1.id, {"mode": "task"})]}
        )
        self.assertEqual((page["moved"], page["live"]), (3, True))
        self.assertIn("text-danger", page["html"])

    def test_wrong_change_is_refused_as_on_saving(self):
        with self._refused("default strategy"):
            self._ask({"active": False})
        self.assertTrue(self.strategy.active)

    def test_officer_may_not_ask(self):
        with self._refused("Only a recovery manager"):
            self.strategy.with_user(self.officer).action_what_if({})

    def test_free_days_are_passed_over(self):
        self.env = self.env(
            context={**self.env.context, "recovery_today": MONDAY + timedelta(days=4)}
        )
        strategy = self.strategy.with_env(self.env)
        self.assertEqual(strategy._prepare_what_if({})["day"], "2025-03-10")

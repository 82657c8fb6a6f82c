import random
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .run_common import MONDAY
from .test_go_live import GoLiveCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestRunCarry(GoLiveCommon):
    """What nobody touched is decided as yesterday, in one statement, and never
    differently from a decision taken anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategies._go_live(cls.company)

    def _carried(self, run):
        """Customers of the run whose decision the ladder was not asked for."""
        return run.line_ids.filtered(
            lambda line: line.phase == "decide" and not line.action_ids
        ).filtered(lambda line: line.partner_id.id not in self.asked)

    def _watched_run(self, days):
        """A run that remembers whom it asked the ladder about."""
        runs = self.env.registry["debt.recovery.run"]
        judge = runs._judge_cases
        self.asked = set()

        def remember(run, cases):
            self.asked |= set(cases.partner_id.ids)
            return judge(run, cases)

        with patch.object(runs, "_judge_cases", remember):
            return self._run(days)

    def _decisions(self, run):
        lines = run.line_ids.filtered(lambda line: line.phase == "decide")
        return {
            line.partner_id.name: (line.outcome, line.step_id.code, line.reason)
            for line in lines
        }

    def test_untouched_cases_are_not_asked_again(self):
        self._run()
        self._send_all()
        first = self._watched_run(1)
        self.assertIn(self.debtor.id, self.asked)
        second = self._watched_run(2)
        self.assertFalse(self.asked)
        self.assertEqual(self._decisions(first), self._decisions(second))

    def test_whatever_happens_is_noticed(self):
        self._run()
        self._send_all()
        self._run(1)
        events = {
            "payment": lambda: self._pay(self.invoice, amount=100, date=MONDAY),
            "invoice": lambda: self._overdue_invoice(self.debtor, 300, 2),
            "hold": lambda: self._hold("goodwill", self._case(), date_from=MONDAY),
            "setting": lambda: self.company.write({"recovery_quiet_days": 9}),
            "step": lambda: self.env.ref("debt_recovery.step_rem2").write({"day": 15}),
            "case": lambda: self._case().write({"next_action_date": False}),
        }
        for says, happens in events.items():
            with self.subTest(says), self.env.cr.savepoint() as savepoint:
                happens()
                self.env.cr.flush()
                self._watched_run(2)
                self.assertIn(self.debtor.id, self.asked)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_random_weeks_equal_the_simulation(self):
        """The simulation asks the ladder about everybody; the run must agree."""
        chance = random.Random(19)
        for number in range(12):
            debtor = self._debtor(f"Any {number}")
            days = chance.choice((-6, -2, 1, 3, 8, 19, 30, 47))
            invoice_date = MONDAY - timedelta(days=60)
            amount = chance.choice((20, 400, 2000))
            self._overdue_invoice(debtor, amount, days, invoice_date=invoice_date)
        carried = 0
        for day in range(12):
            simulated = self._decisions(self._run(day, "simulation"))
            run = self._watched_run(day)
            self.assertEqual(simulated, self._decisions(run), day)
            carried += len(self._carried(run))
            self._send_all(day)
            self._something_happens(chance, day)
        self.assertGreater(carried, 20)

    def _something_happens(self, chance, day):
        today = MONDAY + timedelta(days=day)
        cases = self.env["debt.recovery.case"].search([("state", "=", "open")])
        case = chance.choice(cases)
        event = chance.choice(("pay", "part", "hold", "invoice", "nothing"))
        lines = case.receivable_ids.filtered(lambda row: not row.is_credit)
        if event in ("pay", "part") and lines:
            amount = lines[0].amount_residual / (1 if event == "pay" else 2)
            self._pay(lines[0].move_id, amount=amount, date=today)
        elif event == "hold":
            until = today + timedelta(days=2)
            self._hold("goodwill", case, date_from=today, date_to=until)
        elif event == "invoice":
            self._overdue_invoice(case.partner_id, 700, 1, invoice_date=MONDAY)
        self.env.cr.flush()

    def _send_all(self, days=0):
        queued = self.env["debt.recovery.action"].search([("state", "=", "queued")])
        with freeze_time(f"{MONDAY + timedelta(days=days)} 12:00:00"):
            queued.filtered(lambda action: action.mode != "task")._set_done()
            self.env.flush_all()

    def test_claims_written_in_a_set_are_what_one_message_says(self):
        self._overdue_invoice(self.debtor, 70, 3)
        self._run()
        actions = self.env["debt.recovery.action"].search([])
        rows = actions._claim_rows(
            self.company, line_ids=actions.line_ids.move_line_id.ids
        )
        by_line = {row["id"]: row for row in rows}
        self.assertTrue(actions.line_ids)
        for line in actions.line_ids:
            vals = line.action_id._claim_line_vals(by_line[line.move_line_id.id])
            for name, value in vals.items():
                found = line._fields[name].convert_to_write(line[name], line)
                self.assertEqual(found, value or False, name)
        for action in actions:
            self.assertEqual(
                action.amount_claimed, sum(action.line_ids.mapped("amount"))
            )

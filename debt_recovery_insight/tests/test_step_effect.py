import random
from collections import defaultdict
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .insight_common import InsightCommon


class StepCommon(InsightCommon):
    """Steps that left on chosen days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.effects = cls.env["debt.recovery.step.effect"]
        cls.steps = {step.code: step for step in cls.strategy.step_ids}
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 90)

    def _step(self, code, days, moves=None, hour=10, state="done", channel="email"):
        """The action of a step done on that day, claiming these invoices."""
        moves = self.invoice if moves is None else moves
        lines = moves.line_ids.filtered("date_maturity")
        case = self._case(moves.partner_id or self.debtor)
        channel = self.env["debt.recovery.channel"]._by_code(channel)
        vals = {
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "strategy_id": self.strategy.id,
            "step_id": self.steps[code].id,
            "channel_id": channel.id,
            "origin": "engine",
            "cycle": len(case.action_ids) + 1,
            "state": state,
            "date_planned": self._day(days),
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.id,
                        "move_id": line.move_id.id,
                        "currency_id": line.currency_id.id,
                        "amount": line.balance,
                        "amount_currency": line.amount_currency,
                    }
                )
                for line in lines
            ],
        }
        if state == "done":
            vals["date_done"] = f"{self._day(days)} {hour:02}:00:00"
            vals["amount_claimed"] = sum(lines.mapped("balance"))
        return self.env["debt.recovery.action"]._guarded().create(vals)

    def _effect(self, action, user=None):
        self.env.flush_all()
        self.effects.invalidate_model()
        effects = self.effects.with_user(user) if user else self.effects
        return effects.browse(action.id)


@tagged("post_install", "-at_install", "debt_recovery")
class TestStepEffect(StepCommon):
    """What a step brought: each payment once, for the last step before it."""

    def test_money_of_the_last_step_within_its_days(self):
        first, second = self._step("rem1", -40), self._step("rem2", -30)
        self._pay(self.invoice, amount=100, date=self._day(-41))  # before all
        self._pay(self.invoice, amount=200, date=self._day(-30))  # the day itself
        self._pay(self.invoice, amount=300, date=self._day(-16))  # day 14
        self._pay(self.invoice, amount=50, date=self._day(-15))  # too late
        self.assertEqual(self._effect(first).amount_long, 0)
        effect = self._effect(second)
        self.assertEqual((effect.amount_short, effect.amount_long), (200, 500))
        self.assertEqual((effect.paying, effect.sent), (1, 1))

    def test_other_items_and_credit_notes_are_no_effect(self):
        other = self._overdue_invoice(self.debtor, 70, 80)
        action = self._step("rem1", -20)
        self._pay(other, date=self._day(-18))
        note = self._credit_note(self.debtor, 400, invoice_date=self._day(-17))
        (self._receivable_line(note) | self._receivable_line(self.invoice)).reconcile()
        self.assertEqual(self._effect(action).amount_long, 0)
        self.assertEqual(self._effect(action).paying, 0)

    def test_unmatched_money_is_taken_back(self):
        action = self._step("rem1", -20)
        self._pay(self.invoice, amount=100, date=self._day(-18))
        self.assertEqual(self._effect(action).amount_long, 100)
        self._receivable_line(self.invoice).matched_credit_ids.unlink()
        self.assertEqual(self._effect(action).amount_long, 0)

    def test_refused_and_failed_are_rows_without_effect(self):
        refused = self._step("rem1", -20, state="refused")
        failed = self._step("rem2", -19, state="failed")
        self._pay(self.invoice, amount=100, date=self._day(-18))
        self.assertEqual(self._effect(refused).refused, 1)
        self.assertEqual(
            (self._effect(failed).failed, self._effect(failed).sent), (1, 0)
        )
        self.assertEqual(self._effect(refused).amount_long, 0)

    def test_disputes_and_complaints_of_the_last_step(self):
        first, second = self._step("rem1", -20), self._step("rem2", -10)
        case = self._case()
        for kind, days in (("dispute", -12), ("dispute", -9), ("complaint", -9)):
            vals = {"case_id": case.id, "kind": kind, "name": kind, "note": kind}
            if kind == "dispute":
                line = self._receivable_line(self.invoice)
                item = {"move_line_id": line.id, "amount_currency": 5}
                vals["line_ids"] = [Command.create(item)]
            dispute = self.env["debt.recovery.dispute"].create(vals)
            dispute.sudo().write({"date_opened": self._day(days)})
        for action, wanted in ((first, (1, 0)), (second, (1, 1))):
            effect = self._effect(action)
            self.assertEqual((effect.disputes, effect.complaints), wanted)

    def test_cost_of_the_channel(self):
        channel = self.env["debt.recovery.channel"]._by_code("letter")
        channel.sudo().cost_units = 2 / self.company.recovery_money_unit
        sent = self._step("demand", -20, channel="letter", state="planned")
        sent._set_done()
        refused = self._step("demand", -19, channel="letter", state="refused")
        self.assertEqual(self._effect(sent).cost, 2)
        self.assertEqual(self._effect(refused).cost, 0)

    def test_a_random_book_equals_the_plain_count(self):
        dice = random.Random(8)
        moves = self._book(seed=8, customers=3, invoices=16)
        days = sorted(dice.sample(range(-200, -2), 30))
        codes = [code for code in self.steps if code in ("rem1", "rem2", "demand")]
        for day in days:
            partner = dice.choice(moves.partner_id)
            domain = [
                ("partner_id", "=", partner.id),
                ("invoice_date_due", "<", self._day(day)),
            ]
            if some := moves.filtered_domain(domain):
                self._step(dice.choice(codes), day, some)
        self._analyze()
        effects = self.effects.search([("company_id", "=", self.company.id)])
        wanted = self._plain_money(effects)
        self.assertTrue(any(long for _short, long in wanted.values()))
        for effect in effects:
            short, long = wanted[effect.id]
            self.assertAlmostEqual(effect.amount_short, short, 2)
            self.assertAlmostEqual(effect.amount_long, long, 2)

    def _plain_money(self, effects):
        """Payment by payment, the last action that claimed its item before it."""
        actions = (
            self.env["debt.recovery.action"].browse(effects.ids).sorted("date_done")
        )
        sums = defaultdict(lambda: [0, 0])
        claimed = defaultdict(list)
        for action in actions:
            for line in action.line_ids.move_line_id:
                claimed[line].append(action)
        for line, claims in claimed.items():
            for match in line.matched_credit_ids:
                if match.credit_move_id.move_id.move_type == "out_refund":
                    continue
                before = [a for a in claims if a.date_done.date() <= match.max_date]
                gap = before and match.max_date - before[-1].date_done.date()
                if before and gap <= timedelta(days=14):
                    sums[before[-1].id][1] += match.amount
                    if gap <= timedelta(days=7):
                        sums[before[-1].id][0] += match.amount
        return sums | {a.id: sums[a.id] for a in actions}

    def test_officers_see_their_cases(self):
        mine = self._step("rem1", -20)
        self._case(user_id=self.officer.id)
        self.assertIn(mine.id, self.effects.with_user(self.officer).search([]).ids)
        others = self.effects.with_user(self.other_officer).search([])
        self.assertNotIn(mine.id, others.ids)
        self.assertIn(mine.id, self.effects.with_user(self.auditor).search([]).ids)
        with self.assertRaises(AccessError):
            self.effects.with_user(self.field_officer).search([])

    def test_report(self):
        self._step("rem1", -40)
        self._step("rem1", -38, self._overdue_invoice(self._debtor("Two"), 50, 70))
        self._step("rem2", -20, state="refused")
        self._pay(self.invoice, amount=100, date=self._day(-35))
        answer = self._report(-60, -1)
        steps, _tests, refusals, terms = answer["sections"]
        row = next(row for row in steps["rows"] if row["sent"])
        self.assertEqual((row["sent"], row["customers"], row["paying"]), (2, 2, 50))
        self.assertEqual(steps["totals"]["long"], 100)
        self.assertEqual(steps["totals"]["refused"], 1)
        self.assertEqual(refusals["rows"][0]["count"], 1)
        self.assertFalse(terms["rows"])
        self.assertIn("still have time", answer["notes"][1])
        with self.assertRaises(AccessError):
            self._report(-60, -1, user=self.officer)

    def _report(self, first, last, user=None, **filters):
        self.env.flush_all()
        self.effects.invalidate_model()
        kind = self.env.ref("debt_recovery_insight.report_kind_quarter_strategy")
        return kind.with_context(recovery_today=self._day(0))._answer_for(
            user or self.manager,
            self.company,
            self._day(first),
            self._day(last),
            filters,
        )

    def test_terms_that_differ(self):
        agreed = self.env.ref("account.account_payment_term_30days")
        self.debtor.property_payment_term_id = agreed
        answer = self._report(-400, 0, partner_ids=self.debtor.ids)
        terms = answer["sections"][3]
        self.assertEqual(terms["rows"][0]["invoices"], 1)
        self.assertEqual(terms["totals"]["amount"], 1000)

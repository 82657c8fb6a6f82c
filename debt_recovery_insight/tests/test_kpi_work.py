import random
from datetime import timedelta
from statistics import mean, median

from freezegun import freeze_time

from odoo.tests import tagged

from .insight_common import InsightCommon

JUDGED = ("kept", "kept_late", "partly_kept", "broken")
CALLS = ("no_answer", "callback", "promise", "wrong_number", "third_party")


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiWorkLaw(InsightCommon):
    """Key figures of the work on random facts equal a plain count of the same facts."""

    def _kpi(self, code, first=-40, last=0):
        days = self._day(first), self._day(last)
        return self.company._recovery_kpi(code, *days)

    def _case_of(self, number, amount=500, due=60):
        debtor = self._debtor(f"Work {number}")
        invoice = self._overdue_invoice(debtor, amount, due)
        return self._case(debtor, user_id=self.officer.id).sudo(), invoice

    def test_promises(self):
        for seed in (3, 4):
            dice, facts = random.Random(seed), []
            for number in range(8):
                case, invoice = self._case_of(f"{seed} {number}", dice.randint(50, 900))
                items = self._receivable_line(invoice)
                promise = case._take_promise(self._day(3), items=items).sudo()
                paid = dice.randint(0, 1000)
                state = dice.choice([*JUDGED, "cancelled", "replaced"])
                day = dice.randint(-80, 0)
                promise.instalment_ids.amount_paid = paid
                promise.write({"state": state, "date_verdict": self._day(day)})
                facts.append((state, day, invoice.amount_total, paid))
            self._is_promised(facts)
            self.env["debt.recovery.agreement"].sudo().search([]).write(
                {"date_verdict": self._day(-500), "date_agreed": self._day(-500)}
            )

    def _is_promised(self, facts):
        judged = [f for f in facts if f[0] in JUDGED and f[1] >= -40]
        kept = [f for f in judged if f[0].startswith("kept")]
        agreed = sum(amount for _state, _day, amount, _paid in judged)
        paid = sum(min(paid, amount) for _state, _day, amount, paid in judged)
        count, value = self._kpi("promise_kept_count"), self._kpi("promise_kept_value")
        if not judged:
            self.assertIsNone(count["value"])
            return
        self.assertAlmostEqual(count["value"], 100 * len(kept) / len(judged), 4)
        self.assertAlmostEqual(float(value["value"]), 100 * paid / agreed, 4)

    def test_contacts(self):
        dice = random.Random(5)
        outcomes = {o.code: o for o in self.env["debt.recovery.outcome"].search([])}
        names = [code for code in CALLS if code in outcomes]
        facts = []
        for number in range(14):
            case, _invoice = self._case_of(number)
            code, day = dice.choice(names), dice.randint(-60, 0)
            with freeze_time(f"{self._day(day)} 10:00:00"):
                case.with_user(self.officer)._record_contact(
                    {
                        "channel": "phone",
                        "outcome": code,
                        "date": self._day(2),
                        "hour": f"{self._day(2)} 10:00:00",
                    }
                )
            if day >= -40:
                facts.append(outcomes[code])
        reached = [outcome for outcome in facts if outcome.is_rpc]
        answered = [outcome for outcome in facts if outcome.group != "no_contact"]
        promised = [outcome for outcome in reached if outcome.promise_source]
        for code, part, whole in (
            ("rpc_rate", reached, facts),
            ("rpc_answered", reached, answered),
            ("contact_promise", promised, reached),
        ):
            answer = self._kpi(code)
            with self.subTest(code=code):
                wanted = 100 * len(part) / len(whole)
                self.assertAlmostEqual(float(answer["value"]), wanted, 4)
                self.assertEqual(answer["parts"]["right_party_phone"], len(reached))

    def test_disputes(self):
        dice, facts = random.Random(6), []
        for number in range(8):
            case, invoice = self._case_of(number, 400)
            amount = dice.randint(20, 400)
            items = [(self._receivable_line(invoice), amount)]
            dispute = case._open_dispute(items=items).sudo()
            opened, resolved = self._day(-dice.randint(41, 90)), dice.randint(-60, 0)
            dispute.date_opened = opened
            if dice.random() < 0.3:
                continue
            dispute.write({"state": "rejected", "date_resolved": self._day(resolved)})
            if resolved >= -40:
                facts.append((self._day(resolved) - opened).days)
        self.assertEqual(self._kpi("dispute_days")["value"], median(facts))

    def test_turnaround(self):
        dice, paid, running = random.Random(7), [], 0
        for number in range(9):
            case, invoice = self._case_of(number)
            opened = dice.randint(-80, -2)
            case.date_opened = self._day(opened)
            came = dice.choice([None, dice.randint(opened, 0)])
            if came is not None:
                self._pay(invoice, amount=100, date=self._day(came))
                self._pay(invoice, amount=100, date=self._day(0))
            if opened < -40:
                continue
            running += came is None
            paid += [] if came is None else [came - opened]
        answer = self._kpi("turnaround")
        self.assertEqual(answer["value"], median(paid))
        self.assertAlmostEqual(float(answer["parts"]["mean"]), mean(paid), 4)
        self.assertEqual(answer["parts"]["running"], running)

    def test_record_accuracy(self):
        dice, good = random.Random(8), 0
        for number in range(8):
            case, _invoice = self._case_of(number)
            owner, coming, reach = (dice.random() < 0.7 for _rule in range(3))
            case.write(
                {
                    "user_id": owner and self.officer.id,
                    "next_action_date": self._day(3 if coming else -3),
                }
            )
            case.partner_id.write(
                {"email": reach and "a@b.example.com", "phone": False}
            )
            good += owner and coming and bool(reach or case.contact_ids)
        answer = self._kpi("record_accuracy")
        self.assertAlmostEqual(float(answer["value"]), 100 * good / 8, 4)

    def test_who_waits_for_others_needs_no_step(self):
        case, invoice = self._case_of(1)
        case.next_action_date = False
        self.assertEqual(self._kpi("record_accuracy")["parts"]["no_next_action"], 1)
        case._take_promise(self._day(3), items=self._receivable_line(invoice))
        case.stage_id = self.env.ref("debt_recovery.stage_agreed")
        self.assertEqual(self._kpi("record_accuracy")["parts"]["no_next_action"], 0)

    def test_contacts_against_the_rules_are_breaches(self):
        case, _invoice = self._case_of(1)
        log = self.env["debt.recovery.action"].sudo()
        for verdict, code, reason in (
            (False, "", ""),
            ("delayed", "rule_window", ""),
            ("refused", "rule_optout", ""),
            ("refused", "rule_window", "The debtor asked us to call"),
        ):
            with freeze_time(f"{self._day(-1)} 10:00:00"):
                case.with_user(self.officer)._record_contact(
                    {"channel": "phone", "outcome": "no_answer"}
                )
            action = log.search([("case_id", "=", case.id)], order="id desc", limit=1)
            action._guarded().write(
                {
                    "verdict": verdict,
                    "verdict_facts": {"reasons": [{"code": code}]},
                    "override_reason": reason,
                }
            )
        parts = self._kpi("compliance")["parts"]
        self.assertEqual((parts["done"], parts["breaches"]), (4, 2))
        self.assertEqual((parts["overridden"], parts["in_hours"]), (1, 75))
        self.assertIsNone(parts["no_notice"])

    def test_settings_of_two_figures(self):
        early = self._overdue_invoice(self.debtor, 100, 10)
        self._pay(early, date=self._day(-20))
        late = self._overdue_invoice(self.debtor, 100, 30)
        self._pay(late, date=self._day(-10))
        self.assertEqual(self._kpi("days_late_paid")["value"], 5)
        self.company.recovery_early_zero = True
        self.assertEqual(self._kpi("days_late_paid")["value"], 10)
        unpaid = self._overdue_invoice(
            self._debtor("Slow"), 300, 60, invoice_date=self._day(-100)
        )
        first = (unpaid.date - self._day(0)) // timedelta(days=1)
        self.assertIsNone(self._kpi("at_risk", first, first)["value"])
        self.company.recovery_risk_issued = True
        self.assertEqual(self._kpi("at_risk", first, first)["value"], 100)

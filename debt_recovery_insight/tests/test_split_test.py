from itertools import count
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools import split_test as rules
from .test_step_effect import StepCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestSplitTest(StepCommon):
    """Two strategies, or two texts, for customers chosen by chance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtors = cls.debtor
        for number in range(9):
            debtor = cls._debtor(f"Customer {number}")
            cls._overdue_invoice(debtor, 1000, 20)
            cls.debtors |= debtor
        cls.other = cls.strategy.copy({"name": "Faster", "is_default": False})
        cls.other.write(
            {
                "partner_category_id": False,
                "applies_to": "any",
                "maximum_units": 0,
                "top_percent": 0,
            }
        )
        cls._go_live(cls.company, cls.other)

    def _test(self, **kw):
        vals = {
            "name": "Faster",
            "company_id": self.company.id,
            "strategy_id": self.strategy.id,
            "strategy_b_id": self.other.id,
            "date_start": self._day(0),
            "days": 10,
            "salt": self._fair_salt(),
            **kw,
        }
        tests = self.env["debt.recovery.split.test"].with_user(self.manager)
        return tests.with_context(recovery_today=self._day(0)).create(vals)

    def _fair_salt(self):
        """Half of the customers in each variant, whatever their ids."""
        half = len(self.debtors) // 2
        salts = (str(number) for number in count())
        return next(
            salt
            for salt in salts
            if [rules.variant(salt, key) for key in self.debtors.ids].count("b") == half
        )

    def _cases(self):
        return self.env["debt.recovery.case"].search(
            [("partner_id", "in", self.debtors.ids)]
        )

    def _started(self, **kw):
        """A running test; the run of day 0 opened the cases."""
        test = self._test(**kw)
        test.action_start()
        self._run()
        return test

    def _variant(self, test, partner):
        return rules.variant(test.salt, partner.id, test.percent_b)

    def test_chance_decides_and_nobody_changes(self):
        test = self._started()
        wanted = {"a": self.strategy, "b": self.other}
        for days in (0, 1, 5):
            self._run(days)
            for case in self._cases():
                variant = self._variant(test, case.partner_id)
                self.assertEqual(case.strategy_id, wanted[variant])
        members = test.member_ids
        self.assertEqual(members.partner_id, self.debtors)
        for member in members:
            self.assertEqual(member.variant, self._variant(test, member.partner_id))
            self.assertEqual(member.date_entry, self._day(0))

    def test_what_was_going_on_goes_on(self):
        self._run(-1)
        test = self._started(percent_b=99)
        self.assertEqual(self._cases().strategy_id, self.strategy)
        self.assertFalse(test.member_ids)

    def test_a_choice_by_hand_stays_and_is_left_out(self):
        self.debtor.with_company(self.company).recovery_strategy_id = self.strategy
        test = self._started(percent_b=99)
        case = self._case()
        self.assertEqual(case.strategy_id, self.strategy)
        member = test.member_ids.filtered(lambda m: m.partner_id == self.debtor)
        self.assertEqual(member.exclusion, "by_hand")

    def test_hold_and_agreement_of_the_first_day_are_left_out(self):
        test = self._started()
        test.member_ids.sudo().unlink()
        held, agreed = self._cases()[:2]
        self._hold("goodwill", held, date_from=self._day(0), date_to=self._day(3))
        agreed._take_promise(self._day(3), 100)
        self._run(1)
        out = {m.case_id: m.exclusion for m in test.member_ids if m.exclusion}
        self.assertEqual(out, {held: "hold", agreed: "agreement"})
        self.assertEqual(test.excluded_count, 2)

    def test_reading_who_is_left_out_costs_the_same_for_all(self):
        test = self._started()
        cases = self._cases()
        members = self.env["debt.recovery.split.member"].sudo()

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            entries = [(case, self._day(case.id % 3)) for case in some]
            members._read_exclusions(test.sudo(), entries)
            return self.env.cr.sql_log_count - before

        queries(cases)
        few = queries(cases[:2])
        for case in cases[2:]:
            self._hold("goodwill", case, date_from=self._day(0))
        self.assertLessEqual(queries(cases), few + 2)  # types of the holds found

    def test_end_returns_everybody(self):
        test = self._started()
        self.assertTrue(self._cases().filtered(lambda c: c.strategy_id == self.other))
        test.action_keep_a()
        self._run(1)
        self.assertEqual(self._cases().strategy_id, self.strategy)
        self.assertFalse(self.strategy.split_note)

    def test_end_with_b_moves_everybody_until_archived(self):
        test = self._started()
        test.action_keep_b()
        self._run(1)
        self.assertEqual(self._cases().strategy_id, self.other)
        self.assertIn("wherever the rules say", self.strategy.split_note)
        test.active = False
        self._run(2)
        self.assertEqual(self._cases().strategy_id, self.strategy)

    def test_paid_is_judged_from_the_ledger_when_the_days_are_over(self):
        test = self._started()
        members = test.member_ids
        self.assertEqual(set(members.mapped("outcome")), {"early"})
        moves = self.env["account.move"].search(
            [("partner_id", "in", members.partner_id.ids)], order="id"
        )
        half, little, late = moves[:3]
        self._pay(half, amount=half.amount_total / 2, date=self._day(10))
        self._pay(little, amount=10, date=self._day(2))
        self._pay(late, date=self._day(11))
        later = members.with_context(recovery_today=self._day(11))
        later.invalidate_recordset()
        found = {m.partner_id: m.outcome for m in later}
        self.assertEqual(found[half.partner_id], "paid")
        self.assertEqual(found[little.partner_id], "unpaid")
        self.assertEqual(found[late.partner_id], "unpaid")
        self._receivable_line(half).matched_credit_ids.unlink()
        later.invalidate_recordset()
        judged = later.filtered(lambda m: m.partner_id == half.partner_id)
        self.assertEqual(judged.outcome, "unpaid")

    def test_small_samples_get_a_sentence_not_a_verdict(self):
        test = self._started().with_context(recovery_today=self._day(20))
        self.assertFalse(test.has_verdict)
        missing = rules.needed(15) - test.size_a
        self.assertIn(f"{missing} more customers are missing in A", test.verdict)
        self.assertEqual(test.size_a + test.size_b, 10)
        self.assertTrue(test.size_a and test.size_b)

    def test_enough_customers_get_a_verdict(self):
        test = self._started().with_context(recovery_today=self._day(20))
        paid = self.env["account.move"].search(
            [
                (
                    "partner_id",
                    "in",
                    test.member_ids.filtered(lambda m: m.variant == "b").partner_id.ids,
                )
            ]
        )
        for move in paid:
            self._pay(move, date=self._day(3))
        test.invalidate_recordset()
        with (
            patch.object(rules, "needed", lambda difference: 2),
            patch.object(rules, "EXPECTED", 1),
        ):
            self.assertEqual(test.winner, "b", test.verdict)
            self.assertIn("B is better", test.verdict)

    def test_two_texts_of_a_step(self):
        second = self.steps["rem1"].template_id.copy({"name": "Second text"})
        test = self._test(
            kind="template",
            step_id=self.steps["rem1"].id,
            template_b_id=second.id,
            strategy_id=False,
            strategy_b_id=False,
        )
        test.action_start()
        step = self.steps["rem1"]
        texts = {"a": step.template_id, "b": second}
        cases = self.env["debt.recovery.case"]
        for debtor in self.debtors:
            case = self._case(debtor)
            cases |= case
            wanted = texts[self._variant(test, debtor)]
            self.assertEqual(step._template_for(case), wanted)
        self._step("rem1", 1)
        self._step("rem2", 1)
        test.action_refresh()
        self.assertEqual(test.member_ids.partner_id, self.debtor)
        self.assertEqual(test.member_ids.date_entry, self._day(1))
        test.action_keep_a()
        self.assertEqual({step._template_for(case) for case in cases}, {texts["a"]})

    def test_bad_input(self):
        with self._refused("from 1 to 99", ValidationError):
            self._test(percent_b=100)
        with self._refused("exchange", ValidationError):
            self._test(date_end=self._day(-3))
        with self._refused("same strategy"):
            self._test(strategy_b_id=self.strategy.id).action_start()
        with self._refused("conditions of its own"):
            self.other.maximum_units = 4
            self._test().action_start()
        self.other.maximum_units = 0
        self.other._back_to_shadow(self.company)
        with self._refused("in shadow"):
            self._test().action_start()
        self._go_live(self.company, self.other)
        test = self._test()
        test.action_start()
        with self._refused("already decides"):
            self._test().action_start()
        with self._refused("has begun: what it compares"):
            test.days = 3
        with self._refused("end it first"):
            test.active = False
        with self._refused("archive", UserError):
            test.unlink()

    def test_who_may(self):
        test = self._test()
        with self.assertRaises(AccessError):
            test.with_user(self.auditor).action_start()
        with self.assertRaises(AccessError):
            test.with_user(self.officer).read(["name"])
        self.assertEqual(test.with_user(self.auditor).verdict, test.verdict)

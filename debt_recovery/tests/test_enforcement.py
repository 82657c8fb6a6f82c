from datetime import timedelta

from .legal_common import MONDAY, LegalCommon


class TestEnforcement(LegalCommon):
    """Getting the money of a judgment, as the legal liaison."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employer = cls.env["res.partner"].create({"name": "Employer Inc"})

    def setUp(self):
        super().setUp()
        self.judged = self._judged()

    def _measure(self, **vals):
        return self.judged.env["debt.recovery.enforcement"].create(
            {
                "legal_case_id": self.judged.id,
                "third_id": self.employer.id,
                "amount": 10000,
                **vals,
            }
        )

    def _running(self, **vals):
        measure = self._measure(**vals)
        measure.action_order()
        measure.action_run()
        return measure

    def _withheld(self, measure, amount, **vals):
        return measure.env["debt.recovery.enforcement.receipt"].create(
            {"enforcement_id": measure.id, "amount": amount, **vals}
        )

    def test_ordering_moves_the_case_and_plans_a_review(self):
        self._running()
        self.assertEqual(self.judged.phase, "enforce")
        self.assertIn("review", self._planned(self.judged))

    def test_against_a_vulnerable_person_only_a_manager_orders(self):
        measure = self._measure()
        case = self.record.with_user(self.officer)
        (flag,) = case._place_hold("vulnerable", "Told by her doctor")
        with self._refused("flagged as vulnerable: ask a manager"):
            measure.action_order()
        self.assertEqual(measure.state, "planned")
        measure.with_user(self.manager).action_order()
        self.assertEqual(measure.state, "ordered")
        flag.sudo()._release("Well again", self.today)
        other = self._measure()
        other.action_order()
        self.assertEqual(other.state, "ordered", "the liaison alone, once it is over")

    def test_limit_of_the_wage_as_in_I15(self):
        measure = self._measure(earnings=300, pay_period="weekly")
        self.assertEqual(measure.limit_id.name, "United States (federal)")
        self.assertEqual((measure.wage_protected, measure.wage_limit), (217.5, 75))
        measure.write({"earnings": 1500, "pay_period": "monthly"})
        self.assertEqual((measure.wage_protected, measure.wage_limit), (942.5, 375))
        measure.debt_kind = "tax"
        self.assertIn("no limit", measure.wage_note)

    def test_state_that_bars_it_warns(self):
        self.debtor.state_id = self.env.ref("base.state_us_44")
        measure = self._measure(earnings=800)
        self.assertEqual(measure.wage_limit, 0)
        self.assertIn("Texas bars", measure.wage_note)

    def test_withheld_is_with_the_employer_until_remitted(self):
        measure = self._running(earnings=300)
        receipt = self._withheld(measure, 75, reference="Week 23")
        self.assertEqual((measure.amount_collected, measure.amount_received), (75, 0))
        self.assertEqual(self.judged.amount_with_third, 75)
        self.assertEqual(self.judged.amount_recovered, 0)
        with self._refused("still with Employer Inc"):
            measure.action_end()
        payment = self._pay(self.old, 75)
        receipt.sudo().payment_id = payment
        self.assertEqual((measure.amount_received, measure.amount_with_third), (75, 0))
        self.judged.invalidate_recordset()
        self.assertEqual(self.judged.amount_recovered, 75)
        payment.action_draft()
        payment.action_cancel()
        self.env.cr.precommit.run()
        self.assertEqual((measure.amount_received, measure.amount_with_third), (0, 75))

    def test_above_the_limit_is_red_and_a_payment_counts_once(self):
        measure = self._running(earnings=300)
        first = self._withheld(measure, 80)
        self.assertTrue(first.over_limit)
        payment = self._customer_payment(self.debtor, 80)
        first.sudo().payment_id = payment
        second = self._withheld(measure, 70)
        with self._refused("is linked to"):
            second.sudo().payment_id = payment

    def test_dividend_of_an_insolvency(self):
        measure = self._measure(
            kind="insolvency", amount_admitted=8000, dividend_percent=4.5
        )
        self.assertEqual(measure.amount_dividend, 360)
        with self._refused("between 0 and 100"):
            measure.dividend_percent = 101

    def test_nothing_without_a_judgment_or_after_the_title_ended(self):
        measure = self._measure()
        self.judged.title_valid_until = MONDAY + timedelta(days=10)
        with self._refused("title of .* ended"):
            self._later(measure, 20).action_order()
        self.judged.event_ids.filtered(lambda e: e.kind == "judgment").action_undo()
        with self._refused("no judgment yet"):
            measure.action_order()

    def test_money_after_closing_is_refused_with_a_sentence(self):
        measure = self._running()
        self.judged._close("unenforceable", "No assets")
        with self._refused("closed: reopen it"):
            self._withheld(measure, 10)

    def test_ended_and_reopened(self):
        measure = self._running()
        measure.action_fail()
        self.assertEqual((measure.state, measure.date_ended), ("failed", MONDAY))
        with self._refused("has ended: reopen it"):
            self._withheld(measure, 10)
        measure.action_reopen()
        self._withheld(measure, 10)
        with self._refused("cannot be deleted"):
            measure.unlink()

    def test_paid_is_refused_while_somebody_holds_money(self):
        measure = self._running()
        self._withheld(measure, 100)
        self._pay(self.old | self.young, 10000, group_payment=True)
        self.judged.invalidate_recordset()
        with self._refused("still with third parties"):
            self.judged._close("paid")

"""Charges as people meet them: counted from the ledger."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestCharge(ChargeCommon):
    """Counting from the ledger."""

    def test_nothing_is_claimed_before_a_rule_is_chosen(self):
        self.company.recovery_charge_rule_ids = False
        self._run()
        self.assertFalse(self._count())

    def test_the_daily_run_counts_and_the_case_shows_it(self):
        self._run()
        charge = self.charges.search([])
        self.assertEqual((charge.amount, charge.amount_open), (30, 30))
        self.assertEqual(charge.detail[0]["days"], 30)
        case = self.case.with_user(self.officer)
        term = case.bridge["beside"][-1]
        self.assertEqual((term["name"], case.amount_charges), ("charges", 30))
        self.assertEqual(case.action_open_charges()["domain"][0][2], case.ids)

    def test_grows_with_the_day_and_is_counted_once(self):
        self._count()
        self.assertEqual(self._count(5).amount, 35)

    def test_a_part_payment_bears_none_and_comes_back_when_undone(self):
        payment = self._pay(self.invoice, 400, date=MONDAY - timedelta(days=10))
        self.assertEqual(self._count().amount, 20 + 6)
        payment.action_draft()
        self.assertEqual(self._count().amount, 30)

    def test_paying_the_invoice_leaves_the_claim(self):
        self._count()
        self._pay(self.invoice, date=MONDAY)
        self.env["debt.recovery.case"]._refresh_marked()
        charge = self._count(10)
        self.assertEqual((charge.amount_open, charge.is_final), (30, True))
        self.assertEqual(self.case.state, "closed")

    def test_holds_that_stop_charges(self):
        """Hardship stops interest, a goodwill pause does not; its end starts it."""
        since = MONDAY - timedelta(days=9)
        hold = self._hold("hardship", self.case, date_from=since)
        hold.date_to = MONDAY + timedelta(days=20)
        self._hold("goodwill", self.case, date_from=since)
        self.assertEqual(self._count().amount, 20)
        hold._release("Over", MONDAY)
        self.assertEqual(self._count(1).amount, 20 + 2)

    def test_C10_no_interest_for_the_sixty_days_of_a_breathing_space(self):
        first, last = MONDAY + timedelta(days=1), MONDAY + timedelta(days=60)
        self._hold("moratorium", self.case, date_from=first, date_to=last)
        self.assertEqual(self._count(60).amount, 30)
        self.assertEqual(self._count(61).amount, 31)
        self.assertEqual(self._count(90).amount, 30 + 30)

    def test_a_disputed_part_bears_none_until_it_is_withdrawn(self):
        dispute = self.env["debt.recovery.dispute"].create(
            {
                "case_id": self.case.id,
                "name": "Damaged",
                "date_opened": MONDAY - timedelta(days=9),
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "move_line_id": self._receivable_line(self.invoice).id,
                            "amount_currency": 400,
                        },
                    )
                ],
            }
        )
        self.assertEqual(self._count().amount, 20 + 6)
        dispute.action_withdraw()
        self.assertEqual(self._count().amount, 30)

    def test_in_the_currency_of_the_invoice(self):
        currency = self._setup_currency(rate=2.0)
        self._overdue_invoice(self.debtor, 500, 10, currency=currency)
        foreign = self._count().filtered(lambda c: c.currency_id == currency)
        self.assertEqual(foreign.amount, 5)
        self.assertEqual(self.case.amount_charges, 30 + 2.5)

    def test_a_missing_rate_is_said_and_stops_nobody(self):
        reference = self.env["debt.recovery.charge.reference"].create(
            {
                "name": "House rate",
                "rate_ids": [
                    (
                        0,
                        0,
                        {
                            "date_from": "2024-01-01",
                            "date_to": "2025-02-10",
                            "percent": 1,
                        },
                    )
                ],
            }
        )
        late = self.rule.copy({"name": "House", "reference_id": reference.id})
        self.company.recovery_charge_rule_ids += late
        charges = self._count()
        house = charges.filtered(lambda c: c.rule_id == late)
        self.assertIn("no rate of “House rate” for 02/11/2025", house.problem)
        self.assertEqual((charges - house).amount, 30)
        reference.rate_ids.date_to = date(2025, 12, 31)
        self._count()
        self.assertFalse(house.problem)
        self.assertTrue(house.amount)

    def test_what_was_credited_never_bore_interest(self):
        """A credit note lowers the invoice from its due date on, a dispute about the
        same money does not count twice."""
        line = self._receivable_line(self.invoice)
        dispute = self.case._open_dispute(
            "dispute",
            self.env.ref("debt_recovery.dispute_category_quality"),
            [(line, 400)],
        )
        credit = self._credit_note(self.debtor, 400)
        (line | self._receivable_line(credit)).reconcile()
        self.assertEqual(self._count().amount, 18)
        self.assertEqual(self._count(10).amount, 24)
        line.remove_move_reconcile()
        dispute.action_withdraw()
        self.assertEqual(self._count(10).amount, 40)

    def test_no_compensation_arises_while_a_hold_stops_charges(self):
        self.company.recovery_charge_rule_ids = self.env.ref(
            "debt_recovery_charge.charge_rule_eu_40"
        )
        hold = self._hold("hardship", self.case, date_from=MONDAY - timedelta(days=9))
        self.assertFalse(self._count())
        hold._release("Over", MONDAY)
        self.assertEqual(self._count().amount, 40)

    def test_queries_do_not_grow_with_the_items(self):
        """What a rule counts with is read once for a batch."""
        self._overdue_invoice(self.debtor, 100, 20)
        self._count()

        def queries(days):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._count(days)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = queries(1)
        for _number in range(15):
            self._overdue_invoice(self.debtor, 100, 20)
        self._count(1)
        self.assertLessEqual(queries(2), few + 3)

    def test_compensation_by_size_in_its_own_currency(self):
        euro = self._setup_currency(rate=2.0)
        rule = self.env.ref("debt_recovery_charge.charge_rule_eu_40")
        rule.currency_id = euro
        self.company.recovery_charge_rule_ids = rule
        self.assertEqual(self._count().amount, 20)

    def test_rules_for_businesses_leave_consumers_alone(self):
        self.rule.debtors = "business"
        person = self._debtor("Jane Doe", is_company=False)
        self._overdue_invoice(person, 1000, 30)
        self._case(person)
        self.assertEqual(self._count().partner_id, self.debtor)

    def test_merged_customers_keep_their_charges(self):
        self._count()
        other = self._debtor("Other Ltd")
        self._overdue_invoice(other, 100, 10)
        target = self._case(other)
        self.case._merge_into(target)
        self.assertEqual(self.charges.search([]).case_id, target)

    # BAD INPUT

    def test_contradictory_rule(self):
        with self._refused("interest on interest needs a rate that follows"):
            self.rule.write({"compounding": "yearly", "reset": "fixed"})
        with self._refused("must end with one row without limit"):
            self.rule.kind = "compensation"
        fixed = self.env.ref("debt_recovery_charge.charge_rule_eu_40")
        with self._refused("a fixed sum bears no interest on interest"):
            fixed.compounding = "yearly"
        for vals in ({"grace_days": -1}, {"minimum": -1}, {"rounding_step": -0.5}):
            with self._refused("must not be negative"):
                self.rule.write(vals)
        with self._refused("would end before it starts"):
            self.rule.write({"date_from": "2025-02-01", "date_to": "2025-01-01"})

    def test_overlapping_rates(self):
        reference = self.env.ref("debt_recovery_charge.charge_reference_ecb")
        with self._refused("periods must not overlap", ValidationError):
            reference.rate_ids = [
                (
                    0,
                    0,
                    {
                        "date_from": "2026-12-31",
                        "date_to": "2027-06-30",
                        "percent": 2,
                    },
                )
            ]

    # RIGHTS

    def test_officers_see_the_charges_of_their_cases(self):
        charge = self._count()
        self.assertEqual(charge.with_user(self.officer).amount, 30)
        with self.assertRaises(AccessError):
            charge.with_user(self.other_officer).read(["amount"])
        with self.assertRaises(AccessError):
            charge.with_user(self.officer).amount = 1
        self.assertEqual(charge.with_user(self.auditor).amount, 30)

"""Charges as people meet them: counted from the ledger, waived, billed, taken back."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user

from odoo.addons.debt_recovery.tests.run_common import MONDAY, RecoveryRunCommon


class ChargeCommon(RecoveryRunCommon):
    """A company that claims 36.5 % a year (0.1 % a day) by contract; an invoice of
    1,000 that is 30 days late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["debt.recovery.charge.rule"].create(
            {
                "name": "House terms",
                "debtors": "any",
                "margin": 36.5,
                "legal_basis": "Terms, clause 7",
            }
        )
        cls.company.recovery_charge_rule_ids = cls.rule
        cls.company.recovery_charge_account_id = cls.company_data[
            "default_account_revenue"
        ]
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 30)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.charges = cls.env["debt.recovery.charge"]

    def _count(self, days=0):
        """Count as the daily run does, ``days`` later."""
        day = MONDAY + timedelta(days=days)
        company = self.company.with_context(recovery_today=day)
        charges = self.charges.sudo().with_context(recovery_today=day)
        charges._refresh_company(company)
        return self.charges.search([("company_id", "=", self.company.id)])


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


class TestWaiver(ChargeCommon):
    """Giving up charges, and taking it back."""

    def _waive(self, user, amount=None):
        charge = self._count()
        action = charge.with_user(user).action_waive()
        form = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )
        form.reason = "Goodwill"
        if amount is not None:
            form.amount = amount
        form.save().action_confirm()
        return charge

    def test_officer_within_the_limit(self):
        charge = self._waive(self.officer, 10)
        self.assertEqual((charge.amount_waived, charge.amount_open), (10, 20))
        self.assertEqual(self._count(1).amount_open, 21)

    def test_taken_back(self):
        charge = self._waive(self.officer)
        self.assertEqual(charge.amount_open, 0)
        waiver = self.env["debt.recovery.charge.waiver"].search([])
        waiver.with_user(self.officer).action_undo()
        self.assertEqual((charge.amount_open, waiver.state), (30, "undone"))
        with self._refused("Only charges that were given up"):
            waiver.action_undo()

    def test_beyond_the_limit_a_manager_decides(self):
        self._overdue_invoice(self.debtor, 5000, 30)
        self._count()
        charges = self.charges.search([])
        wizard = self.env["debt.recovery.charge.waive"].with_user(self.officer)
        wizard = wizard.create({"charge_ids": charges.ids, "reason": "Large customer"})
        self.assertEqual(wizard.amount, 180)
        wizard.action_confirm()
        self.assertEqual(sum(charges.mapped("amount_open")), 180)
        approval = self.env["debt.recovery.approval"].search(
            [("kind", "=", "waive_charge")]
        )
        approval.with_user(self.manager).action_approve()
        self.assertEqual(sum(charges.mapped("amount_open")), 0)

    def test_more_than_is_open(self):
        with self._refused("Only .*30.00 of these charges is open"):
            self._waive(self.officer, 31)
        with self._refused("above zero"):
            self._waive(self.officer, 0)


class TestBill(ChargeCommon):
    """Debit notes, their end, and what they must not do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = new_test_user(
            cls.env,
            "dr_biller",
            groups="account.group_account_invoice,debt_recovery.group_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _bill(self):
        charge = self._count()
        wizard = self.env["debt.recovery.charge.bill"].with_user(self.biller)
        wizard.create({"charge_ids": charge.ids, "date": MONDAY}).action_confirm()
        return charge, charge.bill_line_ids.move_id

    def test_draft_debit_note(self):
        charge, move = self._bill()
        self.assertEqual((move.state, move.amount_total), ("draft", 30))
        self.assertIn("clause 7", move.invoice_line_ids.name)
        self.assertEqual((charge.amount_billed, charge.amount_open), (30, 0))

    def test_bears_no_interest_itself(self):
        _charge, move = self._bill()
        move.invoice_date_due = MONDAY
        move.action_post()
        self._case()
        self.assertEqual(len(self._count(20)), 1)

    def test_cancelled_or_credited_opens_it_again(self):
        charge, move = self._bill()
        move.button_cancel()
        self.assertEqual(charge.amount_open, 30)
        charge, _cancelled = self._bill()
        move = charge.bill_line_ids.move_id.filtered(lambda m: m.state == "draft")
        move.action_post()
        self.assertEqual(charge.amount_open, 0)
        refund = move._reverse_moves([{"invoice_date": MONDAY}], cancel=True)
        self.assertEqual(refund.state, "posted")
        self.assertEqual(charge.amount_open, 30)

    def test_officers_and_missing_account(self):
        charge = self._count()
        wizard = self.env["debt.recovery.charge.bill"]
        with self._refused("billed by a recovery manager"):
            wizard.with_user(self.officer).create(
                {"charge_ids": charge.ids}
            ).action_confirm()
        self.company.recovery_charge_account_id = False
        with self._refused("Choose the account for charges"):
            wizard.with_user(self.biller).create(
                {"charge_ids": charge.ids}
            ).action_confirm()


class TestCalculator(ChargeCommon):
    """The calculator beside the books."""

    def test_shows_total_and_segments(self):
        form = Form(self.env["debt.recovery.charge.calculate"].with_user(self.officer))
        form.rule_id = self.env.ref("debt_recovery_charge.charge_rule_de_b2b")
        form.amount = 5000
        form.date_due = date(2024, 11, 15)
        form.date_until = date(2025, 8, 20)
        self.assertEqual((form.total, len(form.detail)), (429.13, 3))
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "debt_recovery_charge.report_interest_certificate", form.save().ids
        )
        self.assertIn("BGB § 288", html.decode())

    def test_reminder_before_rates_end(self):
        reference = self.env.ref("debt_recovery_charge.charge_reference_ecb")
        reference.rate_ids.filtered(lambda r: r.date_to.year > 2024).unlink()
        self.rule.reference_id = reference
        self.company.recovery_escalate_user_id = self.manager
        for _twice in range(2):
            reference._cron_remind()
        self.assertEqual(reference.activity_ids.user_id, self.manager)
        self.assertEqual(len(reference.activity_ids), 1)

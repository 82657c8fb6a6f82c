"""How charges end: waived, billed, and both taken back; the calculator beside them."""

from datetime import date

from odoo.tests import Form, new_test_user

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


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

    def test_not_into_a_locked_period(self):
        self.company.fiscalyear_lock_date = MONDAY
        with self._refused("locked until 03/03/2025: choose a later day"):
            self._bill()
        self.assertEqual(self._count().amount_open, 30)

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
        clerk = new_test_user(
            self.env,
            "dr_clerk",
            groups="account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        refund = move.with_user(clerk)._reverse_moves(
            [{"invoice_date": MONDAY}], cancel=True
        )
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

    def test_starts_from_the_case_or_the_invoice(self):
        model = self.env["debt.recovery.charge.calculate"].with_user(self.officer)
        for record in (self.case, self.invoice):
            form = Form(
                model.with_context(active_model=record._name, active_id=record.id)
            )
            self.assertEqual((form.amount, form.total), (1000, 30))

    def test_certificate_of_a_charge(self):
        charge = self._count()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "debt_recovery_charge.report_charge_certificate", charge.ids
        )
        self.assertIn(self.invoice.name, html.decode())
        page = charge.with_user(self.officer)._certificate_page()
        self.assertEqual((page["total"], page["rows"][0]["days"]), ("$\xa030.00", 30))
        self.assertIn(("Invoice", self.invoice.name), page["facts"])

    def test_reminder_before_rates_end(self):
        reference = self.env.ref("debt_recovery_charge.charge_reference_ecb")
        reference.rate_ids.filtered(lambda r: r.date_to.year > 2024).unlink()
        self.rule.reference_id = reference
        self.company.recovery_escalate_user_id = self.manager
        for _twice in range(2):
            reference._cron_remind()
        self.assertEqual(reference.activity_ids.user_id, self.manager)
        self.assertEqual(len(reference.activity_ids), 1)

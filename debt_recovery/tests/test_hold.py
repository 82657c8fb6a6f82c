from datetime import timedelta

from odoo.tests import Form

from .common import DebtRecoveryCommon


class HoldCommon(DebtRecoveryCommon):
    """A debtor with two invoices, one case of the officer, and a hold to fill in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._overdue_invoice(cls.debtor, 1000, 20)
        cls.other_invoice = cls._overdue_invoice(cls.debtor, 400, 10)
        cls.case = cls._case(cls.debtor, user_id=cls.officer.id)
        cls.Hold = cls.env["debt.recovery.hold"]

    def _type(self, code):
        return self.env.ref(f"debt_recovery.hold_type_{code}")

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _vals(self, code="goodwill", days=5, **kw):
        vals = {
            "type_id": self._type(code).id,
            "case_id": self.case.id,
            "reason": "Test",
            "date_from": self.today,
            "date_to": self._day(days),
        }
        return {**vals, **kw}

    def _place(self, user, *args, **kw):
        return self.Hold.with_user(user).create(self._vals(*args, **kw))


class TestHold(HoldCommon):
    """Holds by scope and day, what they do to the amount, and how they are placed."""

    # VALIDITY

    def test_valid_between_its_days(self):
        """First and last day count; a release ends it on that very day."""
        hold = self._hold("goodwill", self.case, date_from=self._day(1))
        hold.date_to = self._day(3)
        for days, runs in ((0, False), (1, True), (3, True), (4, False)):
            with self.subTest(days=days):
                seen = self._at(hold, days)
                self.assertEqual(seen.active_today, runs)
                found = seen.search([("active_today", "=", True), ("id", "=", hold.id)])
                self.assertEqual(bool(found), runs)
                gone = seen.search([("active_today", "=", False), ("id", "=", hold.id)])
                self.assertEqual(bool(gone), not runs)
        hold._release("Withdrawn", self._day(2))
        self.assertTrue(self._at(hold, 1).active_today)
        self.assertFalse(self._at(hold, 2).active_today)

    def test_without_end_runs_until_released(self):
        hold = self._hold("cease", self.case)
        self.assertTrue(self._at(hold, 1000).active_today)
        hold._release("Withdrawn in writing")
        self.assertFalse(hold.active_today)
        self.assertEqual(hold.date_released, self.today)

    # SCOPES

    def test_scope_follows_what_is_filled_in(self):
        line = self._receivable_line(self.invoice)
        contact = self._contact(self.debtor)
        sources = {
            "line": {"move_line_id": line.id},
            "invoice": {"move_id": self.invoice.id},
            "case": {"case_id": self.case.id},
            "partner": {"partner_id": contact.id},
        }
        for scope, source in sources.items():
            with self.subTest(scope=scope):
                vals = self._vals("internal")
                vals.pop("case_id")
                hold = self.Hold.create({**vals, **source})
                self.assertEqual(hold.scope, scope)
                self.assertEqual(hold.partner_id, self.debtor)
                expected = self.company.browse() if scope == "partner" else self.company
                self.assertEqual(hold.company_id, expected)

    def _figures(self, field="amount_collectable"):
        self.env.cr.flush()
        self.env.invalidate_all()
        return self.case[field]

    def test_line_hold_takes_only_its_line(self):
        line = self._receivable_line(self.other_invoice)
        hold = self._hold(
            "payment_trace", self.case, move_line_id=line.id, scope="line"
        )
        self.assertEqual(self._figures("amount_held"), 400)
        self.assertEqual(self._figures(), 1000)
        hold._release("Nothing found")
        self.assertEqual(self._figures("amount_held"), 0)
        self.assertEqual(self._figures(), 1400)

    def test_invoice_hold_takes_the_invoice(self):
        self._hold("internal", self.case, move_id=self.invoice.id, scope="invoice")
        self.assertEqual(self._figures("amount_held"), 1000)

    def test_case_and_customer_hold_take_everything(self):
        hold = self._hold("goodwill", self.case)
        self.assertEqual(self._figures("amount_held"), 1400)
        hold._release("Enough")
        self._hold("cease", partner_id=self.debtor.id, scope="partner")
        self.assertEqual(self._figures("amount_held"), 1400)

    def test_customer_hold_counts_in_every_company(self):
        self._setup_company_2()
        self._overdue_invoice(self.debtor, 70, 10, company=self.company_2)
        case_2 = self._case(self.debtor, company=self.company_2)
        self._hold("cease", partner_id=self.debtor.id, scope="partner")
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(case_2.amount_held, 70)
        self.assertEqual(self.case.amount_held, 1400)

    def test_case_hold_stays_in_its_company(self):
        self._setup_company_2()
        self._overdue_invoice(self.debtor, 70, 10, company=self.company_2)
        case_2 = self._case(self.debtor, company=self.company_2)
        self._hold("goodwill", self.case)
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(case_2.amount_held, 0)

    def test_hold_that_only_stops_contact_leaves_the_amount(self):
        hold_type = self._type("goodwill").copy({"stop_strategy": "none", "name": "C"})
        self._hold(hold_type.code, self.case, date_to=self._day(3))
        self.assertEqual(self._figures("amount_held"), 0)

    # PROGRAM AND SCREEN

    def test_program_places_what_people_may_not(self):
        case = self.case.with_user(self.officer)
        hold = case._place_hold("copy_sent", "Copies sent")
        self.assertEqual(hold.user_id, self.officer)
        self.assertEqual(hold.scope, "case")
        calendar = self.company._recovery_calendar(self.today, self._day(20))
        self.assertEqual(hold.date_to, calendar.add_working_days(self.today, 3))
        self.assertFalse(hold.env.su)

    def test_program_narrows_to_a_line(self):
        line = self._receivable_line(self.invoice)
        hold = self.case._place_hold(
            "payment_trace", "Says paid", move_line_id=line.id, date_to=self._day(2)
        )
        self.assertEqual((hold.scope, hold.move_id), ("line", self.invoice))
        self.assertEqual(hold.date_to, self._day(2))

    def test_review_is_no_end(self):
        """Where the table says review, the hold stays until somebody ends it."""
        hold = self.case._place_hold("deceased", "Told by the family")
        self.assertFalse(hold.date_to)
        self.assertEqual(hold.date_review, self._day(30))

    def test_unknown_type(self):
        with self._refused("hold type “nonsense” is missing"):
            self.case._place_hold("nonsense", "x")

    def test_story_on_the_case(self):
        before = self.case.message_ids
        hold = self._place(self.officer)
        hold._release("Paid by phone")
        notes = self.case.message_ids - before
        self.assertEqual(len(notes), 2)
        self.assertIn("Hold placed: Goodwill pause", notes.sorted("id")[0].body)

    def _wizard(self, records, user=None):
        context = {"active_model": records._name, "active_ids": records.ids}
        wizard = self.env["debt.recovery.hold.place"].with_user(user or self.officer)
        return Form(wizard.with_context(**context))

    def test_wizard_on_case(self):
        form = self._wizard(self.case)
        form.type_id = self._type("goodwill")
        self.assertEqual(form.date_to, self._day(7))
        self.assertIn("strategy", form.effect)
        form.reason = "Director asked"
        form.save().action_place()
        hold = self.case.hold_ids
        self.assertEqual(hold.date_to, self._day(7))
        self.assertEqual(hold.user_id, self.officer)

    def test_wizard_on_invoices_lines_and_customer(self):
        invoices = self.invoice | self.other_invoice
        lines = self._receivable_line(invoices)
        rows = self.env["debt.recovery.receivable"].browse(lines.ids)
        for records, scope, number in (
            (invoices, "invoice", 2),
            (lines, "line", 2),
            (rows, "line", 2),
            (self.debtor, "partner", 1),
        ):
            with self.subTest(model=records._name):
                before = self.case.hold_ids
                form = self._wizard(records)
                form.type_id = self._type("internal")
                form.reason = "Credit note follows"
                form.save().action_place()
                self.case.invalidate_recordset(["hold_ids"])
                holds = self.case.hold_ids - before
                self.assertEqual(len(holds), number)
                self.assertEqual(set(holds.mapped("scope")), {scope})
                holds.sudo()._release("Next round")

    def test_release_wizard(self):
        hold = self._place(self.officer)
        action = hold.action_release()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({"reason": "Settled"})
        )
        wizard.action_release()
        self.assertEqual(hold.release_reason, "Settled")
        self.assertFalse(hold.active_today)

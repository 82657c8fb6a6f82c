"""What a part payment is counted on, from the ledger to the claim."""

from datetime import timedelta

from odoo import Command
from odoo.tests import Form

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestPaymentOrder(ChargeCommon):
    """1,000 at 1.00 a day, 30 days late; 400 were paid ten days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payment = cls._pay(cls.invoice, 400, date=MONDAY - timedelta(days=10))

    def _legal_items(self):
        vals = {"case_id": self.case.id, "user_id": self.legal.id}
        legal = self.env["debt.recovery.legal.case"].sudo().create(vals)
        legal._refresh_items()
        return {item.kind: item.amount_currency for item in legal.item_ids}

    def test_principal_first_unless_the_rule_says_otherwise(self):
        charge = self._count()
        self.assertEqual(charge.amount, 26)
        self.assertEqual(self._legal_items(), {"principal": 600, "interest": 26})

    def test_interest_first(self):
        self.rule.payment_order = "interest"
        charge = self._count()
        self.assertEqual((charge.amount, charge.amount_open), (26.2, 26.2))
        (use,) = charge.payment_uses
        self.assertEqual((use["interest"], use["principal"]), ("20.00", "380.00"))
        self.assertEqual(self._legal_items(), {"principal": 620, "interest": 6.2})

    def test_costs_before_interest(self):
        self.rule.payment_order = "costs"
        eu_40 = self.env.ref("debt_recovery_charge.charge_rule_eu_40")
        self.company.recovery_charge_rule_ids += eu_40
        for _again in range(2):
            charges = self._count()
            interest = charges.filtered(lambda charge: charge.rule_id == self.rule)
            self.assertEqual(interest.amount, 26.6)
        self.assertEqual((charges - interest).amount_open, 40)
        self.assertEqual(self._legal_items(), {"principal": 660, "interest": 6.6})
        rows = self.case._recovery_claim_interest(
            self._receivable_line(self.invoice), MONDAY
        )
        found = {row["kind"]: row["amount"] for row in rows}
        self.assertEqual(found, {"interest": 26.6, "compensation": 40})

    def test_a_payment_taken_back_is_as_if_it_never_was(self):
        self.rule.payment_order = "interest"
        self._count()
        self.payment.action_draft()
        charge = self._count()
        self.assertEqual((charge.amount, charge.payment_uses), (30, False))

    def test_what_was_waived_is_not_paid_first(self):
        self.rule.payment_order = "interest"
        charge = self._count()
        charge.sudo().amount_waived = 20
        self.assertEqual(self._count().amount, 26)
        self.assertEqual(charge._paid_of("interest"), 0)

    def test_what_the_books_show_as_paid_grows_no_more(self):
        self.rule.payment_order = "interest"
        self._count()
        self._pay(self.invoice, 600, date=MONDAY)
        self.env["debt.recovery.case"]._refresh_marked()
        charge = self._count(20)
        self.assertEqual((charge.amount, charge.is_final), (26.2, True))

    def test_the_certificate_shows_it(self):
        self.rule.payment_order = "interest"
        page = self._count().with_user(self.officer)._certificate_page()
        self.assertEqual(page["payments"][0]["interest"], "$\xa020.00")
        self.assertIn(("Principal still owed", "$\xa0620.00"), page["left"])
        self.assertIn(("Interest still owed", "$\xa06.20"), page["left"])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "debt_recovery_charge.report_charge_certificate",
            self.charges.search([]).ids,
        )
        self.assertIn("What payments were counted on", html.decode())

    def test_the_calculator_takes_the_payments_of_the_invoice(self):
        self.rule.payment_order = "interest"
        model = self.env["debt.recovery.charge.calculate"].with_user(self.officer)
        context = {"active_model": "account.move", "active_id": self.invoice.id}
        form = Form(model.with_context(**context))
        self.assertEqual(
            (form.amount, form.total, form.total_owed), (1000, 26.2, 626.2)
        )
        form.costs = 40
        self.assertEqual((form.total, form.total_owed), (26.2, 666.2))
        self.rule.payment_order = "costs"
        wizard = form.save()
        self.assertEqual((wizard.total, wizard.total_owed), (26.6, 666.6))
        self.assertIn(
            ("Still owed in all", "$\xa0666.60"), wizard._certificate_page()["left"]
        )

    def test_the_calculator_refuses_a_minus_sign(self):
        wizard = self.env["debt.recovery.charge.calculate"].create(
            {
                "amount": 1000,
                "date_due": MONDAY - timedelta(days=30),
                "payment_ids": [Command.create({"date": MONDAY, "amount": -5})],
            }
        )
        self.assertIn("without a minus sign", wizard.problem)

    def test_interest_on_the_whole_invoice_has_no_order(self):
        with self._refused("does not depend on payments"):
            self.rule.write({"payment_order": "interest", "base": "original"})

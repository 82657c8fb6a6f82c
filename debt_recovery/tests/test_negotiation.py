from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestNegotiation(AgreementCommon):
    """What the customer can pay, answered with ways out, as an officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice.button_draft()
        cls.invoice.invoice_line_ids.price_unit = 4800
        cls.invoice.action_post()
        cls.record._refresh_figures()

    def _form(self, user=None, **vals):
        case = self._as(user or self.officer)
        action = case.action_negotiate()
        form = Form(case.env[action["res_model"]].with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def _cards(self, form):
        return {card["code"]: card for card in form.proposals}

    def _use(self, form, code):
        """The dialog that a card opens, filled in."""
        wizard = form.save()
        action = wizard.with_context(recovery_proposal=code).action_use()
        model = wizard.env[action["res_model"]].with_context(**action["context"])
        return Form(model)

    def test_P9_settle_or_plan(self):
        form = self._form(once=3360, per_month=400, joined="or")
        cards = self._cards(form)
        told, settled = cards["told"], cards["settlement"]
        self.assertEqual(told["figure"], "12 × $\xa0400.00")
        self.assertIn(["Worth today", "$\xa03,764.53"], told["rows"])
        self.assertIn(["Interest", "$\xa00.00"], told["rows"])
        self.assertEqual((told["best"], settled["best"]), ("Worth most", False))
        self.assertIn("$\xa0404.53 more", settled["reasons"][1])
        self.assertIn(["Waived", "$\xa01,440.00 (30 %)"], settled["rows"])

    def test_the_officer_sees_what_he_may_agree_alone(self):
        cards = self._cards(self._form(per_month=400))
        self.assertEqual(cards["told"]["needs"], "Needs a manager")
        self.assertFalse(cards["shorter"]["needs"])
        self.assertEqual(cards["shorter"]["figure"], "6 × $\xa0800.00")
        self.assertIn("$\xa0400.00 a month more", cards["shorter"]["reasons"][0])
        self.assertIn("2,800.00", cards["balloon"]["figure"])
        self.assertEqual(
            list(self._cards(self._form(self.manager, per_month=400))), ["told"]
        )

    def test_a_card_opens_the_builder_filled_in(self):
        builder = self._use(self._form(once=800, per_month=1000), "told")
        self.assertEqual(
            (builder.number, builder.down_payment, builder.total), (4, 800, 4800)
        )
        builder.save().action_activate()
        plan = self.record.agreement_ids
        self.assertEqual(
            plan.instalment_ids.sorted().mapped("amount"), [800] + [1000] * 4
        )
        self.assertIn("800.00 now and", plan.note)

    def test_the_rest_is_the_last_payment(self):
        builder = self._use(self._form(per_month=1000), "told")
        builder.save().action_activate()
        amounts = self.record.agreement_ids.instalment_ids.sorted().mapped("amount")
        self.assertEqual(amounts, [1000] * 4 + [800])

    def test_a_card_opens_the_settlement_filled_in(self):
        offer = self._use(self._form(once=3360), "settlement")
        self.assertEqual((offer.amount, offer.waived), (3360, 1440))
        offer.save().action_confirm()
        settlement = self.record.agreement_ids
        self.assertEqual(
            (settlement.kind, settlement.state), ("settlement", "to_approve")
        )

    def test_all_at_once_is_a_promise(self):
        promise = self._use(self._form(once=5000), "full")
        promise.save().action_confirm()
        self.assertEqual(self.record.agreement_ids.kind, "promise")

    def test_history_speaks(self):
        """Two promises not kept make the settlement worth more."""
        for _time in range(2):
            promise = self._promise(days=1)
            self.assertEqual(self._judge(promise, 20), "broken")
        self.assertEqual(self.record._payment_history(), (0, 2))
        cards = self._cards(self._form(once=3360, per_month=400, joined="or"))
        self.assertEqual(cards["settlement"]["best"], "Worth most")
        self.assertIn("Kept 0 of 2 agreed payments", cards["told"]["reasons"][0])

    def test_settings_of_the_company_count(self):
        self.company.write({"recovery_plan_hazard": 0, "recovery_discount_rate": 0})
        told = self._cards(self._form(per_month=400))["told"]
        self.assertIn(["Worth today", "$\xa04,800.00"], told["rows"])

    def test_settings_are_not_negative(self):
        with self._refused("Plans That Fail"):
            self.company.recovery_plan_hazard = -1

    def test_refused_in_words(self):
        form = self._form(per_month=400, date_first=self._day(-1))
        self.assertIn("before today", form.problem)
        self.assertIn("zero or more", self._form(once=-1).problem)
        self.assertIn("ten years", self._form(per_month=1).problem)
        form = self._form(per_month=400)
        with form.line_ids.edit(0) as line:
            line.selected = False
        self.assertIn("tick at least one", form.problem)
        wizard = self._form(per_month=400).save()
        with self._refused("does not fit any more"):
            wizard.with_context(recovery_proposal="full").action_use()

    def test_who_may(self):
        for user in (self.auditor, self.field_officer):
            with self.assertRaises(AccessError):
                self.env["debt.recovery.negotiation"].with_user(user).create(
                    {"case_id": self.record.id}
                )
        self.assertTrue(self._cards(self._form(self.legal, per_month=400)))

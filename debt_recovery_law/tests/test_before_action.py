"""The last letter before a suit follows the law of the debtor's country."""

from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.common import DebtRecoveryCommon
from odoo.addons.debt_recovery.tools.results import codes


@tagged("post_install", "-at_install", "debt_recovery")
class TestBeforeAction(DebtRecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._overdue_invoice(cls.debtor, 900, 40)
        cls.case = cls._case(cls.debtor, user_id=cls.officer.id)

    def _live_in(self, country, kind="company"):
        self.debtor.write(
            {
                "country_id": self.env.ref(f"base.{country}").id,
                "recovery_debtor_type": kind,
            }
        )

    def _code(self):
        return self.case._before_action_rule().notice_step_id.code

    def test_letter_by_country_and_kind_of_debtor(self):
        for country, kind, code in (
            ("uk", "company", "uk_lba"),
            ("uk", "consumer", "uk_claim"),
            ("uk", "sole_trader", "uk_claim"),
            ("de", "company", "eu_demand"),
            ("fr", "public", "eu_demand"),
            ("us", "company", "us_demand"),
            ("br", "company", "lba_generic"),
            ("de", "consumer", "lba_generic"),
        ):
            self._live_in(country, kind)
            self.assertEqual(self._code(), code, (country, kind))

    def test_pack_the_company_follows_goes_first(self):
        self._live_in("de")
        pack = self.env.ref("debt_recovery_law.pack_before_action")
        self.company.recovery_pack_ids = pack
        self.assertEqual(self._code(), "lba_generic")

    def test_officer_plans_the_letter_of_claim_once(self):
        self._live_in("uk", "consumer")
        case = self.case.with_user(self.officer)
        opened = case.action_letter_before_action()
        letter = self.env["debt.recovery.action"].browse(opened["res_id"])
        self.assertEqual((letter.mode, letter.state), ("review", "planned"))
        text = letter._letter_text()["body"]
        for words in (
            "Pre-Action Protocol",
            "Reply Form",
            "Standard Financial Statement",
            "30 days",
            "900",
        ):
            self.assertIn(words, text)
        self.assertIn("wait 30 days", case.message_ids[0].body)
        again = case.action_letter_before_action()
        self.assertEqual(again["res_id"], letter.id)

    def test_every_letter_has_its_text(self):
        for code in ("eu_demand", "us_demand", "lba_generic", "uk_lba", "uk_claim"):
            step = self.env["debt.recovery.strategy.step"].search([("code", "=", code)])
            self.assertEqual(step.stage_id.code, "demand", code)
            body = step.template_id._render_field(
                "body_html", self.case.ids, compute_lang=True
            )[self.case.id]
            self.assertIn("900", body)

    def test_hand_over_waits_for_the_letter(self):
        self._live_in("uk", "consumer")
        pack = self.env.ref("debt_recovery_law.pack_uk_individual")
        self.company.recovery_pack_ids = pack
        verdict = self.case._contact_verdict("legal")
        self.assertEqual(codes(verdict.reasons), ("rule_notice_missing",))
        self.case.action_letter_before_action()
        letter = self.case.action_ids.filtered(lambda x: x.step_id.code == "uk_claim")
        letter.action_approve()
        letter._release()
        letter.action_mark_done()
        self.assertEqual(letter.state, "done")
        for days, status in ((1, "delayed"), (30, "delayed"), (31, "allowed")):
            case = self._at(self.case, days)
            self.assertEqual(case._contact_verdict("legal").status, status, days)

"""The packs as they are shipped: loaded on choice, sourced, and doing what they say."""

from datetime import UTC, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.debt_recovery.tests.common import DebtRecoveryCommon
from odoo.addons.debt_recovery.tools.results import codes

SUMMER = "2026-10-07 15:00:00"


@tagged("post_install", "-at_install", "debt_recovery")
class TestPacks(DebtRecoveryCommon):
    @classmethod
    def setUpClass(cls):
        clock = freeze_time(SUMMER)
        clock.start()
        cls.addClassCleanup(clock.stop)
        super().setUpClass()
        cls.packs = cls.env["debt.recovery.contact.pack"].search([])
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Ann Debtor",
                "email": "ann@example.com",
                "country_id": cls.env.ref("base.us").id,
            }
        )
        cls._overdue_invoice(cls.person, 500, 40)
        cls.case = cls._case(cls.person)

    def _follow(self, *packs, role="first"):
        self.company.recovery_pack_ids = self.env["debt.recovery.contact.pack"].concat(
            *(self.env.ref(f"debt_recovery_law.pack_{code}") for code in packs)
        )
        self.company.recovery_collector_role = role

    def _verdict(self, channel, hour, day=7, minute=0, **kw):
        """At that hour of October 2026, UTC."""
        self.env.flush_all()
        when = datetime(2026, 10, day, hour, minute, tzinfo=UTC).replace(tzinfo=None)
        return self.case._contact_verdict(channel, when=when, automatic=False, **kw)

    def _state(self, code, city=False):
        self.person.write(
            {
                "state_id": self.env["res.country.state"].search(
                    [("code", "=", code), ("country_id.code", "=", "US")]
                ),
                "city": city,
            }
        )

    def test_nothing_is_followed_before_it_is_chosen(self):
        shipped = self.packs.filtered(lambda pack: pack.code != "house")
        self.assertGreaterEqual(len(shipped), 13)
        self.assertFalse(shipped.company_ids)

    def test_every_rule_is_sourced_and_has_words(self):
        for rule in self.packs.rule_ids:
            with self.subTest(rule=rule.code):
                self.assertTrue(rule.citation)
                self.assertTrue(rule.words)
                self.assertTrue(rule.last_review or rule.pack_id.code == "house")
                self.assertEqual(rule._to_plain().code, rule.code)

    def test_every_notice_has_a_text(self):
        for step in self.packs.rule_ids.notice_step_id:
            with self.subTest(step=step.code):
                self.assertEqual((step.event, step.mode), ("notice", "review"))
                text = step.template_id._render_field(
                    "body_html", self.case.ids, compute_lang=True
                )[self.case.id]
                self.assertIn("500", text)

    def test_words_of_a_pack(self):
        words = self.env.ref("debt_recovery_law.pack_au").words
        self.assertIn("Monday to Friday 07:30 to 21:00", words)
        self.assertIn("at most 3 in 7 days", words)
        self.assertIn("only warns", words)

    def test_florida_lets_mail_through_and_regulation_f_does_not(self):
        self._state("FL")
        self._follow("us_first")
        for channel, status in (
            ("sms", "delayed"),
            ("phone", "delayed"),
            ("email", "allowed"),
        ):
            verdict = self._verdict(channel, 1, day=8, minute=30)  # 21:30 local
            self.assertEqual(verdict.status, status, channel)
        self._follow("us_first", "us_reg_f", role="third")
        verdict = self._verdict("email", 1, day=8, minute=30)
        self.assertIn("rule_window", codes(verdict.reasons))

    def test_without_a_state_all_zones_must_be_awake(self):
        self._follow("us_reg_f", role="third")
        self.assertIn("rule_window", codes(self._verdict("phone", 14).reasons))
        self.assertEqual(self._verdict("phone", 15).status, "allowed")

    def test_new_york_city_wants_an_opt_in(self):
        self._follow("us_first")
        self._state("NY", "Albany")
        self.assertEqual(self._verdict("email", 15).status, "allowed")
        self._state("NY", "Brooklyn")
        self.assertEqual(self._verdict("email", 15).status, "refused")
        self.env["debt.recovery.contact.preference"].create(
            {
                "partner_id": self.person.id,
                "kind": "permission",
                "channel_ids": self.env.ref("debt_recovery.channel_email"),
            }
        )
        self.assertEqual(self._verdict("email", 15).status, "allowed")

    def test_regulation_f_wants_its_words(self):
        self._follow("us_reg_f", role="third")
        verdict = self._verdict("letter", 15, text="Pay now.")
        self.assertIn("rule_text", codes(verdict.reasons))
        verdict = self._verdict("letter", 15, text="From a debt collector.")
        self.assertNotIn("rule_text", codes(verdict.reasons))

    def test_companies_are_not_consumers(self):
        self._follow("us_reg_f", "us_first", role="third")
        self.person.is_company = True
        self.assertEqual(self._verdict("phone", 3).status, "allowed")

    def test_court_waits_for_the_letter_of_claim(self):
        self.person.country_id = self.env.ref("base.uk")
        self._follow("uk_individual")
        verdict = self._verdict("legal", 15)
        self.assertEqual(codes(verdict.reasons), ("rule_notice_missing",))
        self.assertEqual(self._verdict("letter", 15).status, "allowed")

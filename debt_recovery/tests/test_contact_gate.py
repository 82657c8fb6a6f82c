"""The gate with real rules, holds and wishes."""

from freezegun import freeze_time

from odoo.addons.debt_recovery.tools.results import codes

from .contact_gate_common import ContactGateCommon, utc


class TestContactGate(ContactGateCommon):
    """What stops a contact, as the officer meets it."""

    def test_office_hours_are_the_debtors(self):
        self.assertEqual(self._verdict().status, "allowed")
        late = self._verdict(when="2026-06-03 17:30:00")  # 19:30 in Brussels
        self.assertEqual(late.status, "delayed")
        self.assertEqual(late.until, utc(6, 4, 6))
        saturday = self._verdict(when="2026-06-06 10:00:00")
        self.assertEqual(saturday.until, utc(6, 8, 6))

    def test_a_call_at_night_is_logged_with_its_rules(self):
        case = self.case.with_user(self.officer)
        told = {"outcome": "no_answer"}
        self.assertEqual(case._record_contact(told).verdict_text, "Allowed")
        with freeze_time("2026-06-03 20:30:00"):
            call = case._record_contact(told)
        self.assertEqual(call.verdict, "delayed")
        self.assertEqual(call.verdict_facts["rules"], ["house_hours"])
        self.assertRegex(call.verdict_text, r"Too early: Office hours.*\(house_hours\)")

    def test_mail_and_letters_have_no_hour(self):
        for channel in ("email", "letter"):
            verdict = self._verdict(channel, when="2026-06-06 22:00:00")
            self.assertEqual(verdict.status, "allowed")

    def test_every_zone_of_the_debtor_counts(self):
        self.debtor.phone = "+1 212 555 0100"
        self.debtor.country_id = self.env.ref("base.be")
        both = self._verdict(when="2026-06-03 07:00:00")
        self.assertEqual(both.status, "delayed")
        self.debtor.recovery_tz = "Europe/Brussels"
        self.assertEqual(self._verdict(when="2026-06-03 07:00:00").status, "allowed")

    def test_two_calls_a_day_and_a_pause_after_a_talk(self):
        self._logged(when="2026-06-03 07:00:00")
        self.assertEqual(self._verdict().status, "allowed")
        self._logged(when="2026-06-03 08:00:00")
        verdict = self._verdict()
        self.assertIn("rule_cap", codes(verdict.reasons))
        self._logged("promise", when="2026-06-03 09:00:00", direction="in")
        verdict = self._verdict(when="2026-06-04 09:00:00")
        self.assertIn("rule_cooloff", codes(verdict.reasons))
        # day 3 is Friday; the office opens again on Saturday's following Monday
        self.assertEqual(verdict.until, utc(6, 8, 6))

    def test_a_broken_promise_ends_the_pause_where_the_rule_says_so(self):
        self._logged("promise", when="2026-06-02 09:00:00")
        self.assertIn("rule_cooloff", codes(self._verdict().reasons))
        pause = self.env.ref("debt_recovery.contact_rule_house_pause")
        pause.broken_promise_lifts = True
        promise = self.case._take_promise(self.today)
        promise.sudo().write({"date_broken": self.today})
        self.assertEqual(self._verdict().status, "allowed")

    def test_wishes_of_the_debtor(self):
        wishes = self.env["debt.recovery.contact.preference"].with_user(self.officer)
        wish = wishes.create(
            {
                "partner_id": self.debtor.id,
                "kind": "window",
                "days": "2",
                "hour_from": 8,
                "hour_to": 15,
            }
        )
        self.assertIn("rule_debtor_window", codes(self._verdict().reasons))
        wish.date_to = wish.date_from
        wish.kind = "optout"
        wish.channel_ids = self.channels["sms"]
        self.assertEqual(self._verdict("sms").status, "refused")
        self.assertEqual(self._verdict().status, "allowed")

    def test_the_lawyer_may_be_called(self):
        lawyer = self._debtor("Law Office")
        self.case._place_hold("lawyer", "Letter", representative_id=lawyer.id)
        verdict = self._verdict()
        self.assertEqual(codes(verdict.reasons), ("rule_attorney",))
        self.assertEqual(self._verdict(person=lawyer).status, "allowed")
        self.company.recovery_pack_ids = False
        self.assertEqual(codes(self._verdict().reasons), ("hold",))
        self.assertEqual(self._verdict(person=lawyer).status, "allowed")

    def test_rules_are_chosen_by_who_and_where(self):
        rule = self._rule(
            "contact_window",
            hour_from=3,
            hour_to=4,
            for_consumer=True,
            country_ids=self.env.ref("base.be"),
            channel_ids=self.channels["email"],
        )
        self.assertEqual(self._verdict("email").status, "allowed")
        self.debtor.recovery_debtor_type = "consumer"
        self.assertEqual(self._verdict("email").status, "delayed")
        rule.confirmed = False
        warned = self._verdict("email")
        self.assertEqual(warned.status, "allowed")
        self.assertEqual(codes(warned.warnings), ("rule_window",))
        rule.write({"confirmed": True, "collector_role": "third"})
        self.assertEqual(self._verdict("email").status, "allowed")
        rule.write({"collector_role": False, "cities": "Gent, Brugge"})
        self.assertEqual(self._verdict("email").status, "allowed")
        self.debtor.city = "gent"
        self.assertEqual(self._verdict("email").status, "delayed")

    def test_a_person_without_tax_number_is_a_consumer(self):
        person = self.env["res.partner"].create({"name": "Ann"})
        self.assertEqual(person._recovery_debtor_kind(), "consumer")
        person.vat = "BE0477472701"
        self.assertEqual(person._recovery_debtor_kind(), "sole_trader")
        self.assertEqual(self.debtor._recovery_debtor_kind(), "company")

    def test_the_case_says_it_before_the_button_is_pressed(self):
        case = self.case.with_user(self.officer).with_context(tz="Europe/Brussels")
        self.assertEqual(case.gate_phone_text, "allowed")
        self.assertFalse(case.gate_until)
        with freeze_time("2026-06-05 17:30:00"):
            case.invalidate_recordset()
            self.assertEqual(case.gate_phone, "delayed")
            self.assertEqual(case.gate_phone_text, "from Monday 8:00")
            self.assertEqual(case.gate_until, utc(6, 8, 6).replace(tzinfo=None))
            self.assertIn("House policy", case.gate_phone_hint)
            self.assertEqual(case.gate_email, "allowed")
        self.case._place_hold("lawyer", "Letter")
        case.invalidate_recordset()
        self.assertRegex(case.gate_phone_text, "refused: Lawyer named on")

    def test_queries_do_not_grow_with_the_cases(self):
        cases = self.case
        for number in range(6):
            debtor = self._debtor(f"D{number}", country_id=self.env.ref("base.be").id)
            cases |= self._case(debtor)
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            facts = records._gate_facts(self.today)
            for case in records:
                case._contact_verdict("phone", facts=facts[case])
            return self.env.cr.sql_log_count - before

        count(cases)
        self.assertEqual(count(cases[0]), count(cases))

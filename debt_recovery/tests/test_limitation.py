from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.debt_recovery.tools.results import codes

from .limitation_common import LimitationCommon
from .run_common import MONDAY


@tagged("post_install", "-at_install", "debt_recovery")
class TestLimitation(LimitationCommon):
    """The last day of each claim, from what the books and the log know."""

    def test_unpaid_invoice_ends_with_its_third_year(self):
        found = self._found(self.old)
        self.assertEqual(found.date, date(2024, 12, 31))
        self.assertTrue(found.barred)
        self.assertEqual(found.days_left, (date(2024, 12, 31) - MONDAY).days)

    def test_c14_part_payment_of_the_ledger_begins_it_anew(self):
        claim = self._invoice_of(date(2023, 5, 15), 5000)
        self.assertEqual(self._found(claim).date, date(2026, 12, 31))
        payment = self._pay(claim, 100, date(2025, 3, 1))
        self.assertEqual(self._found(claim).date, date(2028, 3, 1))
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self._found(claim).date, date(2026, 12, 31))

    def test_credit_note_acknowledges_nothing(self):
        claim = self._invoice_of(date(2023, 5, 15), 5000)
        credit = self._credit_note(self.debtor, 100)
        lines = self._receivable_line(claim) + self._receivable_line(credit)
        lines.reconcile()
        self.assertEqual(self._found(claim).date, date(2026, 12, 31))

    def test_officer_notes_an_acknowledgement_with_its_document(self):
        claim = self._invoice_of(date(2023, 5, 15), 5000)
        event = self._note(
            "acknowledgement",
            date(2024, 8, 1),
            claim,
            attachment_ids=[Command.set(self._letter(self.officer).ids)],
        )
        self.assertEqual(self._found(claim).date, date(2027, 8, 1))
        self.assertIn("Acknowledged in writing", self.case.message_ids[0].body)
        file = event.attachment_ids.with_user(self.legal)
        self.assertEqual(file.raw, b"%PDF-1.4")
        event.with_user(self.manager).unlink()
        self.assertEqual(self._found(claim).date, date(2026, 12, 31))

    def test_bad_events_are_refused_with_a_sentence(self):
        with self._refused("attach the letter", ValidationError):
            self._note("acknowledgement", date(2024, 8, 1))
        with self._refused("has not happened yet", ValidationError):
            self._note("payment", MONDAY + timedelta(days=1))
        with self._refused("Say why", ValidationError):
            self._note("suspension", date(2024, 8, 1))
        with self._refused("before it begins", ValidationError):
            self._note(
                "suspension",
                date(2024, 8, 1),
                cause="negotiation",
                date_to=date(2024, 7, 1),
            )
        with self._refused("Choose the items", ValidationError):
            self._note("payment", date(2024, 8, 1), line_ids=[Command.clear()])

    def test_negotiations_stop_the_clock(self):
        claim = self._invoice_of(date(2022, 5, 15), 5000)
        self._note(
            "suspension",
            date(2024, 1, 1),
            claim,
            cause="negotiation",
            date_to=date(2024, 1, 31),
        )
        self.assertEqual(self._found(claim).date, date(2026, 1, 31))

    def test_moratorium_hold_stops_the_clock_while_it_ran(self):
        claim = self._invoice_of(date(2022, 5, 15), 5000)
        hold = self._hold(
            "moratorium",
            self.case,
            date_from=MONDAY,
            date_to=MONDAY + timedelta(days=59),
        )
        self.assertEqual(self._found(claim).date, date(2026, 3, 1))
        hold.date_released = MONDAY + timedelta(days=10)
        self.env.flush_all()
        self.assertEqual(self._found(claim).date, date(2026, 1, 10))

    def test_confirmed_balance_acknowledges_what_was_open(self):
        claim = self._invoice_of(date(2023, 5, 15), 5000)
        confirmation = self.env["debt.recovery.confirmation"].create(
            {"case_id": self.case.id, "date": date(2024, 12, 31)}
        )
        confirmation.write({"state": "asked", "reply_date": date(2025, 1, 20)})
        confirmation.action_agree()
        self.env.flush_all()
        self.assertEqual(self._found(claim).date, date(2028, 1, 20))
        late = self._invoice_of(date(2025, 2, 1), 70)
        self.assertEqual(self._found(late).date, date(2028, 12, 31))

    def test_filed_claim_stands_still_until_the_proceedings_end(self):
        claim = self._invoice_of(date(2022, 5, 15), 5000)
        legal = self.env["debt.recovery.legal.case"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "item_ids": [
                    Command.create(
                        {
                            "name": claim.name,
                            "kind": "principal",
                            "move_line_id": self._receivable_line(claim).id,
                        }
                    )
                ],
            }
        )
        legal.date_filed = MONDAY
        self.env.flush_all()
        self.assertTrue(self._found(claim).suspended)
        legal.date_closed = MONDAY
        self.env.flush_all()
        self.assertEqual(self._found(claim).date, date(2026, 1, 1))

    def test_signed_plan_that_acknowledges_begins_it_anew(self):
        claim = self._invoice_of(date(2023, 5, 15), 5000)
        line = self._receivable_line(claim)
        agreement = self.env["debt.recovery.agreement"].create(
            {
                "case_id": self.case.id,
                "date_agreed": MONDAY + timedelta(days=30),
                "acknowledges": True,
                "line_ids": [Command.create({"move_line_id": line.id})],
            }
        )
        agreement.date_accepted = MONDAY
        self.env.flush_all()
        self.assertEqual(self._found(claim).date, date(2028, 3, 3))
        agreement.acknowledges = False
        self.env.flush_all()
        self.assertEqual(self._found(claim).date, date(2026, 12, 31))

    def test_other_parts_note_a_suspension(self):
        claim = self._invoice_of(date(2022, 5, 15), 5000)
        line = self._receivable_line(claim)
        event = line._recovery_note_limitation(
            "suspension", MONDAY, cause="proceedings"
        )
        self.assertEqual(event.case_id, self.case)
        self.assertTrue(self._found(claim).suspended)

    # LAW

    def test_law_agreed_with_the_customer_goes_first(self):
        self.debtor.recovery_law_country_id = self.env.ref("base.uk")
        self.assertEqual(self._found(self.old).date, date(2027, 5, 15))
        with self._refused("is not in", ValidationError):
            self.debtor.recovery_law_state_id = self.env.ref("base.state_us_5")

    def test_company_may_follow_the_debtors_law(self):
        self.debtor.country_id = self.env.ref("base.uk")
        self.assertEqual(self._found(self.old).date, date(2024, 12, 31))
        self.company.recovery_limitation_law = "debtor"
        self.assertEqual(self._found(self.old).date, date(2027, 5, 15))

    def test_scotland_by_its_county(self):
        self.company.recovery_limitation_law = "debtor"
        fife = self.env["res.country.state"].search(
            [("country_id.code", "=", "GB"), ("name", "=", "Fife")]
        )
        self.debtor.write(
            {"country_id": self.env.ref("base.uk").id, "state_id": fife.id}
        )
        found = self._found(self.old)
        self.assertEqual(
            (found.date, found.effect), (date(2026, 5, 15), "extinguished")
        )

    def test_consumer_has_the_own_law(self):
        person = self._debtor(
            "Anne", is_company=False, country_id=self.env.ref("base.fr").id
        )
        claim = self._invoice_of(date(2022, 5, 15), 500, person)
        found = self._found(claim)
        self.assertEqual(found.date, date(2024, 5, 15))
        self.assertEqual((found.expired, found.barred), (True, False))

    def test_goods_and_services_differ(self):
        self.company.country_id = self.env.ref("base.us")
        self.company.partner_id.state_id = self.env.ref("base.state_us_27")  # New York
        state = self.company.partner_id.state_id.code
        goods, service = self.env["product.product"].create(
            [{"name": "Bolt", "type": "consu"}, {"name": "Advice", "type": "service"}]
        )
        ends = {}
        for product in (goods, service):
            line = Command.create(
                {"product_id": product.id, "price_unit": 90, "tax_ids": False}
            )
            claim = self._invoice_of(date(2022, 5, 15), 90, invoice_line_ids=[line])
            ends[product] = self._found(claim).date.year
        self.assertEqual((state, ends[goods], ends[service]), ("NY", 2026, 2028))

    def test_unknown_law_says_what_to_do(self):
        self.company.country_id = self.env.ref("base.aq")
        found = self._found(self.old)
        self.assertIsNone(found.date)
        self.assertEqual(codes(found.reasons), ("limitation_unknown",))
        self.assertFalse(found.expired or found.barred or found.ends_within(90))

    def test_shipped_rules_are_sourced(self):
        rules = self.env["debt.recovery.limitation.rule"].search([])
        self.assertGreater(len(rules), 100)
        for rule in rules:
            with self.subTest(rule=rule.name):
                self.assertTrue(rule.citation)
                self.assertTrue(rule.last_review or not rule.confirmed)
        states = rules.filtered(
            lambda rule: rule.country_id.code == "US" and not rule.claim_kind
        ).state_ids
        self.assertEqual(len(states), 51)
        europe = self.env.ref("base.europe").country_ids
        self.assertLessEqual(europe, rules.country_id)

    def test_what_people_changed_survives_an_update(self):
        self.germany.write({"years": 4, "note": "ours"})
        self.env["debt.recovery.limitation.rule"]._load_reference()
        self.assertEqual((self.germany.years, self.germany.note), (4, "ours"))

    def test_rules_are_the_managers(self):
        with self.assertRaises(AccessError):
            self.germany.with_user(self.officer).years = 9
        rule = self.germany.with_user(self.manager)
        rule.confirmed = False
        rule.action_reviewed()
        self.assertTrue(rule.confirmed)
        with self._refused("longer than nothing", ValidationError):
            rule.years = 0
        with self._refused("states of the country", ValidationError):
            rule.state_ids = self.env.ref("base.state_us_5")

    def test_queries_do_not_grow_with_the_items(self):
        lines = self.env["account.move.line"]
        for number in range(12):
            partner = self._debtor(f"Debtor {number}")
            claim = self._invoice_of(date(2022, 5, 15), 100 + number, partner)
            lines += self._receivable_line(claim)
        counts = []
        for some in (lines[:2], lines):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._recovery_limitation()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[1], 25)

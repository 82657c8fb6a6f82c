"""Worked cases of the reference (section 6.2) from the ledger, with the rules and rates
as shipped."""

from datetime import date

from odoo.addons.debt_recovery.tests.run_common import MONDAY

from .charge_common import ChargeCommon


class TestWorkedClaims(ChargeCommon):
    """Invoices that are paid on the last day, with what is claimed beside them."""

    def _claim(self, rules, amounts, due, until, currency="EUR", **debtor):
        """Sums by kind for a customer who owes these amounts."""
        money = self._setup_currency(currency, rate=1.0)
        self.company.recovery_charge_rule_ids = self.env["debt.recovery.charge.rule"]
        for rule in rules:
            found = self.env.ref(f"debt_recovery_charge.charge_rule_{rule}")
            self.company.recovery_charge_rule_ids += found
        customer = self._debtor("Case Ltd", **debtor)
        for amount in amounts:
            days = (MONDAY - date.fromisoformat(due)).days
            self._overdue_invoice(customer, amount, days, currency=money)
        self._case(customer)
        charges = self._count((date.fromisoformat(until) - MONDAY).days)
        mine = charges.filtered(lambda charge: charge.partner_id == customer)
        sums = {
            kind: round(sum(found.mapped("amount_open")), 2)
            for kind, found in mine.grouped("kind").items()
        }
        return sums

    def test_I4_germany_with_the_lump_sum(self):
        args = ([5000], "2024-11-15", "2025-08-20")
        found = self._claim(["de_b2b", "de_consumer", "eu_40"], *args)
        self.assertEqual(found, {"interest": 429.13, "compensation": 40})
        self.assertEqual(sum(found.values()), 469.13)

    def test_I4_consumers_owe_no_lump_sum(self):
        args = ([5000], "2024-11-15", "2025-08-20")
        rules = ["de_b2b", "de_consumer", "eu_40"]
        found = self._claim(rules, *args, is_company=False)
        self.assertEqual(found, {"interest": 276.8})

    def test_I5_italy_ireland_and_belgium(self):
        for rule, interest in (("it", 424.56), ("ie", 466.51), ("be", 437.26)):
            with self.subTest(rule=rule):
                args = ([5000], "2024-11-15", "2025-08-20")
                found = self._claim([f"{rule}_b2b"], *args)
                self.assertEqual(found, {"interest": interest})

    def test_I6_united_kingdom_with_the_fixed_sum(self):
        args = ([8500], "2025-06-16", "2026-02-10", "GBP")
        found = self._claim(["uk_b2b", "uk_sum"], *args)
        self.assertEqual(found, {"interest": 709.63, "compensation": 70})
        self.assertEqual(8500 + sum(found.values()), 9279.63)

    def test_I7_france_three_invoices(self):
        args = ([1200, 3450.5, 780], "2026-03-31", "2026-05-20")
        found = self._claim(["fr_b2b", "eu_40"], *args)
        self.assertEqual(found, {"interest": 90.38, "compensation": 120})
        self.assertEqual(sum(found.values()), 210.38)

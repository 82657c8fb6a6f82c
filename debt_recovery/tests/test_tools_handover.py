"""The checklist of the hand-over, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.handover import (
    JUDGES,
    Facts,
    Limitation,
    Rule,
    check,
)
from odoo.addons.debt_recovery.tools.legal_dates import (
    MONTHS,
    WORKING,
    further,
    period_end,
)

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
DAY = date(2026, 4, 2)
VALUES = {"amount": 6, "waiting": 30, "address": 180, "economic": Decimal("1.5")}
RULES = [
    Rule(code, Decimal(VALUES.get(code, 0)), key=number)
    for number, code in enumerate(JUDGES)
]
READY = Facts(
    today=DAY,
    claim=Decimal(10000),
    unit=Decimal(50),
    demanded=date(2026, 3, 2),
    verified=date(2026, 3, 20),
    percent=Decimal(50),
    cost=Decimal(1000),
)


def missing(facts=READY, rules=RULES, **changes):
    return [item.rule.code for item in check(rules, replace(facts, **changes)).open()]


class TestHandoverRule(BaseCase):
    """Each point of the list by itself; the reasons carry what the sentence needs."""

    def test_everything_there(self):
        self.assertEqual(missing(), [])

    def test_C9_thirty_days_after_the_letter_of_2_march(self):
        self.assertEqual(missing(today=date(2026, 4, 1)), ["waiting"])
        self.assertEqual(missing(today=date(2026, 4, 2)), [])

    def test_amount_in_money_units(self):
        small = {"cost": Decimal(0)}
        self.assertEqual(missing(claim=Decimal(300), **small), [])
        self.assertEqual(missing(claim=Decimal("299.99"), **small), ["amount"])
        self.assertIn("amount", missing(claim=Decimal(0)))

    def test_no_demand_is_no_waiting_either(self):
        self.assertEqual(missing(demanded=None), ["demand", "waiting"])

    def test_what_blocks_by_itself(self):
        self.assertEqual(missing(holds=("Insolvency",)), ["hold"])
        self.assertEqual(missing(disputed=Decimal(1)), ["dispute"])
        self.assertEqual(missing(agreed=Decimal(1)), ["agreement"])
        self.assertEqual(missing(documents=("INV/1",)), ["documents"])
        self.assertEqual(missing(address=("Street",)), ["address"])
        self.assertEqual(missing(legal_gate=("Moratorium",)), ["waiting"])

    def test_address_checked_too_long_ago_or_never(self):
        self.assertEqual(missing(verified=None), ["address"])
        self.assertEqual(missing(verified=DAY - timedelta(days=181)), ["address"])
        self.assertEqual(missing(verified=DAY - timedelta(days=180)), [])

    def test_limitation_warns_blocks_or_is_gone(self):
        def claim(effect, day):
            return (Limitation("INV/1", day, effect),)

        past = DAY - timedelta(days=1)
        self.assertEqual(missing(limitations=claim("block", DAY)), [])
        self.assertEqual(missing(limitations=claim("block", past)), ["limitation"])
        self.assertEqual(
            missing(limitations=claim("extinguished", past)), ["limitation"]
        )
        self.assertEqual(missing(limitations=claim("warn", past)), [])

    def test_economic_sense(self):
        self.assertEqual(missing(cost=Decimal("3333.33")), [])
        self.assertEqual(missing(cost=Decimal("3333.34")), ["economic"])
        self.assertEqual(missing(cost=None), ["economic"])
        self.assertEqual(missing(percent=Decimal(0)), ["economic"])

    def test_strictest_of_several_rows_counts(self):
        two = [Rule("waiting", Decimal(14)), Rule("waiting", Decimal(60))]
        self.assertEqual(missing(rules=two), ["waiting"])
        soft = [
            Rule("waiting", Decimal(60), blocks=False),
            Rule("waiting", Decimal(14)),
        ]
        self.assertEqual(missing(rules=soft), [])
        ages = [Rule("address", Decimal(180)), Rule("address", Decimal(5))]
        self.assertEqual(missing(rules=ages), ["address"])

    def test_unknown_rule_is_missing(self):
        self.assertEqual(missing(rules=[Rule("astrology")]), ["astrology"])

    def test_rule_that_only_warns_stops_nothing(self):
        found = check([Rule("demand", blocks=False)], replace(READY, demanded=None))
        self.assertEqual([item.status for item in found.checks], ["warn"])
        self.assertTrue(found.is_ready())

    def test_left_out_only_where_the_rule_allows_it(self):
        facts = replace(READY, disputed=Decimal(5))
        soft, hard = Rule("dispute", key=7), Rule("dispute", overridable=False, key=7)
        self.assertTrue(check([soft], facts).is_ready([7]))
        self.assertFalse(check([hard], facts).is_ready([7]))
        self.assertFalse(check([soft], facts).is_ready([8]))

    @LAW
    @given(st.permutations(RULES))
    def test_order_of_the_rules_changes_nothing(self, rules):
        self.assertEqual(
            set(missing(rules=rules, demanded=None, disputed=Decimal(1))),
            {"demand", "waiting", "dispute"},
        )

    @LAW
    @given(st.integers(0, 400))
    def test_waiting_once_over_stays_over(self, days):
        later = {"today": DAY + timedelta(days=days), "verified": DAY + timedelta(days)}
        self.assertEqual(missing(**later), [])


class TestLegalDates(BaseCase):
    """Periods as courts count them."""

    CALENDAR = WorkCalendar(holidays=frozenset({date(2026, 4, 6)}))

    def test_days_roll_to_the_next_working_day(self):
        start = date(2026, 3, 20)  # a Friday; two weeks later is Good Friday's week
        self.assertEqual(
            period_end(start, 15, calendar=self.CALENDAR), date(2026, 4, 7)
        )
        self.assertEqual(
            period_end(start, 15, calendar=self.CALENDAR, roll=False), date(2026, 4, 4)
        )

    def test_working_days_and_months(self):
        start = date(2026, 4, 3)
        self.assertEqual(period_end(start, 1, WORKING, self.CALENDAR), date(2026, 4, 7))
        self.assertEqual(period_end(date(2026, 1, 31), 1, MONTHS), date(2026, 2, 28))

    def test_nobody_goes_back(self):
        order = ["filed", "served", "judgment"]
        self.assertEqual(further(order, "judgment", "served"), "judgment")
        self.assertEqual(further(order, "filed", "unknown"), "filed")
        self.assertEqual(further(order, "", "served"), "served")

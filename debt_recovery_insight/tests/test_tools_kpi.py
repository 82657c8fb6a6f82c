from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools.kpi import ageing, cost, dso, recovery, work
from ..tools.kpi.dso import Month

MONEY = st.integers(0, 10**6).map(Decimal)
#: A busy machine is no reason to fail.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _codes(result):
    return [note.code for note in result.notes]


class TestToolsKpi(BaseCase):
    """Formulas on figures somebody else published, and what holds for all figures."""

    def test_countback_of_the_published_example(self):
        months = [Month("m", Decimal(s), 30) for s in (100, 80, 70)]
        found = dso.countback(Decimal(212), months)
        self.assertEqual(round(found.value, 1), Decimal("73.7"))

    def test_countback_stops_and_says_where(self):
        months = [Month("2025-02", Decimal(50), 28), Month("2025-01", Decimal(-3), 31)]
        found = dso.countback(Decimal(90), months)
        self.assertEqual((found.value, _codes(found)), (28, ["countback_stopped"]))
        self.assertEqual(found.notes[0].values["month"], "2025-01")
        self.assertEqual(found.notes[0].values["left"], 40)

    def test_delinquent_days_of_the_published_example(self):
        found = dso.delinquent_days(
            dso.balance(Decimal(45), Decimal(90), 90),
            dso.best_possible(Decimal(12), Decimal(90), 90),
        )
        self.assertEqual(found.value, 33)

    def test_both_cei_of_the_published_example(self):
        figures = [Decimal(n) for n in (6200, 10890, 6340, 3590)]
        self.assertEqual(round(recovery.cei(*figures).value, 1), Decimal("79.6"))
        monthly = recovery.cei(*figures, months=3)
        self.assertEqual(round(monthly.value, 1), Decimal("55.9"))

    def test_nothing_to_divide_by_is_undefined_not_zero(self):
        zero = Decimal(0)
        found = [
            dso.balance(Decimal(5), zero, 90),
            dso.countback(Decimal(5), []),
            dso.per_invoice([("2025-01", 5, Decimal(1))], {}),
            dso.per_invoice([], {}),
            ageing.share({}, ("0",)),
            ageing.weighted_days(zero, zero),
            ageing.mean_days(0, 0, zero, zero, "nothing_paid"),
            ageing.roll([]),
            ageing.at_risk(zero, zero, 3),
            recovery.cei(zero, zero, zero, zero),
            recovery.recovery_rate(zero, zero, zero),
            recovery.cohort({}, {}),
            recovery.collection_efficiency(zero, zero, zero),
            work.promise_kept(zero, zero),
            work.plan_adherence(0, 0, {}),
            work.contact_rate(0, 0, "no_contacts", {}),
            work.dispute_rate(zero, zero),
            work.dispute_rate(None, Decimal(5)),
            work.dispute_days([], zero, zero),
            work.turnaround([], [], 3),
            work.record_accuracy(0, 0, {}),
            cost.cost_to_collect({}, Decimal(5)),
            cost.bad_debt(zero, zero),
            cost.legal_success(0, 0, zero, zero, zero),
            cost.agency_yield(zero, zero, zero),
        ]
        for result in found:
            self.assertIsNone(result.value)
            self.assertEqual(len(result.notes), 1)

    @CALM
    @given(MONEY, st.lists(st.integers(1, 10**5).map(Decimal), min_size=1, max_size=24))
    def test_countback_lies_between_whole_months(self, left, sales):
        months = [Month(str(n), amount, 30) for n, amount in enumerate(sales)]
        found = dso.countback(left, months)
        if found.value is None:
            self.assertFalse(left)
            return
        whole = int(found.value // 30)
        self.assertLessEqual(sum(sales[:whole]), left)
        if not found.notes:
            self.assertLess(left, sum(sales[: whole + 1]))

    @CALM
    @given(st.dictionaries(st.sampled_from("01234"), MONEY, min_size=1))
    def test_bucket_shares_add_up_to_a_hundred(self, buckets):
        shares = [ageing.share(buckets, (code,)).value for code in ageing.ORDER]
        if sum(buckets.values()):
            self.assertAlmostEqual(sum(shares), Decimal(100), 6)
        else:
            self.assertEqual(shares, [None] * 5)

    @CALM
    @given(st.lists(MONEY, min_size=6, max_size=6))
    def test_bridge_always_adds_up(self, terms):
        bridge = recovery.Bridge(*terms)
        parts = bridge.as_parts()
        total = parts["opening"] + parts["newly"] + parts["other"]
        total -= parts["cash"] + parts["credit"] + parts["write_off"]
        self.assertEqual(total, parts["closing"])

    def test_roll_counts_items_not_totals(self):
        found = ageing.roll(
            [
                ("1", "2", Decimal(100), Decimal(60), 1),
                ("1", None, Decimal(100), Decimal(0), 1),
                ("4", "4", Decimal(200), Decimal(200), 2),
                ("0", "1", Decimal(50), Decimal(50), 1),
            ]
        )
        self.assertEqual(found.value, Decimal(260) / 400 * 100)
        self.assertEqual(found.parts["forward_1"], 30)
        self.assertEqual(found.parts["forward_0"], 100)
        self.assertEqual(found.parts["cure"], 35)
        self.assertEqual(found.parts["count_settled"], 1)

    def test_turnaround_tells_who_is_left_out(self):
        found = work.turnaround([3, 9, 40], [50], 2)
        self.assertEqual((found.value, _codes(found)), (9, ["censored"]))
        self.assertEqual(found.parts["running"], 2)

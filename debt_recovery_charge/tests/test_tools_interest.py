"""Interest: the worked cases of the reference by their identifiers, and laws."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery_charge.tools import interest as engine
from odoo.addons.debt_recovery_charge.tools.day_count import CONVENTIONS, year_part
from odoo.addons.debt_recovery_charge.tools.interest import (
    Claim,
    Interest,
    Stop,
    interest,
)
from odoo.addons.debt_recovery_charge.tools.rates import (
    MissingRateError,
    Rate,
    RateTable,
    constant,
)
from odoo.addons.debt_recovery_charge.tools.regime import Regime, problems

LAW = settings(derandomize=True, deadline=None, max_examples=80, database=None)
ECB = (
    ("2023-01-01", "2.50"),
    ("2023-07-01", "4.00"),
    ("2024-01-01", "4.50"),
    ("2024-07-01", "4.25"),
    ("2025-01-01", "3.15"),
    ("2025-07-01", "2.15"),
    ("2026-01-01", "2.15"),
    ("2026-07-01", "2.40"),
)
BANK = (
    ("2025-01-01", "4.75"),
    ("2025-07-01", "4.25"),
    ("2026-01-01", "3.75"),
    ("2026-07-01", "3.75"),
)


def half_years(name, rows):
    rates = []
    for text, percent in rows:
        start = date.fromisoformat(text)
        end = date(start.year, 6, 30) if start.month == 1 else date(start.year, 12, 31)
        rates.append(Rate(start, end, Decimal(percent)))
    return RateTable(name, rates)


EURO = half_years("ECB", ECB)
POUND = half_years("Bank of England", BANK)
day = date.fromisoformat


class TestWorkedCases(BaseCase):
    """Cases I1 to I8 of the reference."""

    def _total(self, amount, due, paid, regime, rates, digits=2):
        claim = Claim(Decimal(amount), day(due))
        return interest(claim, regime, rates, day(paid), digits).total

    def test_i1_to_i3_day_counts(self):
        for code, convention, expected in (
            ("I1", "act/365", "147.95"),
            ("I2", "act/360", "150.00"),
            ("I3", "30/360", "156.67"),
            ("I3e", "30e/360", "156.67"),
        ):
            with self.subTest(case=code):
                regime = Regime(day_count=convention)
                args = ("10000.00", "2026-01-31", "2026-03-17", regime)
                self.assertEqual(
                    self._total(*args, constant(Decimal(12))), Decimal(expected)
                )

    def test_i4_germany_floats_with_the_base_rate(self):
        """The base rate is the reference less 0.88 in these half-years."""
        for margin, expected in ((9, "429.13"), (5, "276.80")):
            regime = Regime(margin=Decimal(margin) - Decimal("0.88"))
            total = self._total("5000", "2024-11-15", "2025-08-20", regime, EURO)
            self.assertEqual(total, Decimal(expected))

    def test_i4_segments_are_shown(self):
        regime = Regime(margin=Decimal("8.12"))
        claim = Claim(Decimal(5000), day("2024-11-15"))
        found = interest(claim, regime, EURO, day("2025-08-20"))
        self.assertEqual(
            [(s.days, str(s.rate), round(s.interest, 6)) for s in found.segments],
            [
                (46, "12.37", Decimal("77.947945")),
                (181, "11.27", Decimal("279.434247")),
                (51, "10.27", Decimal("71.749315")),
            ],
        )

    def test_i5_same_directive_three_ways(self):
        args = ("5000", "2024-11-15", "2025-08-20")
        for name, regime, expected in (
            ("floating", Regime(margin=Decimal(8)), "424.56"),
            ("Ireland", Regime(margin=Decimal(8), reset="fixed"), "466.51"),
            ("Belgium", Regime(margin=Decimal(8), step=Decimal("0.5")), "437.26"),
        ):
            with self.subTest(regime=name):
                self.assertEqual(self._total(*args, regime, EURO), Decimal(expected))

    def test_i6_united_kingdom_keeps_the_rate_of_the_relevant_day(self):
        args = ("8500.00", "2025-06-16", "2026-02-10")
        fixed = Regime(margin=Decimal(8), reset="fixed")
        self.assertEqual(self._total(*args, fixed, POUND), Decimal("709.63"))
        floating = Regime(margin=Decimal(8))
        self.assertEqual(self._total(*args, floating, POUND), Decimal("678.66"))

    def test_i7_france_three_invoices(self):
        regime = Regime(margin=Decimal(10))
        totals = [
            self._total(amount, "2026-03-31", "2026-05-20", regime, EURO)
            for amount in ("1200.00", "3450.50", "780.00")
        ]
        self.assertEqual(totals, [Decimal(t) for t in ("19.97", "57.43", "12.98")])
        self.assertEqual(sum(totals), Decimal("90.38"))

    def test_i8_india_compounds_monthly(self):
        regime = Regime(multiple=Decimal(3), compounding="monthly")
        bank = constant(Decimal(6), "bank rate")
        claim = Claim(Decimal(500000), day("2026-01-31"))
        months = interest(claim, regime, bank, day("2026-06-30"))
        self.assertEqual(months.total, Decimal("38642.00"))
        stub = interest(claim, regime, bank, day("2026-07-10"))
        self.assertEqual(stub.total, Decimal("41298.32"))
        simple = Regime(multiple=Decimal(3), day_count="30e/360")
        found = interest(claim, simple, bank, day("2026-06-30"))
        self.assertEqual(found.total, Decimal("37500.00"))

    def test_netherlands_add_a_year_of_interest_to_the_principal(self):
        regime = Regime(compounding="yearly")
        claim = Claim(Decimal(1000), day("2024-12-31"))
        found = interest(claim, regime, constant(Decimal(10)), day("2026-12-31"))
        self.assertEqual(found.total, Decimal("210.00"))
        self.assertEqual(found.segments[-1].principal, Decimal("1100.00"))


class TestRules(BaseCase):
    """Grace, stops, part payments, limits and what is refused."""

    TWELVE = constant(Decimal("36.5"))  # 0.1 % a day

    def _claim(self, **kw):
        return Claim(Decimal(1000), day("2026-03-01"), **kw)

    def _interest(self, until="2026-03-31", regime=None, **kw) -> Interest:
        return interest(self._claim(**kw), regime or Regime(), self.TWELVE, day(until))

    def test_grace_is_lost_or_kept(self):
        lost, kept = Regime(grace=10), Regime(grace=10, grace_kept=True)
        self.assertEqual(self._interest("2026-03-11", lost).total, 0)
        self.assertEqual(self._interest("2026-03-12", lost).total, 11)
        self.assertEqual(self._interest("2026-03-12", kept).total, 1)

    def test_no_interest_during_a_stop(self):
        stop = Stop(day("2026-03-11"), day("2026-03-20"))
        self.assertEqual(self._interest(stops=[stop]).total, 20)
        overlapping = [stop, Stop(day("2026-03-15"), day("2026-03-22"))]
        self.assertEqual(self._interest(stops=overlapping).total, 18)
        disputed = Stop(day("2026-03-11"), day("2026-03-20"), Decimal(400))
        self.assertEqual(self._interest(stops=[disputed]).total, 20 + 6)

    def test_payments_use_an_agreed_part_up_first(self):
        stop = Stop(day("2026-03-02"), date.max, Decimal(400), Decimal(1000))
        found = self._interest(payments=[(day("2026-03-11"), 400)], stops=[stop])
        self.assertEqual(found.total, 18)

    def test_a_part_payment_counts_from_the_next_day(self):
        found = self._interest(payments=[(day("2026-03-11"), Decimal(500))])
        self.assertEqual(found.total, 10 + 10)
        self.assertEqual([s.days for s in found.segments], [10, 20])

    def test_paid_in_full_stops_for_good(self):
        found = self._interest(payments=[(day("2026-03-11"), Decimal(1200))])
        self.assertEqual(found.total, 10)
        original = Regime(base="original")
        paid = [(day("2026-03-11"), Decimal(500))]
        self.assertEqual(self._interest(regime=original, payments=paid).total, 30)

    def test_minimum_and_caps(self):
        found = self._interest(regime=Regime(minimum=Decimal(31)))
        self.assertEqual((found.total, found.cut), (0, "minimum"))
        found = self._interest(regime=Regime(cap_amount=Decimal(25)))
        self.assertEqual((found.total, found.cut), (25, "cap"))
        found = self._interest(regime=Regime(cap_percent=Decimal(2)))
        self.assertEqual((found.total, found.cut), (20, "cap"))

    def test_a_missing_rate_names_its_day(self):
        with self.assertRaises(MissingRateError) as caught:
            interest(
                Claim(Decimal(1), day("2026-12-01")), Regime(), EURO, day("2027-02-01")
            )
        self.assertEqual(caught.exception.day, date(2027, 1, 1))

    def test_no_rate_is_needed_while_nothing_accrues(self):
        claim = Claim(Decimal(1), day("2030-01-01"))
        self.assertEqual(interest(claim, Regime(), EURO, day("2030-01-01")).total, 0)

    def test_contradictions(self):
        for regime, code in (
            (Regime(compounding="yearly", reset="fixed"), "compounding_fixed"),
            (Regime(compounding="yearly", base="original"), "compounding_original"),
            (Regime(compounding="monthly", day_count="act/360"), "monthly_day_count"),
            (Regime(grace_kept=True), "grace"),
            (Regime(day_count="moon"), "day_count"),
            (Regime(grace=-1), "negative"),
        ):
            with self.subTest(code=code):
                self.assertIn(code, problems(regime))
        self.assertEqual(problems(Regime()), [])

    def test_rates_do_not_overlap(self):
        first = Rate(day("2026-01-01"), day("2026-06-30"), Decimal(1))
        second = Rate(day("2026-06-30"), day("2026-12-31"), Decimal(1))
        with self.assertRaisesRegex(ValueError, "share 2026-06-30"):
            RateTable("x", [second, first])
        with self.assertRaisesRegex(ValueError, "ends before"):
            RateTable("x", [Rate(day("2026-06-30"), day("2026-01-01"), Decimal(1))])


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
AMOUNTS = st.decimals("0.01", "999999.99", places=2)
PERCENTS = st.decimals("-1", "30", places=2)


class TestLaws(BaseCase):
    """What holds for every claim."""

    @LAW
    @given(DAYS, DAYS, DAYS, st.sampled_from(("act/365", "act/360", "act/act")))
    def test_a_period_cut_in_two_is_the_same(self, one, two, three, convention):
        start, middle, end = sorted((one, two, three))
        whole = year_part(convention, start, end)
        parts = year_part(convention, start, middle) + year_part(
            convention, middle, end
        )
        self.assertEqual(whole, parts)

    @LAW
    @given(AMOUNTS, DAYS, DAYS, DAYS, st.sampled_from(CONVENTIONS))
    def test_cutting_the_rates_changes_nothing(self, amount, one, two, three, count):
        """A rate that goes on unchanged after a cut is the same rate."""
        due, cut, until = sorted((one, two, three))
        rate = Decimal("12.34")
        cut_table = RateTable(
            "cut",
            [
                Rate(date(2000, 1, 1), cut, rate),
                Rate(cut + timedelta(days=1), date(2100, 1, 1), rate),
            ],
        )
        regime = Regime(day_count=count)
        self.assertEqual(
            interest(Claim(amount, due), regime, cut_table, until).total,
            interest(Claim(amount, due), regime, constant(rate), until).total,
        )

    @LAW
    @given(AMOUNTS, DAYS, st.integers(0, 60))
    def test_zero_days_give_zero(self, amount, due, before):
        until = due - timedelta(days=before)
        found = interest(Claim(amount, due), Regime(), constant(Decimal(12)), until)
        self.assertEqual((found.total, found.segments), (0, ()))

    @LAW
    @given(AMOUNTS, DAYS, st.lists(st.tuples(DAYS, AMOUNTS), max_size=5), st.randoms())
    def test_order_of_entry_does_not_matter(self, amount, due, payments, random):
        mixed = list(payments)
        random.shuffle(mixed)
        until = date(2026, 12, 31)
        rates = constant(Decimal(9))
        found = interest(Claim(amount, due, payments), Regime(), rates, until)
        again = interest(Claim(amount, due, mixed), Regime(), rates, until)
        self.assertEqual(found, again)
        self.assertGreaterEqual(found.total, 0)

    @LAW
    @given(AMOUNTS, DAYS, DAYS, PERCENTS)
    def test_equals_counting_day_by_day(self, amount, one, two, margin):
        due, until = sorted((one, two))
        regime = Regime(margin=margin)
        total, when = Fraction(0), due
        while when < until:
            when += timedelta(days=1)
            rate = Fraction(EURO.on(when) + margin)
            total += Fraction(amount) * rate / 100 / 365
        found = interest(Claim(amount, due), regime, EURO, until)
        self.assertEqual(found.total, engine._round(total, 2))

"""Schedules: the worked cases of compliance 7.2 by their identifiers, and the laws."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.calendars import WorkCalendar
from odoo.addons.debt_recovery.tools.schedule import (
    ScheduleError,
    Terms,
    annuity_payment,
    build,
    due_dates,
    equal,
    move_dates,
    number_for,
)
from odoo.addons.debt_recovery.tools.settlement import (
    expected_value,
    percent_waived,
    to_pay,
    waive,
)

LAW = settings(derandomize=True, deadline=None, max_examples=150, database=None)
ANCHOR = date(2026, 1, 31)


def D(value):
    return Decimal(str(value))


def plain(rows):
    return [str(row) for row in rows]


class TestScheduleCases(BaseCase):
    """Identifiers are those of compliance 7.2."""

    def _terms(self, **kw):
        return Terms(**{"total": D("6000.00"), "digits": 2, "first": ANCHOR, **kw})

    def _refused(self, code, **kw):
        with self.assertRaises(ScheduleError) as caught:
            build(self._terms(**{"number": 3, **kw}))
        self.assertEqual(caught.exception.reason.code, code)

    def test_P1a_P1b_equal(self):
        self.assertEqual(
            plain(equal(D("1000.00"), 3, 2)), ["333.33", "333.33", "333.34"]
        )
        self.assertEqual(plain(equal(D("1000.00"), 6, 2)), ["166.66"] * 5 + ["166.70"])

    def test_P1d_tiny_amount_is_refused(self):
        self.assertEqual(plain(equal(D("0.10"), 12, 2)), ["0.00"] * 11 + ["0.10"])
        self._refused("zero_instalment", total=D("0.10"), number=12)

    def test_P2_annuity(self):
        exact = annuity_payment(D(6000), D("0.01"), 6)
        self.assertEqual(round(exact, 4), D("1035.2902"))
        days = tuple(due_dates(ANCHOR, 6, after=1))
        rows = build(
            self._terms(
                number=6, rate=D(12), interest="annuity", rhythm="custom", dates=days
            )
        )
        self.assertEqual(
            plain(row.interest for row in rows),
            ["60.00", "50.25", "40.40", "30.45", "20.40", "10.25"],
        )
        balance, balances = D(6000), []
        for row in rows:
            balance -= row.amount - row.interest
            balances.append(str(balance))
        self.assertEqual(
            balances,
            ["5024.71", "4039.67", "3044.78", "2039.94", "1025.05", "0.00"],
        )
        self.assertEqual(
            plain(row.amount for row in rows), ["1035.29"] * 5 + ["1035.30"]
        )
        self.assertEqual(sum(row.amount for row in rows), D("6211.75"))
        self.assertEqual(
            [(day.month, day.day) for day in days],
            [(2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31)],
        )

    def test_P3b_number_from_what_can_be_afforded(self):
        self.assertEqual(number_for(D(9600), D(1200)), 8)
        self.assertEqual(equal(D(9600), 8, 2), [D(1200)] * 8)
        self.assertEqual(number_for(D(6000), D("1035.30"), D("0.01")), 6)
        for affordable in (60, 0):
            with self.assertRaises(ScheduleError):
                number_for(D(6000), D(affordable), D("0.01"))

    def test_P4_monthly_keeps_the_anchor(self):
        days = due_dates(ANCHOR, 6)
        self.assertEqual(
            [(day.month, day.day) for day in days],
            [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)],
        )
        ends = due_dates(date(2026, 2, 28), 3, month_end=True)
        self.assertEqual([day.day for day in ends], [28, 31, 30])

    def test_P4c_weeks(self):
        anchor = date(2026, 12, 21)
        weekly = due_dates(anchor, 3, "weekly", after=1)
        self.assertEqual(plain(weekly), ["2026-12-28", "2027-01-04", "2027-01-11"])
        fortnightly = due_dates(anchor, 3, "fortnightly", after=1)
        self.assertEqual(plain(fortnightly), ["2027-01-04", "2027-01-18", "2027-02-01"])

    def test_P4d_working_days(self):
        days = [ANCHOR, date(2026, 2, 28), date(2026, 5, 31), date(2026, 8, 15)]
        week = WorkCalendar()
        self.assertEqual(
            plain(move_dates(days, "following", week)),
            ["2026-02-02", "2026-03-02", "2026-06-01", "2026-08-17"],
        )
        self.assertEqual(
            plain(move_dates(days, "modified", week)),
            ["2026-01-30", "2026-02-27", "2026-05-29", "2026-08-17"],
        )
        self.assertEqual(move_dates(days, "none", week), days)

    def test_P5_dated_interest(self):
        rows = build(
            self._terms(
                number=6,
                rate=D(9),
                interest="dated",
                start=ANCHOR,
                rhythm="custom",
                dates=tuple(due_dates(ANCHOR, 6, after=1)),
            )
        )
        self.assertEqual(
            plain(row.interest for row in rows),
            ["41.42", "38.22", "29.59", "22.93", "14.79", "7.64"],
        )
        self.assertEqual(rows[0].amount, D("1041.42"))
        self.assertEqual(rows[-1].amount, D("1007.64"))

    def test_P7_settlement(self):
        total = D("4800.00")
        paid = to_pay(total, D(70), 2)
        waiver = waive(total, paid, D(20), 2)
        self.assertEqual(
            plain((paid, waiver.gross, waiver.net, waiver.tax)),
            ["3360.00", "1440.00", "1200.00", "240.00"],
        )
        self.assertEqual(percent_waived(total, paid), 30)
        paid = to_pay(D("1333.33"), D("62.5"), 2)
        self.assertEqual((paid, D("1333.33") - paid), (D("833.33"), D("500.00")))

    def test_P9_settle_or_plan(self):
        plan = [D(400)] * 12
        self.assertEqual(round(expected_value(plan, D(0), D(10)), 2), D("4549.80"))
        self.assertEqual(round(expected_value(plan, D(3), D(10)), 2), D("3764.53"))

    def test_down_payment_balloon_and_charges(self):
        rows = build(
            self._terms(
                number=3,
                down_payment=D(1000),
                last=D(3000),
                interest="fixed",
                charge=D(30),
                start=ANCHOR - timedelta(days=10),
            )
        )
        self.assertEqual(
            plain(row.amount for row in rows),
            ["1000", "1015.00", "1015.00", "3000.00"],
        )
        self.assertEqual(sum(row.interest for row in rows), 30)
        self.assertEqual(rows[0].number, 0)

    def test_what_is_no_schedule(self):
        self._refused("no_instalment", number=0)
        self._refused("no_amount", total=D(0))
        self._refused("down_payment_too_large", down_payment=D(6000))
        self._refused("last_too_large", last=D(6000))
        self._refused("last_needs_two", last=D(5), number=1)
        self._refused("negative", charge=D(-1))
        self._refused("discount_too_large", discount=D(6000))
        self._refused("negative", discount=D(-1))
        self._refused("dates_missing", rhythm="custom", dates=(ANCHOR,))
        twice = (ANCHOR, ANCHOR, ANCHOR)
        self._refused("dates_not_rising", rhythm="custom", dates=twice)
        self._refused(
            "down_payment_after_first",
            down_payment=D(5),
            start=ANCHOR + timedelta(days=1),
        )
        self._refused(
            "below_interest",
            interest="dated",
            rate=D(900),
            start=date(2020, 1, 1),
            charge=D("9999999"),
            number=200,
            total=D(1),
        )


@st.composite
def any_terms(draw):
    digits = draw(st.sampled_from([0, 2, 3]))
    unit = Decimal(1).scaleb(-digits)
    total = draw(st.integers(1, 10**7)) * unit
    number = draw(st.integers(1, 60))
    share = draw(st.sampled_from([0, 0, D("0.1"), D("0.5")]))
    days = draw(
        st.lists(
            st.dates(date(2024, 1, 1), date(2030, 12, 31)),
            min_size=number,
            max_size=number,
        )
    )
    return Terms(
        total=total,
        digits=digits,
        number=number,
        first=draw(st.dates(date(2024, 1, 1), date(2030, 12, 31))),
        rhythm=draw(st.sampled_from(["weekly", "fortnightly", "monthly", "custom"])),
        dates=tuple(sorted(days)),
        month_end=draw(st.booleans()),
        working_day=draw(st.sampled_from(["none", "following", "modified"])),
        down_payment=(total * share).quantize(unit),
        last=(total * draw(st.sampled_from([0, 0, D("0.2")]))).quantize(unit),
        discount=(total * draw(st.sampled_from([0, 0, D("0.15")]))).quantize(unit),
        interest=draw(st.sampled_from(["none", "fixed", "annuity", "dated"])),
        rate=D(draw(st.integers(0, 30))),
        charge=draw(st.sampled_from([0, 0, 7])) * unit,
    )


class TestScheduleLaws(BaseCase):
    """For any input: a schedule that holds, or a reason."""

    @LAW
    @given(any_terms())
    def test_sums_to_the_cent_and_rises(self, terms):
        try:
            rows = build(terms, WorkCalendar())
        except ScheduleError as error:
            self.assertTrue(error.reason.code)
            return
        self.assertEqual(
            sum(row.amount for row in rows),
            terms.total - terms.discount + sum(row.interest for row in rows),
        )
        if terms.interest in ("none", "fixed"):
            self.assertEqual(sum(row.interest for row in rows), terms.charge)
        for row in rows:
            self.assertGreater(row.amount, 0)
            self.assertGreaterEqual(row.interest, 0)
            self.assertEqual(row.amount, round(row.amount, terms.digits))
        days = [row.due for row in rows if row.number]
        self.assertEqual(days, sorted(set(days)))

    @LAW
    @given(st.integers(1, 10**6), st.integers(1, 10**5))
    def test_what_is_afforded_clears_the_debt(self, total, affordable):
        number = number_for(D(total), D(affordable))
        self.assertGreaterEqual(number * affordable, total)
        self.assertLess((number - 1) * affordable, total)

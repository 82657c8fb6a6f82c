"""What part payments are counted on: cases and laws."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery_charge.tools import interest as engine
from odoo.addons.debt_recovery_charge.tools.appropriation import ORDERS, Account
from odoo.addons.debt_recovery_charge.tools.interest import Claim, Stop, interest
from odoo.addons.debt_recovery_charge.tools.rates import constant
from odoo.addons.debt_recovery_charge.tools.regime import Regime, problems

LAW = settings(derandomize=True, deadline=None, max_examples=60, database=None)
DAILY = constant(Decimal("36.5"))  # 0.1 % a day
DUE = date(2026, 3, 1)


def after(days):
    return DUE + timedelta(days=days)


class TestAppropriation(BaseCase):
    """1,000 at 1.00 a day, 400 paid after 20 days, 30 days late."""

    def _count(self, order, until=30, **kw):
        vals = {"payments": [(after(20), Decimal(400))], **kw}
        claim = Claim(Decimal(1000), DUE, **vals)
        return interest(claim, Regime(order=order), DAILY, after(until))

    def _uses(self, found):
        return [(use.costs, use.interest, use.principal) for use in found.uses]

    def test_principal_first(self):
        found = self._count("principal")
        self.assertEqual((found.total, self._uses(found)), (26, [(0, 0, 400)]))

    def test_interest_first(self):
        found = self._count("interest")
        self.assertEqual(found.total, Decimal("26.20"))
        self.assertEqual(self._uses(found), [(0, 20, 380)])
        self.assertEqual(found.segments[-1].principal, 620)

    def test_costs_then_interest_then_principal(self):
        found = self._count("costs", costs=[(after(1), Decimal(40))])
        self.assertEqual(self._uses(found), [(40, 20, 340)])
        self.assertEqual(found.total, Decimal("26.60"))

    def test_costs_that_arose_later_are_not_paid_by_it(self):
        found = self._count("costs", costs=[(after(25), Decimal(40))])
        self.assertEqual(self._uses(found), [(0, 20, 380)])

    def test_a_payment_below_the_costs(self):
        found = self._count(
            "costs",
            costs=[(after(1), Decimal(40))],
            payments=[(after(10), Decimal(30)), (after(20), Decimal(25))],
        )
        self.assertEqual(self._uses(found), [(30, 0, 0), (10, 15, 0)])
        self.assertEqual(found.total, 30)

    def test_what_was_waived_is_not_paid(self):
        found = self._count("interest", settled=Decimal(15))
        self.assertEqual(self._uses(found), [(0, 5, 395)])

    def test_below_the_minimum_nothing_is_counted_on_interest(self):
        claim = Claim(Decimal(1000), DUE, [(after(20), Decimal(400))])
        regime = Regime(order="interest", minimum=Decimal(50))
        found = interest(claim, regime, DAILY, after(30))
        self.assertEqual((found.total, found.cut), (0, "minimum"))
        self.assertEqual(self._uses(found), [(0, 0, 400)])

    def test_not_beyond_the_cap(self):
        claim = Claim(Decimal(1000), DUE, [(after(20), Decimal(400))])
        regime = Regime(order="interest", cap_amount=Decimal(12))
        found = interest(claim, regime, DAILY, after(30))
        self.assertEqual((found.total, self._uses(found)), (12, [(0, 12, 388)]))

    def test_capital_of_compound_interest_is_paid_as_interest(self):
        claim = Claim(Decimal(1000), DUE, [(date(2027, 3, 1), Decimal(365))])
        regime = Regime(order="interest", compounding="yearly")
        found = interest(claim, regime, DAILY, date(2027, 3, 11))
        self.assertEqual(self._uses(found), [(0, 365, 0)])
        self.assertEqual(found.total, 365 + 10)

    def test_nothing_runs_on_while_all_that_is_open_is_agreed(self):
        stop = Stop(after(21), date.max, Decimal(600), Decimal(600))
        self.assertEqual(self._count("interest", stops=[stop]).total, 20)

    def test_a_payment_before_the_claim_began(self):
        found = self._count("interest", payments=[(after(-3), Decimal(400))])
        self.assertEqual((found.total, self._uses(found)), (18, [(0, 0, 400)]))

    def test_more_than_is_owed(self):
        found = self._count("interest", payments=[(after(10), Decimal(1100))])
        (use,) = found.uses
        self.assertEqual((use.interest, use.principal, use.rest), (10, 1000, 90))

    def test_contradictions(self):
        self.assertIn("order", problems(Regime(order="moon")))
        found = problems(Regime(order="interest", base="original"))
        self.assertIn("order_original", found)


AMOUNTS = st.decimals("0.01", "99999.99", places=2)
DAYS = st.integers(-20, 400)
PAID = st.lists(st.tuples(DAYS, AMOUNTS), max_size=5)
COSTS = st.lists(st.tuples(DAYS, st.decimals("0", "200", places=2)), max_size=3)


class TestLaws(BaseCase):
    """What holds for every claim."""

    def _count(self, order, amount, payments, costs, until=365):
        paid = [(after(day), part) for day, part in payments]
        beside = [(after(day), part) for day, part in costs]
        claim = Claim(amount, DUE, paid, costs=beside)
        return interest(claim, Regime(order=order), DAILY, after(until))

    @LAW
    @given(st.sampled_from(list(ORDERS)), AMOUNTS, PAID, COSTS)
    def test_every_payment_is_used_once(self, order, amount, payments, costs):
        found = self._count(order, amount, payments, costs)
        paid = sum(part for day, part in payments if day <= 365)
        self.assertEqual(sum(use.amount for use in found.uses), paid)
        for use in found.uses:
            parts = (use.costs, use.interest, use.principal, use.rest)
            self.assertEqual(sum(parts), use.amount)
            self.assertGreaterEqual(min(parts), 0)
        self.assertLessEqual(found.paid("principal"), amount)
        self.assertLessEqual(found.paid("costs"), sum(part for _day, part in costs))
        self.assertLessEqual(found.paid("interest"), found.total + Decimal("0.01"))

    @LAW
    @given(AMOUNTS, PAID, COSTS)
    def test_the_later_the_principal_the_more_interest(self, amount, payments, costs):
        principal, first, last = (
            self._count(order, amount, payments, costs).total
            for order in ("principal", "interest", "costs")
        )
        cent = Decimal("0.01")
        self.assertLessEqual(principal, first + cent)
        self.assertLessEqual(first, last + cent)

    @LAW
    @given(AMOUNTS, COSTS, st.integers(0, 400))
    def test_without_payments_the_order_is_nothing(self, amount, costs, until):
        found = {self._count(order, amount, [], costs, until) for order in ORDERS}
        self.assertEqual(len(found), 1)

    @LAW
    @given(st.sampled_from(list(ORDERS)), AMOUNTS, PAID, COSTS, st.randoms())
    def test_order_of_entry_does_not_matter(self, order, amount, paid, costs, random):
        mixed = list(paid)
        random.shuffle(mixed)
        found = self._count(order, amount, paid, costs)
        self.assertEqual(found, self._count(order, amount, mixed, costs))

    @LAW
    @given(st.sampled_from(list(ORDERS)), AMOUNTS, PAID, COSTS)
    def test_equals_counting_day_by_day(self, order, amount, payments, costs):
        account = Account(order, amount, [(after(d), part) for d, part in costs])
        accrued = paid = Fraction(0)
        for day in range(-20, 366):
            if day > 0:
                accrued += Fraction(account.principal) / 1000
            for _day, part in sorted(p for p in payments if p[0] == day):
                due = max(Decimal(0), engine._round(accrued - paid, 2))
                paid += Fraction(account.pay(after(day), part, due).interest)
        found = self._count(order, amount, payments, costs)
        self.assertEqual(found.total, engine._round(accrued, 2))
        self.assertEqual(found.uses, tuple(account.uses))

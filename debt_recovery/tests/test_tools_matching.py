from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.debt_recovery.tools.matching import (
    Item,
    difference,
    propose,
    references,
)

D = Decimal
DAY = date(2025, 3, 3)


def item(number, amount, days=0, text=""):
    return Item(number, D(amount), DAY + timedelta(days=days), references(text))


ITEMS = st.lists(
    st.builds(
        lambda amount, days, name: (D(amount) / 100, days, name),
        st.integers(1, 50000),
        st.integers(0, 400),
        st.sampled_from(["", "INV/0001", "INV/0002", "RF 77812"]),
    ),
    max_size=8,
)


def build(rows, start):
    return [
        item(start + number, amount, days, name)
        for number, (amount, days, name) in enumerate(rows)
    ]


@tagged("debt_recovery")
class TestMatching(BaseCase):
    """Certain proposals first; never more than is open, no item twice."""

    def _rules(self, debits, credits):
        return [(m.rule, m.credits, m.debits) for m in propose(debits, credits)]

    def test_reference_goes_before_amount(self):
        debits = [item(1, 100, text="INV/2025/0001"), item(2, 100, 5, "INV/2025/0002")]
        found = self._rules(debits, [item(9, 100, 9, "Pays inv-2025-0002")])
        self.assertEqual(found, [("exact_reference", ((9, D(100)),), ((2, D(100)),))])

    def test_reference_with_another_amount(self):
        debits = [item(1, 80), item(2, 100, 5, "INV/2025/0002")]
        found = self._rules(debits, [item(9, 80, 9, "INV/2025/0002")])
        self.assertEqual(found, [("reference", ((9, D(80)),), ((2, D(80)),))])

    def test_exact_amount_takes_the_oldest(self):
        debits = [item(1, 50), item(2, 70, 9), item(3, 70, 5)]
        found = self._rules(debits, [item(9, 70, 20)])
        self.assertEqual(found, [("exact", ((9, D(70)),), ((3, D(70)),))])

    def test_sum_of_several_items_and_of_several_credits(self):
        debits = [item(1, 50), item(2, 33, 1), item(3, 70, 5)]
        found = self._rules(debits, [item(9, 120, 20)])
        self.assertEqual(found, [("sum", ((9, D(120)),), ((1, D(50)), (3, D(70))))])
        found = self._rules([item(1, 100)], [item(8, 30), item(9, 70, 2)])
        self.assertEqual(found, [("sum", ((8, D(30)), (9, D(70))), ((1, D(100)),))])

    def test_the_rest_goes_to_the_oldest(self):
        debits = [item(1, 50, 4), item(2, 33, 1)]
        found = self._rules(debits, [item(9, 60, 20)])
        self.assertEqual(found, [("oldest", ((9, D(60)),), ((2, D(33)), (1, D(27))))])

    def test_all_that_is_left_goes_to_the_oldest_together(self):
        debits = [item(1, 5800), item(2, 2100, 50)]
        (match,) = propose(debits, [item(8, 250, 10), item(9, 75, 20)])
        self.assertEqual(match.credits, ((8, D(250)), (9, D(75))))
        self.assertEqual(match.debits, ((1, D(325)),))

    def test_an_overpayment_keeps_its_rest(self):
        (match,) = propose([item(1, 50)], [item(9, 60, 20)])
        self.assertEqual((match.amount, match.credits), (D(50), ((9, D(50)),)))

    def test_nothing_to_match(self):
        self.assertEqual(propose([], [item(9, 60)]), ())
        self.assertEqual(propose([item(1, 60)], []), ())

    def test_plain_words_and_short_numbers_name_nothing(self):
        self.assertFalse(references("Payment of March 25, thanks", None, ""))

    def test_what_a_rest_may_be(self):
        self.assertEqual(difference(D(20), D(20), D(25)), "discount")
        self.assertEqual(difference(D(7), D(0), D(25)), "charge")
        self.assertEqual(difference(D(70), D(20), D(25)), "under")

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ITEMS, ITEMS)
    def test_never_more_than_open_and_no_item_twice(self, debits, credits):
        debits, credits = build(debits, 1), build(credits, 100)
        found = propose(debits, credits)
        for side, items in (("debits", debits), ("credits", credits)):
            opened = {i.id: i.amount for i in items}
            parts = [part for match in found for part in getattr(match, side)]
            used = Counter(item_id for item_id, _amount in parts)
            self.assertLessEqual(max(used.values(), default=0), 1)
            for item_id, amount in parts:
                self.assertLess(0, amount)
                self.assertLessEqual(amount, opened[item_id])
        for match in found:
            paid = sum(amount for _id, amount in match.credits)
            self.assertEqual(paid, match.amount)
        if debits and credits:
            self.assertTrue(found)

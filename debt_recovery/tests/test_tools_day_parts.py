import doctest
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools import day_parts
from odoo.addons.debt_recovery.tools.day_parts import (
    PARTS,
    is_exhausted,
    next_part,
    part_of,
)


class TestDayParts(BaseCase):
    """Attempts go round the day."""

    def test_examples(self):
        self.assertFalse(doctest.testmod(day_parts).failed)
        self.assertEqual(part_of(time(10, 59)), "morning")
        self.assertEqual(part_of(time(14)), "afternoon")

    @given(st.lists(st.sampled_from(PARTS), max_size=12))
    def test_next_is_never_the_last_and_never_overworked(self, tried):
        part = next_part(tried)
        self.assertIn(part, PARTS)
        if tried:
            self.assertNotEqual(part, tried[-1])
        others = [p for p in PARTS if not tried or p != tried[-1]]
        self.assertEqual(tried.count(part), min(tried.count(p) for p in others))

    @given(st.integers(4, 9))
    def test_following_the_advice_exhausts_in_four(self, count):
        tried = []
        for _attempt in range(count):
            tried.append(next_part(tried))
        self.assertTrue(is_exhausted(tried))
        self.assertFalse(is_exhausted(tried[:3]))
        self.assertFalse(is_exhausted(["morning"] * count))

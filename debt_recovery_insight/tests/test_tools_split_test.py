import doctest
import unittest
from statistics import NormalDist

from hypothesis import given
from hypothesis import strategies as st

from ..tools import split_test
from ..tools.split_test import Sample, compare, p_value, variant

SAMPLES = st.integers(1, 2000).flatmap(
    lambda size: st.builds(Sample, st.just(size), st.integers(0, size))
)


class TestToolsSplitTest(unittest.TestCase):
    def test_examples(self):
        self.assertFalse(doctest.testmod(split_test).failed)

    @given(st.text(max_size=8), st.integers(1), st.integers(0, 100))
    def test_nobody_changes_variant(self, salt, key, percent):
        self.assertEqual(variant(salt, key, percent), variant(salt, key, percent))
        if variant(salt, key, percent) == "b":  # a larger share keeps who is in
            self.assertEqual(variant(salt, key, min(100, percent + 7)), "b")

    def test_shares_are_as_asked_and_tests_unrelated(self):
        keys = range(4000)
        first = {key for key in keys if variant("one", key) == "b"}
        second = {key for key in keys if variant("two", key) == "b"}
        self.assertAlmostEqual(len(first) / 4000, 0.5, delta=0.03)
        self.assertAlmostEqual(len(first & second) / 4000, 0.25, delta=0.03)
        fifth = sum(variant("one", key, 20) == "b" for key in keys)
        self.assertAlmostEqual(fifth / 4000, 0.2, delta=0.03)

    @given(SAMPLES, SAMPLES, st.integers(3, 40))
    def test_small_samples_get_no_verdict(self, a, b, difference):
        verdict = compare(a, b, difference)
        enough = min(a.size, b.size) >= split_test.needed(difference)
        self.assertEqual(enough, not (verdict.missing_a or verdict.missing_b))
        if verdict.winner:
            self.assertTrue(enough)
            better = b if verdict.winner == "b" else a
            self.assertEqual(better.rate, max(a.rate, b.rate))

    @given(SAMPLES, SAMPLES)
    def test_the_order_of_variants_does_not_matter(self, a, b):
        self.assertAlmostEqual(p_value(a, b), p_value(b, a), 12)
        self.assertTrue(0 <= p_value(a, b) <= 1)

    def test_counted_by_hand(self):
        """12 of 200 and 10 of 200: 0.01 / sqrt(0.055 x 0.945 x 2 / 200) = 0.439."""
        chance = p_value(Sample(200, 12), Sample(200, 10))
        z = NormalDist().inv_cdf(1 - chance / 2)
        self.assertAlmostEqual(z, 0.439, 3)

    def test_too_one_sided(self):
        verdict = compare(Sample(400, 1), Sample(400, 3), 15)
        self.assertTrue(verdict.is_rare)
        self.assertFalse(verdict.is_given)

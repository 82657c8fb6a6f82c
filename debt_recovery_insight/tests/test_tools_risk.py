from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..tools import risk
from ..tools.risk import COMPONENTS, assess

CODES = [component.code for component in COMPONENTS]
FACTS = st.dictionaries(
    st.sampled_from(CODES), st.none() | st.integers(-200, 400).map(Decimal)
)


class TestToolsRisk(BaseCase):
    """The score from its components."""

    @given(FACTS)
    def test_score_is_the_sum_of_its_shares_between_0_and_100(self, facts):
        found = assess(facts)
        self.assertEqual(len(found.parts), len(COMPONENTS))
        total = sum(part.share for part in found.parts)
        self.assertTrue(0 <= total <= 100 + Decimal("1e-20"))
        if found.score is not None:
            self.assertEqual(found.score, total)
        else:
            self.assertLess(found.known, risk.ENOUGH_PERCENT)

    @given(FACTS, st.sampled_from(CODES))
    def test_forgetting_the_worst_component_never_helps_as_zero_would(
        self, facts, code
    ):
        """Missing is not zero: taking a component away moves the score towards the
        others, never below what the best value of it would give."""
        known = {k: v for k, v in facts.items() if v is not None and k != code}
        best = next(c.low for c in COMPONENTS if c.code == code)
        without, with_best = assess(known), assess(known | {code: best})
        if None not in (without.score, with_best.score):
            self.assertGreaterEqual(without.score, with_best.score)

    def test_ranges_are_fixed(self):
        days = COMPONENTS[0]
        points = [days.rate(Decimal(n)) for n in (-3, 0, 9, 45, 90)]
        self.assertEqual(points, [0, 0, 20, 100, 100])

    def test_too_little_known_gives_no_score_and_no_band(self):
        found = assess({"months": Decimal(1), "limit": Decimal(10)})
        self.assertEqual((found.score, risk.band(found.score)), (None, None))
        self.assertEqual(len([p for p in found.parts if p.value is not None]), 2)

    def test_bands_of_a_company(self):
        bands = [risk.band(Decimal(n), (10, 30, 50, 70)) for n in (9, 10, 49, 50, 70)]
        self.assertEqual(bands, ["A", "B", "C", "D", "E"])
        for wrong in ((0, 1, 2, 3), (10, 10, 20, 30), (10, 20, 30, 100)):
            with self.assertRaises(risk.BordersError):
                risk.check_borders(wrong)

    def test_alerts(self):
        self.assertTrue(risk.is_unusually_late(30, Decimal(10), 5))
        self.assertFalse(risk.is_unusually_late(20, Decimal(10), 5))
        self.assertFalse(risk.is_unusually_late(90, Decimal(10), 4))
        self.assertTrue(risk.is_first_time_late(1, 1, 6))
        self.assertFalse(risk.is_first_time_late(2, 1, 7))
        self.assertTrue(risk.is_sudden(Decimal(60), Decimal(40)))
        self.assertFalse(risk.is_sudden(Decimal(60), None))

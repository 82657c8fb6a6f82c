"""Reasons: codes with values that the models put into words."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.results import (
    Reason,
    as_plain,
    codes,
    find,
    reason,
)


class TestReasons(BaseCase):
    """A reason can be compared, collected and stored."""

    def test_a_reason_is_its_code_and_values(self):
        self.assertEqual(reason("a", day=3), Reason("a", {"day": 3}))
        self.assertNotEqual(reason("a", day=3), reason("a", day=4))
        self.assertEqual(len({reason("a", day=3), reason("a", day=3)}), 1)

    def test_a_value_may_be_called_code(self):
        self.assertEqual(reason("stopped", code="lawyer").values["code"], "lawyer")

    def test_codes_and_find(self):
        reasons = (reason("a"), reason("b", n=1), reason("b", n=2))
        self.assertEqual(codes(reasons), ("a", "b", "b"))
        self.assertEqual(find(reasons, "b").values["n"], 1)
        self.assertIsNone(find(reasons, "c"))

    def test_plain_values_can_be_stored(self):
        item = reason("x", day=date(2025, 1, 2), amount=Decimal("1.10"), n=3, who=None)
        values = {"day": "2025-01-02", "amount": "1.10", "n": 3, "who": None}
        self.assertEqual(as_plain(item), {"code": "x", "values": values})

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools.strategy_choice import Debtor, Rule, choose, is_below, is_in_top

BORDER = Decimal(200)
KEY, FIELD, CONSUMER, SMALL, STANDARD = range(1, 6)
RULES = (
    Rule(id=KEY, tag=10, top_percent=Decimal(5)),
    Rule(id=FIELD, tag=20),
    Rule(id=CONSUMER, applies_to="person"),
    Rule(id=SMALL, below=BORDER),
    Rule(id=STANDARD, is_default=True),
)


@tagged("debt_recovery", "debt_recovery_tools")
class TestStrategyChoice(BaseCase):
    """The rules of practice 4.1, asked without a database."""

    def _choose(self, amount, rules=RULES, **facts):
        return choose(rules, Debtor(amount=Decimal(str(amount)), **facts))

    def test_order_of_the_rules(self):
        self.assertEqual(self._choose(1000), STANDARD)
        self.assertEqual(self._choose(199.99), SMALL)
        self.assertEqual(self._choose(200), STANDARD)
        self.assertEqual(self._choose(10, is_company=False), CONSUMER)
        self.assertEqual(
            self._choose(10, tags=frozenset({20}), is_company=False), FIELD
        )
        self.assertEqual(self._choose(10, tags=frozenset({20, 10})), KEY)

    def test_top_customers_are_key_accounts(self):
        self.assertEqual(self._choose(1000, rank=5, ranked=100), KEY)
        self.assertEqual(self._choose(1000, rank=6, ranked=100), STANDARD)
        self.assertEqual(self._choose(1000, rank=None, ranked=100), STANDARD)

    def test_small_book_has_no_top(self):
        """With nineteen customers nobody is in the top five per cent."""
        self.assertFalse(is_in_top(1, 19, Decimal(5)))
        self.assertTrue(is_in_top(1, 20, Decimal(5)))
        self.assertFalse(is_in_top(1, 20, Decimal(0)))

    def test_band_around_the_border(self):
        """A case changes sides only when the border is passed by a quarter."""
        cases = [
            # amount, current, expected
            ("249.99", SMALL, SMALL),
            ("250.00", SMALL, STANDARD),
            ("150.01", STANDARD, STANDARD),
            ("150.00", STANDARD, SMALL),
        ]
        for amount, current, expected in cases:
            with self.subTest(amount=amount, current=current):
                self.assertEqual(self._choose(amount, current=current), expected)

    def test_band_does_not_flap(self):
        """Moving up and down inside the band leaves the case where it is."""
        current = self._choose(199)
        for amount in (220, 190, 240, 160, 249, 199):
            current = self._choose(amount, current=current)
            self.assertEqual(current, SMALL)

    def test_band_holds_only_between_small_and_default(self):
        """A case that was something else meets the bare border."""
        self.assertEqual(self._choose(199, current=KEY), SMALL)
        self.assertEqual(self._choose(201, current=KEY), STANDARD)

    def test_nothing_open_keeps_the_case_where_it_is(self):
        self.assertEqual(self._choose(0, current=SMALL), SMALL)
        self.assertEqual(self._choose(0, current=STANDARD), STANDARD)
        self.assertEqual(self._choose(0), STANDARD)

    def test_strategy_without_condition_takes_nobody(self):
        rules = (Rule(id=99), *RULES)
        self.assertEqual(self._choose(1000, rules=rules), STANDARD)

    def test_no_default_and_no_match(self):
        self.assertIsNone(self._choose(1000, rules=RULES[:-1]))
        self.assertIsNone(self._choose(1000, rules=()))

    def test_conditions_of_one_rule_must_all_hold(self):
        rules = (Rule(id=1, tag=10, applies_to="company", below=BORDER),)
        both = frozenset({10})
        self.assertEqual(self._choose(100, rules=rules, tags=both), 1)
        self.assertIsNone(self._choose(100, rules=rules))
        self.assertIsNone(self._choose(300, rules=rules, tags=both))
        self.assertIsNone(self._choose(100, rules=rules, tags=both, is_company=False))

    def test_is_below_bare_border(self):
        self.assertTrue(is_below(Decimal("199.99"), BORDER, None))
        self.assertFalse(is_below(BORDER, BORDER, None))

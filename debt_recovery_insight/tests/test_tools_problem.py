from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.problem import Account, recommend, signs

ACCOUNTS = st.builds(
    Account,
    days=st.integers(1, 400),
    disputed=st.floats(0, 1),
    agreed=st.floats(0, 1),
    broken=st.integers(0, 5),
    returned=st.integers(0, 2),
    band=st.sampled_from([None, *"ABCDE"]),
    limitation=st.sampled_from([None, "near", "urgent", "expired"]),
    over_limit=st.booleans(),
    in_court=st.booleans(),
    with_agency=st.booleans(),
    on_hold=st.booleans(),
    worth_suing=st.booleans(),
    may_sue=st.booleans(),
    may_place=st.booleans(),
    silent_days=st.none() | st.integers(0, 200),
)

LAW = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow]
)


@tagged("debt_recovery")
class TestToolsProblem(BaseCase):
    """What is recommended never contradicts what is known."""

    @LAW
    @given(ACCOUNTS)
    def test_never_against_what_runs(self, account):
        action = recommend(account)
        if action in ("sue", "place"):
            self.assertTrue(account.worth_suing)
            self.assertFalse(account.in_court or account.with_agency)
            self.assertIsNone(account.limitation)
            self.assertLess(max(account.disputed, account.agreed), 0.5)
        if action in ("call", "demand"):
            self.assertFalse(account.on_hold or account.in_court)
            self.assertNotEqual(account.limitation, "expired")
        if account.in_court:
            self.assertEqual(action, "court")

    @LAW
    @given(ACCOUNTS)
    def test_more_trouble_is_never_less_of_a_problem(self, account):
        worse = replace(account, days=account.days + 91, broken=account.broken + 2)
        self.assertLessEqual(set(signs(account)), set(signs(worse)))

    def test_order_of_the_rules(self):
        late = Account(days=120, broken=2, worth_suing=True, silent_days=5)
        self.assertEqual(recommend(late), "demand")
        self.assertEqual(recommend(replace(late, may_sue=True)), "sue")
        self.assertEqual(recommend(replace(late, may_place=True)), "place")
        self.assertEqual(recommend(replace(late, limitation="near")), "secure")
        self.assertEqual(recommend(replace(late, over_limit=True)), "stop")
        self.assertEqual(recommend(replace(late, returned=1)), "pay_way")
        self.assertEqual(recommend(replace(late, silent_days=31)), "call")
        self.assertEqual(recommend(Account(days=10, silent_days=1)), "call")

from decimal import Decimal

from odoo.exceptions import AccessError

from ..tools.approvals import Facts, Limit, is_within, needed_role, stand_in
from .common import DebtRecoveryCommon

#: The table of the handbook: subject → officer, manager, final approver. A string is
#: the rule; numbers are limits; None: the role has no row.
TABLE = {
    "promise": ({"days": 30}, {"days": 60}, "always"),
    "plan": (
        {"amount_units": 100, "count": 6, "months": 6, "days": 14},
        {"amount_units": 1000, "months": 12},
        "always",
    ),
    "settlement": ("propose", {"percent": 20, "amount_units": 100}, "always"),
    "waive_charge": ({"amount_units": 2}, {"amount_units": 40}, "always"),
    "small_write_off": (
        {"amount_units": 0.2, "day_units": 2},
        {"amount_units": 1},
        None,
    ),
    "write_off": ("propose", {"amount_units": 20}, "always"),
    "hold": ({"hold_basis": "default"}, {"hold_basis": "maximum"}, None),
    "order_hold": ("propose", {"amount_units": 100}, "always"),
    "sales_truce": ({"days": 2, "count": 2}, "always", None),
    "demand": ("always", "always", None),
    "legal": ("propose", {"amount_units": 200}, "always"),
    "placement": ("propose", {"amount_units": 1000}, "always"),
    "post_charges": ("propose", "always", None),
    "gate_override": ("never", "always", None),
    "bulk_message": ({"count": 50}, "always", None),
    "strategy": ("never", "always", None),
    "cash": ({"amount_units": 20, "days": 1}, "always", None),
    "provision": ("never", "propose", "always"),
    "purge": ("never", "propose", "always"),
    # not in the handbook: closing a case gives up the chase, not the entry
    "case_close": ("propose", "always", None),
}
NUMBERS = ("amount_units", "day_units", "percent", "days", "count", "months")


class TestApprovalLimits(DebtRecoveryCommon):
    """The limits are the handbook's table, and data."""

    def test_shipped_rows_are_the_table(self):
        rows = self.env["debt.recovery.approval.limit"].search([])
        found = {(row.subject, row.role): row for row in rows}
        for subject, roles in TABLE.items():
            for role, expected in zip(
                ("officer", "manager", "final"), roles, strict=True
            ):
                with self.subTest(subject=subject, role=role):
                    row = found.pop((subject, role), None)
                    if expected is None:
                        self.assertIsNone(row)
                        continue
                    values = expected if isinstance(expected, dict) else {}
                    rule = "limited" if values else expected
                    self.assertEqual(row.rule, rule)
                    self.assertEqual(row.hold_basis or None, values.get("hold_basis"))
                    for name in NUMBERS:
                        self.assertEqual(row[name], values.get(name, 0), name)
        self.assertFalse(found)

    def test_amounts_are_money_units(self):
        rows = self.env["debt.recovery.approval.limit"]
        limits = rows._for_subject("write_off", self.company)._to_limits(self.company)
        manager = next(limit for limit in limits if limit.role == "manager")
        unit = Decimal(str(self.company.recovery_money_unit))
        self.assertEqual(manager.amount, 20 * unit)
        self.assertEqual(needed_role(limits, Facts(amount=20 * unit)), "manager")
        self.assertEqual(needed_role(limits, Facts(amount=20 * unit + 1)), "final")

    def test_a_company_row_replaces_the_general_one(self):
        limits = self.env["debt.recovery.approval.limit"].with_user(self.manager)
        limits.create(
            {
                "subject": "promise",
                "role": "officer",
                "days": 10,
                "company_id": self.company.id,
            }
        )
        rows = limits._for_subject("promise", self.company)
        self.assertEqual(rows.filtered(lambda r: r.role == "officer").days, 10)
        self.assertEqual(rows.filtered(lambda r: r.role == "manager").days, 60)
        other = self._setup_company_2()
        rows = limits._for_subject("promise", other)
        self.assertEqual(rows.filtered(lambda r: r.role == "officer").days, 30)

    def test_bad_limits_are_refused_in_a_sentence(self):
        row = self.env.ref("debt_recovery.approval_limit_promise_officer")
        with self._refused("enter zero or more"):
            row.with_user(self.manager).days = -1
        branch = self._setup_branch()
        with self._refused("is a branch: its limits are those of"):
            row.company_id = branch
        with self.assertRaises(AccessError):
            row.with_user(self.officer).days = 90

    # PURE

    def test_unknown_measures_are_beyond(self):
        limit = Limit("officer", days=30, amount=Decimal(100))
        self.assertTrue(is_within(limit, Facts(days=30, amount=Decimal(100))))
        self.assertFalse(is_within(limit, Facts(days=30)))
        self.assertFalse(is_within(limit, Facts(days=31, amount=Decimal(1))))

    def test_nobody_in_the_table_means_a_manager(self):
        self.assertEqual(needed_role([], Facts()), "manager")
        only = [Limit("officer", "propose")]
        self.assertEqual(needed_role(only, Facts()), "manager")
        beyond = [Limit("officer", days=1), Limit("manager", days=2)]
        self.assertEqual(needed_role(beyond, Facts(days=3)), "manager")

    def test_stand_ins_walk_on_and_never_in_a_circle(self):
        self.assertEqual(stand_in(1, {}), 1)
        self.assertEqual(stand_in(1, {1: 2, 2: 3}), 3)
        self.assertIsNone(stand_in(1, {1: 0}))
        self.assertIsNone(stand_in(1, {1: 2, 2: 3, 3: 2}))

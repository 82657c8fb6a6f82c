from datetime import timedelta
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools.assignment import Debtor, Rule, share_out
from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestAssignment(DebtRecoveryCommon):
    """Who gets a case that opens, and who works it during a leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_user_id = cls.manager
        cls.belgium = cls.env.ref("base.be")

    @classmethod
    def _rule(cls, users, **kw):
        vals = {"name": "Rule", "user_ids": [Command.set(users.ids)], **kw}
        vals.setdefault("method", "fixed" if len(users) == 1 else "balanced")
        return cls.env["debt.recovery.assignment.rule"].create(vals)

    def _owner(self, name="New", amount=1000, **kw):
        debtor = self._debtor(name, **kw)
        self._overdue_invoice(debtor, amount, 20)
        return self._case(debtor).user_id

    def _away(self, user, deputy=None, days=5):
        user.write(
            {
                "recovery_absent_from": self.today,
                "recovery_absent_to": self.today + timedelta(days=days),
                "recovery_deputy_id": deputy and deputy.id,
            }
        )

    def test_customers_officer_before_rules_before_default(self):
        self.assertEqual(self._owner("A"), self.manager)
        self._rule(self.officer)
        self.assertEqual(self._owner("B"), self.officer)
        owner = self._owner("C", recovery_user_id=self.other_officer.id)
        self.assertEqual(owner, self.other_officer)

    def test_conditions(self):
        unit = float(self.company._recovery_units(1))
        self._rule(self.officer, country_ids=self.belgium.ids)
        self._rule(self.other_officer, amount_from_units=10, amount_to_units=20)
        self._rule(self.officer, letter_from="ö", letter_to="p")
        self.assertEqual(self._owner("A", country_id=self.belgium.id), self.officer)
        self.assertEqual(self._owner("A", 10 * unit), self.other_officer)
        self.assertEqual(self._owner("A", 20 * unit), self.manager)
        self.assertEqual(self._owner("Österreich AG", unit), self.officer)
        self.assertEqual(self._owner("Quick", unit), self.manager)

    def test_in_turn_by_load_and_capacity(self):
        both = self.officer | self.other_officer
        self._rule(both)
        self.officer.recovery_capacity = 2
        self.other_officer.recovery_capacity = 1
        owners = [self._owner(f"D{no}") for no in range(4)]
        self.assertEqual(owners.count(self.officer), 2)
        self.assertEqual(owners.count(self.other_officer), 1)
        self.assertEqual(owners[-1], self.manager, "everybody is full")

    def test_away(self):
        self._rule(self.officer)
        self._away(self.officer, self.other_officer)
        self.assertEqual(self._owner("A"), self.other_officer)
        self.officer.recovery_deputy_id = False
        self.assertEqual(self._owner("B"), self.manager, "nobody stands in")
        self.officer.write({"recovery_absent_from": False, "recovery_absent_to": False})
        self.assertEqual(self._owner("C"), self.officer)

    def test_deputy_sees_and_works_the_cases(self):
        case = self._case(user_id=self.officer.id, strategy_id=False)
        self._overdue_invoice(self.debtor, 1000, 20)
        seen = self.env["debt.recovery.case"].with_user(self.other_officer)
        self.assertFalse(seen.search([("id", "=", case.id)]))
        self._away(self.officer, self.other_officer)
        mine = seen.search([("id", "=", case.id)] + list(seen._mine_domain()))
        self.assertEqual(mine, case)
        self.assertIn("away", str(mine.today_badges))
        mine.note = "<p>Seen</p>"
        day = self.today + timedelta(days=1)
        task = mine._leave(
            self.env["debt.recovery.action"],
            "mail.mail_activity_data_call",
            day,
            "Call",
        )
        self.assertEqual(task.user_id, self.other_officer)
        self.officer.recovery_absent_to = self.today
        later = self._at(seen, 1)
        self.assertFalse(later.search([("id", "=", case.id)]))
        with self.assertRaises(AccessError):
            later.browse(case.id).check_access("write")

    def test_officer_keeps_what_the_officer_opens(self):
        self._rule(self.other_officer)
        self._overdue_invoice(self.debtor, 100, 10)
        case = self.env["debt.recovery.case"].with_user(self.officer)
        case = case.create({"partner_id": self.debtor.id})
        self.assertEqual(case.user_id, self.officer)

    def test_somebody_leaves(self):
        case = self._case(user_id=self.officer.id)
        self._rule(self.officer, sequence=1)
        self._rule(self.other_officer, sequence=2)
        self.officer.active = False
        self.assertEqual(case.user_id, self.other_officer)

    def test_bad_rules(self):
        with self._refused("which no case has", ValidationError):
            self._rule(self.officer, amount_from_units=20, amount_to_units=10)
        with self._refused("exchange the letters", ValidationError):
            self._rule(self.officer, letter_from="K", letter_to="a")
        with self._refused("take turns", ValidationError):
            self._rule(self.officer | self.other_officer, method="fixed")
        with self._refused("names nobody", ValidationError):
            self._rule(self.env["res.users"])
        with self._refused("no recovery officer", ValidationError):
            self._rule(self.auditor)

    def test_only_managers_write_rules(self):
        rule = self._rule(self.officer)
        rule.with_user(self.manager).sequence = 3
        with self.assertRaises(AccessError):
            rule.with_user(self.officer).sequence = 4

    def test_share_out_is_fair(self):
        """With room enough loads end in the proportion of the capacities."""
        debtors = [Debtor(no, Decimal(1)) for no in range(30)]
        given = share_out(debtors, [Rule(1, (7, 8))], {}, {7: 100, 8: 50})
        people = [person for _rule, person in given.values()]
        self.assertEqual((people.count(7), people.count(8)), (20, 10))

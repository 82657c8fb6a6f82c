from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.debt_recovery.tests.common import DebtRecoveryCommon

from .test_push import PushCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestPushSum(PushCommon):
    """Where the month stands: target, recovered, committed, still to find."""

    def _target(self, value, user=None, first=None, last=None):
        self.env["debt.recovery.target"].create(
            {
                "company_id": self.company.id,
                "user_id": user.id if user else False,
                "date_from": first or self._day(-2),
                "date_to": last or self._day(28),
                "value": value,
            }
        )

    def _sums(self, days=23, filters=None):
        company = self.company.with_context(recovery_today=self._day(days))
        rows = self._pushes(days)._push_sums(company, self._day(-2), filters)
        return {row["user_id"]: row for row in rows}

    def test_target_recovered_committed_still_to_find(self):
        self._target(1000, self.officer)
        self._pay(self.invoice, amount=250, date=self._day(5))
        self._promised()
        row = self._row(self.officer)
        row.amount_committed = 300
        mine = self._sums()[self.officer.id]
        self.assertEqual(mine["recovered"], 250)
        self.assertEqual(mine["waiting"], 300)
        self.assertEqual(mine["missing"], 450)
        self.assertIsNone(mine["rate"])
        # money of the commitment is recovered and waited for no longer
        self._pay(self.invoice, amount=100, date=self._day(24))
        self._list(24)
        mine = self._sums(24)[self.officer.id]
        self.assertEqual((mine["recovered"], mine["waiting"]), (350, 200))
        self.assertEqual(mine["missing"], 450)

    def test_the_team_adds_up_or_has_its_own_target(self):
        self._target(1000, self.officer)
        self._target(400, self.other_officer, self._day(-2), self._day(10))
        self._target(600, self.other_officer, self._day(11), self._day(28))
        self.assertEqual(self._sums()[self.other_officer.id]["target"], 1000)
        self.assertEqual(self._sums()[False]["target"], 2000)
        self._target(2500)
        self.assertEqual(self._sums()[False]["target"], 2500)
        self.assertEqual(self._sums()[False]["missing"], 2500)

    def test_without_target_nothing_is_to_be_found(self):
        self._pay(self.invoice, amount=250, date=self._day(5))
        mine = self._sums()[self.officer.id]
        self.assertIsNone(mine["target"])
        self.assertIsNone(mine["missing"])

    def test_more_than_the_target_leaves_nothing_to_find(self):
        self._target(100, self.officer)
        self._pay(self.invoice, amount=250, date=self._day(5))
        self.assertEqual(self._sums()[self.officer.id]["missing"], 0)

    def test_earlier_commitments_say_how_good_they_are(self):
        self._promised()
        row = self._row(self.officer)
        row.amount_committed = 300
        self._list(29)
        self.assertEqual(row.state, "missed")
        company = self.company.with_context(recovery_today=self._day(30))
        april = self._day(29)  # the first of April
        rows = self._pushes(30)._push_sums(company, april)
        found = {row["user_id"]: row for row in rows}
        self.assertEqual(found[self.officer.id]["rate"], 0)
        self.assertEqual(found[self.officer.id]["judged"], 1)
        self.assertEqual(found[self.officer.id]["committed"], 0)

    def test_officers_see_their_own(self):
        self._target(1000, self.officer)
        self._target(1000, self.other_officer)
        own = self._pushes(user=self.officer).action_sums()["rows"]
        self.assertEqual([row["user_id"] for row in own], [self.officer.id])
        rows = self._pushes().action_sums()["rows"]
        self.assertEqual(len(rows), 3)
        self.assertFalse(rows[-1]["user_id"])
        stranger = new_test_user(self.env, "push_stranger")
        with self.assertRaises(AccessError):
            self._pushes(user=stranger).action_sums()

    def test_report(self):
        self._target(1000, self.officer)
        kind = self.env.ref("debt_recovery_insight.report_kind_push")
        kind = kind.with_context(recovery_today=self._day(23))
        section = kind._answer_for(self.manager, self.company)["sections"][0]
        self.assertEqual(section["totals"]["missing"], 1000)
        self.assertEqual(len(section["rows"]), 1)
        some = {"partner_ids": self.debtor.ids, "user_ids": None}
        answer = kind._answer_for(self.manager, self.company, filters=some)
        self.assertFalse(answer["sections"][0]["rows"])
        answer["sections"] = answer["sections"][:1]
        self.assertIn("No officer", str(kind._page(answer, self.company)))


@tagged("post_install", "-at_install", "debt_recovery")
class TestPushScreen(DebtRecoveryCommon, HttpCase):
    """The strip above the list."""

    def test_strip_and_the_list_of_one_officer(self):
        self._overdue_invoice(self.debtor, 5000, 30)
        self._case(user_id=self.officer.id, state="open")
        self.env["debt.recovery.target"].create(
            {"company_id": self.company.id, "user_id": self.officer.id, "value": 900}
        )
        self.env["debt.recovery.push"].sudo()._list_month(self.company)
        self.start_tour("/odoo/debt-push", "debt_recovery_push", login="dr_manager")

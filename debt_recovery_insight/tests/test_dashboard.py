from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .insight_common import InsightCommon

#: Statements of one reading, whatever the number of customers.
MOST_QUERIES = 110


@tagged("post_install", "-at_install", "debt_recovery")
class TestDashboard(InsightCommon):
    """The dashboard as each of its readers sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Other Ltd")
        cls._overdue_invoice(cls.debtor, 1000, 20)
        cls._overdue_invoice(cls.debtor, 300, 120)
        cls._overdue_invoice(cls.debtor, 500, -10)
        cls._overdue_invoice(cls.other, 4000, 40)
        cls.paid = cls._overdue_invoice(cls.other, 700, 30)
        cls._pay(cls.paid, date=cls._day(0))
        cls.case = cls._case(user_id=cls.officer.id)
        cls.other_case = cls._case(cls.other, user_id=cls.other_officer.id)
        cls.env.flush_all()

    def _board(self, user):
        model = self.env["debt.recovery.dashboard"].with_user(user)
        return model.with_context(
            recovery_today=self._day(0), allowed_company_ids=self.company.ids
        )

    def _facts(self, user, **filters):
        facts = self._board(user).action_dashboard_facts(filters)
        return facts, {tile["code"]: tile for tile in facts["tiles"]}

    def _rows(self, user, kind, key=None, **filters):
        board = self._board(user)
        action = board.action_dashboard_rows(filters, kind, key)
        return board.env[action["res_model"]].search(action["domain"])

    def test_manager_sees_the_team(self):
        for user in (self.manager, self.auditor):
            facts, tiles = self._facts(user)
            self.assertEqual(len(tiles), 8)
            self.assertIn("5,300", tiles["overdue"]["text"])
            self.assertIn("2 customers", tiles["overdue"]["sub"])
            self.assertIn("300", tiles["over90"]["text"])
            self.assertIn("700", tiles["recovered"]["text"])
            names = [row["name"] for row in facts["debtors"]]
            self.assertEqual(names, ["Other Ltd", "Debtor Ltd"])
            self.assertEqual(facts["officers"][0]["amount"], 700)

    def test_expected_cash_beside_that_of_the_evening_before(self):
        """Frozen with the snapshot of that evening; of a part of the company nobody
        froze it."""
        checks = self.env["debt.recovery.snapshot.check"]
        check = checks._take(self.company, self._day(0), "day")
        expected = check.amount_expected
        self.assertGreater(expected, 0)
        self.assertFalse(self._facts(self.manager)[1]["cash"]["change"])
        check.sudo().date = self._day(0).replace(day=1) - timedelta(days=1)
        check.sudo().amount_expected = expected - 100
        change = self._facts(self.manager)[1]["cash"]["change"]
        self.assertEqual((change["arrow"], change["tone"]), ("up", "good"))
        self.assertIn("100", change["text"])
        one = self._facts(self.manager, user_id=self.officer.id)[1]
        self.assertFalse(one.get("cash", {}).get("change"))

    def test_officer_sees_the_own_work(self):
        facts, tiles = self._facts(self.officer, user_id=self.other_officer.id)
        self.assertEqual(facts["filters"]["user_id"], self.officer.id)
        self.assertEqual([row["name"] for row in facts["debtors"]], ["Debtor Ltd"])
        self.assertIn("1,300", tiles["overdue"]["text"])
        self.assertIn("todo", tiles)
        self.assertFalse(facts["choices"]["users"])
        self.assertFalse(self._rows(self.officer, "tile", "recovered"))

    def test_manager_opens_the_page_of_an_officer(self):
        _facts, tiles = self._facts(self.manager, user_id=self.officer.id)
        self.assertIn("todo", tiles)
        self.assertIn("1,300", tiles["overdue"]["text"])

    def test_figures_are_those_of_their_rows(self):
        rows = self._rows(self.manager, "tile", "overdue")
        self.assertEqual(sum(rows.mapped("amount_residual")), 5300)
        rows = self._rows(self.manager, "tile", "over90")
        self.assertEqual(sum(rows.mapped("amount_residual")), 300)
        rows = self._rows(self.manager, "debtors")
        self.assertEqual(rows, self.case | self.other_case)
        rows = self._rows(self.officer, "tile", "overdue")
        self.assertEqual(rows.partner_id, self.debtor)

    def test_every_figure_opens(self):
        facts, _tiles = self._facts(self.manager)
        day = facts["ageing"]["days"][-1]
        keys = [("tile", tile["code"]) for tile in facts["tiles"]]
        keys += [("bridge", row["code"]) for row in facts["bridge"]]
        keys += [("stage", row["id"]) for row in facts["stages"]]
        keys += [("officer", row["id"]) for row in facts["officers"]]
        keys += [("attention", row["key"]) for row in facts["attention"]]
        keys += [("week", "01"), ("ageing", f"{day}:4"), ("promises", None)]
        for kind, key in keys:
            if (kind, key) == ("tile", "attention") and not facts["attention"]:
                continue
            with self.subTest(kind=kind, key=key):
                board = self._board(self.manager)
                action = board.action_dashboard_rows({}, kind, key)
                self.assertIn(action["res_model"], self.env)

    def test_bridge_closes(self):
        facts, _tiles = self._facts(self.manager)
        rows = {row["code"]: row["amount"] for row in facts["bridge"]}
        moved = sum(amount for code, amount in rows.items() if code != "closing")
        self.assertAlmostEqual(moved, rows["closing"], 2)
        self.assertEqual(rows["closing"], 5300)

    def test_footer_ties(self):
        self.checks._take(self.company, self._day(0), "day")
        facts, _tiles = self._facts(self.manager)
        self.assertEqual(facts["footer"]["tone"], "good")
        self.assertIn("difference", facts["footer"]["text"])
        facts, _tiles = self._facts(self.officer)
        self.assertNotIn("5,800", facts["footer"]["text"])

    def test_last_month_is_read_from_the_ledger(self):
        facts, tiles = self._facts(self.manager, period="last_month")
        self.assertFalse(facts["period"]["is_now"])
        self.assertEqual(tiles["collectable"]["text"], "–")
        self.assertTrue(tiles["collectable"]["why"])

    def test_empty_company(self):
        data = self.setup_other_company(name="Nothing Yet Ltd")
        company = data["company"]
        board = self._board(self.env.user).with_context(allowed_company_ids=company.ids)
        facts = board.action_dashboard_facts({"company_id": company.id})
        tiles = {tile["code"]: tile for tile in facts["tiles"]}
        self.assertEqual(tiles["dso"]["text"], "–")
        self.assertIn("Nothing is open", tiles["dso"]["why"])
        self.assertFalse(facts["debtors"])
        self.assertFalse(facts["footer"]["id"])

    def test_other_companies_stay_hidden(self):
        data = self.setup_other_company(name="Foreign Ltd")
        facts, _tiles = self._facts(self.manager, company_id=data["company"].id)
        self.assertEqual(facts["filters"]["company_id"], self.company.id)

    def test_strangers_are_refused(self):
        clerk = new_test_user(self.env, "dr_stranger", groups="base.group_user")
        for call in ("facts", "rows"):
            with self._refused("recovery officers, managers", AccessError):
                args = ({},) if call == "facts" else ({}, "tile", "overdue")
                getattr(self._board(clerk), f"action_dashboard_{call}")(*args)

    def test_unknown_figure(self):
        with self._refused("no rows behind", UserError):
            self._board(self.manager).action_dashboard_rows({}, "nonsense", "x")
        with self._refused("no rows behind", UserError):
            self._board(self.manager).action_dashboard_rows({}, "stage", "x")

    def test_officer_cannot_open_the_rows_of_another(self):
        self.assertFalse(self._rows(self.officer, "officer", self.other_officer.id))
        rows = self._rows(self.manager, "officer", self.other_officer.id)
        self.assertEqual(rows.move_id, self.paid)

    def test_queries_do_not_grow_with_customers(self):
        self._facts(self.manager)
        self.env.invalidate_all()
        before = self._count()
        for number in range(12):
            debtor = self._debtor(f"More {number}")
            self._overdue_invoice(debtor, 100, 15)
            self._case(debtor, user_id=self.officer.id)
        self.env.flush_all()
        self.env.invalidate_all()
        after = self._count()
        self.assertLess(after, MOST_QUERIES)
        # the ten first debtors' sentences read a little more than those of two
        self.assertLessEqual(after, before + 5)

    def _count(self):
        self._board(self.manager).action_dashboard_facts({})
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self._board(self.manager).action_dashboard_facts({})
        return self.env.cr.sql_log_count - start

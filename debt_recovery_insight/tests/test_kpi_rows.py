from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from .insight_common import InsightCommon

#: Figure -> (its part, the column of its rows that adds up to it).
SUMS = {
    "dso_balance": ("receivables", "amount_residual"),
    "dso_countback": ("receivables", "amount_residual"),
    "dso_invoice": ("total", "amount_residual"),
    "dso_best": ("not_due", "amount_residual"),
    "weighted_days": ("overdue", "amount_residual"),
    "current_share": ("bucket_0", "amount_residual"),
    "ageing": ("bucket_4", "amount_residual"),
    "cei": ("end", "amount_residual"),
    "recovered": ("cash", "amount_cash"),
    "recovery_rate": ("cash", "amount_cash"),
    "collection_efficiency": ("cash", "amount_cash"),
    "overdue_reduction": ("cash", "amount_cash"),
    "bad_debt": ("written_off", "amount_given_up"),
    "at_risk": ("issued", "balance"),
}
#: Figure -> the part that counts its rows.
COUNTS = {
    "days_overdue_open": "count",
    "days_late_paid": "count",
}


@tagged("post_install", "-at_install", "debt_recovery")
class TestKpiRows(InsightCommon):
    """The rows a figure opens add up to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for seed in (61, 62):
            book = cls._book(seed=seed, invoices=25)
            # live rows know no future, the ledger of a day does
            coming = book.filtered(lambda move: move.date > cls._day(0))
            coming.line_ids.remove_move_reconcile()
            coming.button_draft()
        excluded = cls._overdue_invoice(cls.debtor, 3000, 100)
        cls._receivable_line(excluded).no_followup = True
        cls._overdue_invoice(cls.company.partner_id, 5000, 100)
        written = cls._overdue_invoice(cls.debtor, 600, 100)
        cls._pay(
            written,
            amount=450,
            payment_difference_handling="reconcile",
            writeoff_account_id=cls.company_data["default_account_expense"].id,
        )
        debtors = cls.env["res.partner"].search([("name", "like", "Customer ")])
        for number, debtor in enumerate(debtors.sorted("id")):
            user = cls.officer if number % 2 else cls.other_officer
            cls._case(debtor, user_id=user.id)
        cls.env.flush_all()

    def _rows(self, action, user):
        model = self.env[action["res_model"]].with_user(user)
        return model.with_context(**action["context"]).search(action["domain"])

    def _ties(self, user, filters=None, first=-89, last=0):
        company = self.company.with_user(user)
        days = self._day(first), self._day(last)
        for answer in company._recovery_kpis([*SUMS, *COUNTS], *days, filters):
            rows = self._rows(answer["action"], user)
            code = answer["code"]
            with self.subTest(code=code, user=user.login):
                if code in COUNTS:
                    count = answer["parts"].get(COUNTS[code], 0)
                    self.assertEqual(len(rows), count)
                    continue
                part, column = SUMS[code]
                if column not in rows._fields:  # frozen rows
                    column = "amount_balance"
                total = sum(Decimal(str(amount)) for amount in rows.mapped(column))
                self.assertAlmostEqual(total, answer["parts"][part], 2)

    def test_of_the_team(self):
        self._ties(self.manager)

    def test_of_an_officer(self):
        self._ties(self.officer, {"user_ids": self.officer.ids})

    def test_of_one_customer(self):
        partner = self.env["res.partner"].search([("name", "=", "Customer 1")], limit=1)
        self._ties(self.manager, {"partner_ids": partner.ids})

    def test_list_of_an_officer_is_of_the_own_customers(self):
        kpi = self.env.ref("debt_recovery_insight.kpi_recovered")
        kpi.period_days = 365
        kpi = kpi.with_context(recovery_today=self._day(0))
        texts = {
            user: kpi.with_user(user).value_text
            for user in (
                self.manager,
                self.officer,
                self.other_officer,
            )
        }
        self.assertEqual(len(set(texts.values())), 3)
        action = kpi.with_user(self.officer).action_open_rows()
        money = sum(self._rows(action, self.officer).mapped("amount_cash"))
        self.assertEqual(self.company.currency_id.format(money), texts[self.officer])

    def test_terms_of_the_bridge_open_their_rows(self):
        board = self.env["debt.recovery.dashboard"].with_user(self.manager)
        board = board.with_context(recovery_today=self._day(0))
        filters = {"period": "year"}
        terms = board.action_dashboard_facts(filters)["bridge"]
        columns = {"cash": "amount_cash", "write_off": "amount_given_up"}
        for term in terms:
            action = board.action_dashboard_rows(filters, "bridge", term["code"])
            rows = self._rows(action, self.manager)
            if term["code"] in columns:
                moved = sum(rows.mapped(columns[term["code"]]))
                self.assertAlmostEqual(moved, -term["amount"], 2)
            elif term["code"] == "closing":
                total = sum(rows.mapped("amount_residual"))
                self.assertAlmostEqual(total, term["amount"], 2)
            elif term["code"] == "newly":
                self.assertTrue(rows)

    def test_movements_are_read_only_and_own(self):
        movements = self.env["debt.recovery.movement"]
        few = movements.with_user(self.manager).search_count([])
        movements = movements.with_context(recovery_months=24)
        self.assertGreater(movements.with_user(self.manager).search_count([]), few)
        mine = movements.with_user(self.officer).search([])
        self.assertTrue(mine)
        self.assertFalse(mine.filtered(lambda row: row.user_id == self.other_officer))
        self.assertGreater(
            movements.with_user(self.manager).search_count([]), len(mine)
        )
        for call in (
            lambda: mine[:1].sudo().write({"amount_cash": 1}),
            lambda: mine[:1].sudo().unlink(),
            lambda: movements.sudo().create({}),
        ):
            with self._refused("matches of the ledger", UserError):
                call()
        action = mine[:1].action_open_document()
        self.assertEqual(action["res_id"], mine[:1].move_id.id)

    def test_parts_are_shown_in_words(self):
        kpi = self.env.ref("debt_recovery_insight.kpi_ageing")
        kpi = kpi.with_context(recovery_today=self._day(0)).with_user(self.manager)
        self.assertIn("31–60 days", kpi.parts_html)
        self.assertIn("Open items", kpi.parts_html)

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportDay(InsightCommon):
    """Reports of the day: my work, what was done, what leaves, what is in hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Other Ltd")
        cls._overdue_invoice(cls.debtor, 1000, 20)
        cls._overdue_invoice(cls.other, 4000, 40)
        cls.case = cls._case(user_id=cls.officer.id)
        cls.other_case = cls._case(cls.other, user_id=cls.other_officer.id)

    def _answer(self, code, user, **question):
        kind = self.env["debt.recovery.report"].search([("code", "=", code)])
        kind = kind.with_context(recovery_today=self._day(0))
        return kind._answer_for(user, self.company, **question)

    def _section(self, answer, title):
        return next(s for s in answer["sections"] if s["title"] == title)

    # MY DAY

    def test_my_day(self):
        self.case.activity_schedule(
            "mail.mail_activity_data_call",
            self._day(0),
            summary="Ring the accountant",
            user_id=self.officer.id,
        )
        answer = self._answer("my_day", self.officer)
        first = answer["sections"][0]["rows"]
        self.assertEqual([row["partner"] for row in first], [self.debtor.name])
        self.assertEqual(first[0]["collectable"], 1000)
        self.assertIn("To do: 1.", answer["lead"][0])
        theirs = self._answer("my_day", self.other_officer)["sections"][0]["rows"]
        self.assertNotIn(self.debtor.name, [row["partner"] for row in theirs])

    def test_a_manager_looks_at_the_day_of_an_officer(self):
        asked = {"user_ids": self.officer.ids}
        answer = self._answer("my_day", self.manager, filters=asked)
        names = {row["partner"] for s in answer["sections"] for row in s["rows"]}
        self.assertNotIn(self.other.name, names)

    def test_nothing_to_do(self):
        self.case.state = self.other_case.state = "watch"
        answer = self._answer("my_day", self.officer)
        self.assertFalse(answer["sections"][0]["rows"])
        self.assertIn("Nothing due.", answer["lead"][0])

    # ACTIVITY

    def _log_call(self, case, user, code):
        outcome = self.env["debt.recovery.outcome"].search([("code", "=", code)])
        case = case.with_user(user).with_context(recovery_today=self._day(0))
        case._record_contact({"channel": "phone", "outcome": outcome.code})

    def test_activity_equals_a_plain_count(self):
        with freeze_time(self.monday()):
            for case, user, code in (
                (self.case, self.officer, "no_answer"),
                (self.case, self.officer, "no_answer"),
                (self.other_case, self.other_officer, "no_answer"),
            ):
                self._log_call(case, user, code)
        period = {"date_from": self._day(0), "date_to": self._day(0)}
        answer = self._answer("activity_day", self.manager, **period)
        table = self._section(answer, "By officer")
        found = {row["user"]: row["attempts"] for row in table["rows"]}
        self.assertEqual(found[self.officer.name], 2)
        self.assertEqual(found[self.other_officer.name], 1)
        self.assertEqual(table["totals"]["attempts"], 3)
        self.assertIn("3 calls and visits, 0 reached", answer["lead"][0])
        mine = self._answer("activity_day", self.officer, **period)
        self.assertEqual(self._section(mine, "By officer")["totals"]["attempts"], 2)

    @classmethod
    def monday(cls):
        return f"{cls._day(0)} 10:00:00"

    def test_promises_and_money(self):
        case = self.other_case.with_context(recovery_today=self._day(0))
        case._take_promise(self._day(5))
        self._customer_payment(self.debtor, 10, date=self._day(0))
        period = {"date_from": self._day(0), "date_to": self._day(0)}
        answer = self._answer("activity_day", self.manager, **period)
        rows = self._section(answer, "Promises taken")["rows"]
        self.assertEqual([row["partner"] for row in rows], [self.other.name])
        self.assertEqual(rows[0]["amount"], 4000)
        totals = self._section(answer, "By officer")["totals"]
        self.assertEqual((totals["promises"], totals["promised"]), (1, 4000))

    # WHAT LEAVES

    def test_outgoing(self):
        self._go_live(self.company)
        self._run()
        answer = self._answer("outgoing_day", self.manager)
        by_step = self._section(answer, "By step")
        leaving = self._section(answer, "Leaves by itself")
        actions = self.env["debt.recovery.action"].search(
            [
                ("company_id", "=", self.company.id),
                ("channel_id.is_message", "=", True),
                ("date_planned", "<=", self._day(0)),
                ("state", "in", ("planned", "approved")),
                ("mode", "=", "auto"),
            ]
        )
        self.assertEqual(by_step["totals"]["count"], len(actions))
        self.assertEqual(len(leaving["rows"]), len(actions))
        self.assertEqual(
            sum(row["amount"] for row in leaving["rows"]),
            sum(actions.mapped("amount_claimed")),
        )
        mine = self._answer("outgoing_day", self.officer)
        names = {row["partner"] for s in mine["sections"][1:] for row in s["rows"]}
        self.assertNotIn(self.other.name, names)

    # CASH

    def test_cash(self):
        if "recovery_field" not in self.company._fields:
            self.skipTest("without field work")
        self.company.recovery_field = True
        row = {
            **{"kind": "receipt", "name": "R1", "means": "Cash", "state": "In Hand"},
            **{"partner": "X", "partner_id": self.debtor.id, "foreign": ""},
            **{"holder": "Ann", "user_id": self.officer.id, "amount": 70.0},
            **{"date": self._day(-3), "days": 3},
        }
        rows = [row, row | {"kind": "instrument", "user_id": self.other_officer.id}]
        company = self.env.registry["res.company"]
        with patch.object(company, "_recovery_unbanked", lambda self, day: rows):
            answer = self._answer("cash_day", self.manager)
            mine = self._answer("cash_day", self.officer)
        holders, receipts, cheques = answer["sections"]
        self.assertEqual(holders["rows"][0]["amount"], 140)
        self.assertEqual((len(receipts["rows"]), len(cheques["rows"])), (1, 1))
        self.assertIn("140", answer["lead"][0])
        self.assertEqual(mine["sections"][0]["totals"]["amount"], 70)
        with patch.object(company, "_recovery_unbanked", lambda self, day: []):
            answer = self._answer("cash_day", self.manager)
        self.assertIn("with the bank", answer["lead"][0])

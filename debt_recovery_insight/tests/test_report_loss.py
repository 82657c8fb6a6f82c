from odoo.tests import tagged

from .loss_case import LossCase


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportLoss(LossCase):
    """What was given up and what should be, against the records themselves."""

    def _answer(self, code, user=None, **question):
        report = self.env.ref(f"debt_recovery_insight.report_{code}")
        question = {"date_from": self._day(-29), "date_to": self._day(0)} | question
        return report._answer_for(user or self.manager, self.company, **question)

    def test_by_reason_and_by_who_decided(self):
        first, second = self._write_off(), self._write_off(self.young)
        self._receive(first, 200)
        back = self._write_off(self._overdue_invoice(self.debtor, 50, 90))
        back.with_user(self.manager).action_reverse()
        answer = self._answer("write_offs")
        reasons, people, rows, after, _relief, undone = answer["sections"]
        for section in (reasons, people):
            total = section["totals"]
            self.assertEqual(total["amount"], first.amount + second.amount)
            self.assertEqual((total["count"], total["amount_recovered"]), (2, 200))
        self.assertEqual(rows["totals"]["amount"], first.amount + second.amount)
        self.assertEqual(after["totals"]["amount"], 200)
        self.assertEqual([row["name"] for row in undone["rows"]], [back.name])

    def test_who_said_yes_is_named(self):
        self.company.recovery_final_approver_id = self.manager
        self._case(user_id=self.officer.id)
        record = self._draft(self.officer, self.invoice)
        record.action_submit()
        record.sudo()._waiting_approvals().with_user(self.manager).action_approve()
        people = self._answer("write_offs")["sections"][1]
        self.assertEqual([row["name"] for row in people["rows"]], [self.manager.name])

    def test_officers_and_customers(self):
        self._case(user_id=self.officer.id)
        self._write_off()
        for user, number in ((self.officer, 1), (self.other_officer, 0)):
            rows = self._answer("write_offs", user)["sections"][2]["rows"]
            self.assertEqual(len(rows), number, user.login)
        others = {"partner_ids": self._debtor("Other").ids}
        rows = self._answer("write_offs", filters=others)["sections"][2]["rows"]
        self.assertFalse(rows)

    def test_candidates_are_asked_for_or_proposed(self):
        old = self._overdue_invoice(self._debtor("Long ago"), 700, 3000)
        self._draft(self.manager, self.invoice)
        candidates = self._answer("month_bad")["sections"][0]
        found = {row["number"]: row["amount"] for row in candidates["rows"]}
        self.assertEqual(found[self.invoice.name], 600)
        self.assertEqual(found[old.name], 700)
        self.assertEqual(candidates["totals"]["amount"], sum(found.values()))

    def test_allowance_when_it_was_counted(self):
        section = self._answer("month_bad")["sections"][1]
        self.assertIn("No allowance", section["empty"])
        self.company.recovery_provision = True
        provisions = self.env["debt.recovery.provision"]
        record = provisions.create(
            {"date": self._day(0), "company_id": self.company.id}
        )
        record.action_count()
        section = self._answer("month_bad")["sections"][1]
        self.assertEqual(section["totals"]["exposure"], record.amount_exposure)
        self.assertEqual(section["totals"]["allowance"], record.amount)

    def test_month_bad_is_not_for_officers(self):
        with self._refused("may not read", Exception):
            self._answer("month_bad", self.officer)

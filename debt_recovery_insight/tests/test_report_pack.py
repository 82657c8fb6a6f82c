from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .report_common import ReportCommon

#: The month before day 0, which is the third of March 2025.
FIRST, LAST = date(2025, 2, 1), date(2025, 2, 28)


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportPack(ReportCommon):
    """The monthly pack: its figures are those of the ledger and tie to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._overdue_invoice(
            cls.debtor, 1000, 60, invoice_date=date(2024, 12, 1)
        )
        fresh = cls._overdue_invoice(
            cls.other, 4000, 20, invoice_date=date(2025, 1, 10)
        )
        cls._pay(fresh, amount=700, date=date(2025, 2, 20))
        cls._case(user_id=cls.officer.id)
        cls._case(cls.other, user_id=cls.other_officer.id)
        cls.env.flush_all()

    def _pack(self, user=None, first=FIRST, last=LAST, **filters):
        return self._answer("month_pack", user or self.manager, first, last, **filters)

    def _figures(self, pack):
        return {row["name"]: row for row in pack["sections"][0]["rows"]}

    def test_figures_beside_those_of_the_month_before(self):
        rows = self._figures(self._pack())
        overdue, recovered = rows["Overdue"], rows["Amount recovered"]
        self._is(overdue, value=4300, before=1000, change=3300)
        self._is(recovered, value=700, before=0, change=700)
        self._is(rows["Receivables less credits"], value=4300, before=5000)

    def test_undefined_figures_say_why(self):
        rows = self._figures(self._pack())
        row = rows["Overdue and collectable"]
        self.assertIsNone(row["value"])
        self.assertIn("was not frozen", row["remark"])
        self.assertIn("No sales", rows["Bad debt to sales"]["remark"])
        self.assertIsNone(rows["Bad debt to sales"]["change"])

    def test_targets_stand_beside(self):
        self.env["debt.recovery.target"].create(
            {
                "company_id": self.company.id,
                "kpi_id": self.env.ref("debt_recovery_insight.kpi_recovered").id,
                "date_from": FIRST,
                "date_to": LAST,
                "value": 1000,
            }
        )
        row = self._figures(self._pack())["Amount recovered"]
        self.assertEqual(row["target"], 1000)
        self.assertIn("missed", row["remark"])

    def test_ties_to_the_ledger(self):
        self._customer_payment(self.debtor, 50, date=date(2025, 2, 10))
        tie = self._part(self._pack(), "Tie to the ledger")
        amounts = [row["amount"] for row in tie["rows"]]
        *parts, balance, ledger, difference = amounts
        self.assertEqual(sum(parts), balance)
        self.assertEqual((balance, ledger, difference), (4250, 4250, 0))

    def test_what_was_booked_after_freezing_is_told(self):
        self.checks._take(self.company, LAST, "month", live=False)
        self._pay(self.old, amount=100, date=date(2025, 2, 15))
        pack = self._pack()
        self._is(self._figures(pack)["Overdue"], value=4300)
        self.assertRegex(" ".join(pack["notes"]), "100.00 was booked into the period")

    def test_ageing_and_bridge(self):
        self.checks._take(self.company, date(2025, 1, 31), "month", live=False)
        pack = self._pack()
        rows = self._part(pack, "Ageing over time")["rows"]
        self.assertEqual([row["total"] for row in rows], [5000, 4300])
        self.assertEqual((rows[0]["b0"], rows[0]["b1"]), (4000, 1000))
        bridge = self._part(pack, "What moved the overdue amount")["rows"]
        amounts = [row["amount"] for row in bridge]
        self.assertEqual(sum(amounts[:-1]), amounts[-1])
        self.assertEqual((amounts[0], amounts[-1]), (1000, 4300))

    def test_customers_in_the_order_of_what_they_owe(self):
        rows = self._part(self._pack(), "Largest debtors")["rows"]
        self.assertEqual(
            [(row["customer"], row["amount"]) for row in rows],
            [("Other Ltd", 3300), ("Debtor Ltd", 1000)],
        )
        self.assertTrue(rows[0]["status"])

    def test_four_pages(self):
        breaks = [part for part in self._pack()["sections"] if part.get("new_page")]
        self.assertEqual(len(breaks), 3)

    # COMMENTARY

    def _comment(self, text, day=FIRST, user=None):
        notes = self.env["debt.recovery.commentary"].with_user(user or self.manager)
        return notes.create({"company_id": self.company.id, "date": day, "text": text})

    def test_commentary_opens_the_pack(self):
        self.assertIn("Nobody has commented", self._pack()["lead"][0])
        self._comment("Two large customers are late.\n\nWe stopped supply.")
        lead = self._pack()["lead"]
        self.assertEqual(
            lead[:2], ["Two large customers are late.", "We stopped supply."]
        )
        self.assertIn("dr_manager", lead[2])

    def test_commentary_is_the_managers_once_a_month(self):
        note = self._comment("All is well.", day=LAST)
        self.assertEqual(note.date, FIRST)
        self.assertIn("Overdue", note.figures)
        with self.assertRaises(AccessError):
            self._comment("Me too.", day=date(2025, 1, 1), user=self.officer)
        with self.assertRaises(AccessError):
            self._comment("Me too.", day=date(2025, 1, 1), user=self.auditor)

    def test_manager_is_reminded_until_it_is_written(self):
        notes = self.env["debt.recovery.commentary"]
        self.company.recovery_escalate_user_id = self.manager
        note = notes._remind(self.company)
        self.assertEqual(notes._remind(self.company), note)
        task = note.activity_ids
        self.assertEqual((task.user_id, len(task)), (self.manager, 1))
        self.assertIn("February 2025", task.summary)
        self.assertIn("Nobody has commented", self._pack()["lead"][0])
        note.with_user(self.manager).text = "Better than January."
        self.assertFalse(note.activity_ids)
        self.assertEqual(self._pack()["lead"][0], "Better than January.")

    # READERS AND BAD INPUT

    def test_for_management_only(self):
        clerk = new_test_user(self.env, "dr_stranger", groups="base.group_user")
        for user in (clerk, self.officer, self.legal):
            with self._refused("may not read “Monthly pack”", AccessError):
                self._pack(user)
        self._is(self._figures(self._pack(self.auditor))["Overdue"], value=4300)

    def test_one_officer(self):
        pack = self._pack(user_ids=self.officer.ids)
        self._is(self._figures(pack)["Overdue"], value=1000)
        rows = self._part(pack, "Largest debtors")["rows"]
        self.assertEqual([row["customer"] for row in rows], ["Debtor Ltd"])
        self.assertIn("whole company", self._part(pack, "Tie to the ledger")["text"][0])

    def test_one_customer(self):
        pack = self._pack(partner_ids=self.other.ids)
        self._is(self._figures(pack)["Overdue"], value=3300)
        rows = self._part(pack, "Largest debtors")["rows"]
        self.assertEqual([row["customer"] for row in rows], ["Other Ltd"])
        both = self._pack(partner_ids=self.other.ids, user_ids=self.officer.ids)
        self.assertFalse(self._part(both, "Largest debtors")["rows"])
        nobody = self._debtor("Empty Ltd").ids
        cash = self._part(self._pack(partner_ids=nobody), "Expected cash, 13 weeks")
        self.assertFalse(cash["rows"])

    def test_inverted_period(self):
        with self._refused("exchange the two days", UserError):
            self._pack(first=LAST, last=FIRST)

    def test_empty_company(self):
        company = self.setup_other_company(name="Nothing Yet Ltd")["company"]
        pack = self._pack(self.env.user, company=company)
        for part in pack["sections"]:
            self.assertTrue(part["rows"] or part["empty"], part["title"])
        self._is(self._figures(pack)["Overdue"], value=0)

import io

from lxml import html
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestReport(InsightCommon):
    """One answer becomes PDF, XLSX and a page; people get what they may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Other & Sons <Ltd>")
        cls._overdue_invoice(cls.debtor, 1000, 20)
        cls._overdue_invoice(cls.other, 4000, 35)
        cls._overdue_invoice(cls.other, 300, 3)
        cls.case = cls._case(user_id=cls.officer.id)
        cls._case(cls.other, user_id=cls.other_officer.id)
        cls.kinds = cls.env["debt.recovery.report"].with_context(
            recovery_today=cls._day(0)
        )
        cls.week = cls.env.ref("debt_recovery_insight.report_kind_week_manager")
        cls.week = cls.week.with_env(cls.kinds.env)

    def _answer(self, user, **question):
        return self.week._answer_for(user, self.company, **question)

    def _made_up(self, rows=2):
        """An answer with every type of column."""
        section = self.kinds._section(
            "A/B: [1]",
            [
                ("name", "Name", "text"),
                ("day", "Day", "date"),
                ("amount", "Amount", "amount"),
                ("count", "Number", "integer"),
                ("share", "Share", "percent"),
                ("days", "Days", "days"),
            ],
            [
                {
                    "name": f"Row {n}",
                    "day": self._day(n),
                    "amount": 1000.5 * (n + 1),
                    "count": n,
                    "share": None if n else 12.34,
                    "days": 7,
                }
                for n in range(rows)
            ],
            totals={"amount": 1000.5 * rows * (rows + 1) / 2, "share": 50},
            chart={"kind": "stacked", "label": "name", "values": ["amount", "days"]},
            figures=[
                {"label": "DSO", "text": "–", "change": "", "reason": "No sales."}
            ],
        )
        empty = self.kinds._section("Empty", [("name", "Name", "text")], empty="None.")
        return {
            "title": "Made up",
            "lead": ["One <b>sentence</b>."],
            "sections": [section, empty],
            "notes": ["A note."],
        }

    def _book(self, answer):
        content = self.kinds._answer_xlsx(answer, self.company)
        return content and load_workbook(io.BytesIO(content))

    # XLSX

    def test_workbook(self):
        book = self._book(self._made_up())
        self.assertEqual(book.sheetnames, ["A B   1", "Empty", "Notes"])
        sheet = book.worksheets[0]
        head = [cell.value for cell in sheet[3]]
        self.assertEqual(head[:3], ["Name", "Day", "Amount"])
        self.assertEqual(sheet.freeze_panes, "B4")
        self.assertEqual(sheet.auto_filter.ref, "A3:F5")
        self.assertEqual(sheet["C5"].value, 2001)
        self.assertEqual(sheet["B4"].value.date(), self._day(0))
        self.assertIsNone(sheet["E5"].value)
        self.assertEqual(sheet["C6"].value, "=SUBTOTAL(109,C4:C5)")
        # a share is no sum of shares
        self.assertEqual(sheet["E6"].value, 50)
        self.assertEqual(sheet["C4"].number_format, "#,##0.00")
        self.assertEqual(len(sheet._charts), 1)
        self.assertEqual(book["Empty"]["A4"].value, "None.")

    def test_digits_of_the_currency(self):
        answer = self._made_up()
        answer["sections"][0]["currency"] = "JPY"
        sheet = self._book(answer).worksheets[0]
        self.assertEqual(sheet["C4"].number_format, "#,##0")

    def test_same_titles(self):
        answer = self._made_up()
        answer["sections"] = [answer["sections"][1]] * 3
        self.assertEqual(len(self._book(answer).sheetnames), 4)

    def test_too_many_rows(self):
        answer = self._made_up(1001)
        with self._refused("too many for a PDF", UserError):
            self.kinds._answer_pdf(answer, self.company)
        answer["sections"][0]["rows"] = range(1_048_001)
        with self._refused("more than a sheet can hold", UserError):
            self.kinds._answer_xlsx(answer, self.company)

    # PAGE

    def test_page(self):
        page = self.kinds._page(self._made_up(), self.company)
        text = str(self.kinds._page_html(page))
        tree = html.fromstring(text)
        self.assertIn("One <b>sentence</b>.", tree.text_content())
        for words in (
            "Made up",
            "3,001.50",
            "12.3\N{NO-BREAK SPACE}%",
            "None.",
            "A note.",
            "No sales.",
        ):
            self.assertIn(words, tree.text_content())
        self.assertTrue(tree.xpath("//*[local-name()='svg']"))

    def test_pdf(self):
        answer = self._answer(self.manager)
        report = self.week.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content = report._answer_pdf(answer, self.company)
        self.assertTrue(content.startswith(b"%PDF"))

    def test_mail_is_short(self):
        answer = self._made_up(40)
        (short,) = self.kinds._page_short(answer, self.company)["sections"]
        self.assertEqual(len(short["rows"]), 15)
        self.assertIn("25 more rows", short["more"])
        whole = self.kinds._page_short(answer, self.company, whole=True)
        self.assertEqual(len(whole["sections"]), 2)

    # PEOPLE

    def _amounts(self, answer):
        ageing = answer["sections"][0]
        return [float(row["now"]) for row in ageing["rows"]]

    def test_officers_get_their_own(self):
        self.assertEqual(self._amounts(self._answer(self.officer))[1], 1000)
        self.assertEqual(sum(self._amounts(self._answer(self.manager))), 5300)
        asked = {"user_ids": self.other_officer.ids}
        answer = self._answer(self.officer, filters=asked)
        self.assertEqual(sum(self._amounts(answer)), 1000)

    def test_readers(self):
        self.week.group_ids = self.env.ref("debt_recovery.group_manager")
        make = self.env["debt.recovery.report.make"]
        offered = make.with_user(self.officer).new({}).offered_ids
        self.assertNotIn(self.week.id, offered.ids)
        self.assertIn(
            self.week.id, make.with_user(self.manager).new({}).offered_ids.ids
        )
        with self.assertRaises(AccessError):
            self._make(self.officer).action_preview()

    def test_switch(self):
        self.week.switch = "recovery_legal"
        self.company.recovery_legal = False
        with self._refused("switch that part on", UserError):
            self._make(self.manager)

    def _make(self, user, **vals):
        make = self.env["debt.recovery.report.make"].with_user(user)
        make = make.with_context(recovery_today=self._day(0))
        vals = {"report_id": self.week.id, "company_id": self.company.id, **vals}
        return make.create(vals)

    def test_make(self):
        make = self._make(self.auditor)
        self.assertEqual((make.date_from, make.date_to), (self._day(-7), self._day(-1)))
        make.action_preview()
        self.assertIn("Stuck cases", make.preview)
        make.partner_ids = self.other
        self.assertFalse(make.preview, "the page belongs to another question")
        self.assertIn(f"/{make.id}/file", make.action_xlsx()["url"])
        self.assertIn(".xlsx", make.filename)

    def test_inverted_period(self):
        make = self._make(self.manager, date_from=self._day(-1), date_to=self._day(-7))
        with self._refused("before it begins", UserError):
            make.action_preview()

    # THE WEEK

    def test_week(self):
        answer = self._answer(self.manager)
        ageing, promises, _broken, disputes, stuck, holds = answer["sections"]
        rows = {row["bucket"]: row for row in ageing["rows"]}
        # 4,000 went from 1–30 to 31–60 days, 300 fell due, in the week up to day -1
        self.assertEqual(rows["31–60 days"]["change"], 4000)
        self.assertEqual(rows["1–30 days"]["change"], 300 - 4000)
        self.assertEqual(ageing["totals"]["now"], 5300)
        self.assertIn("300", answer["lead"][0])
        for section in (promises, disputes, stuck, holds):
            self.assertFalse(section["rows"])
            self.assertTrue(section["empty"])

    def test_holds_without_end(self):
        hold = self._hold("complaint", self.case, reason="Wait", date_to=False)
        answer = self._answer(self.manager)
        rows = answer["sections"][-1]["rows"]
        self.assertEqual([row["reason"] for row in rows], [hold.reason])
        mine = self._answer(self.other_officer)["sections"][-1]
        self.assertFalse(mine["rows"])

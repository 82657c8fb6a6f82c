import base64
import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.debt_recovery.wizard import log_extract_make

from .channel_common import DebtRecoveryChannelCommon

MAKE = "debt.recovery.log.extract.make"


@tagged("post_install", "-at_install", "debt_recovery")
class TestLogExtract(DebtRecoveryChannelCommon):
    """An extract shows what its reader may see, in order, and is noted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor.country_id = cls.env.ref("base.us")
        cls.debtor.state_id = cls.env.ref("base.state_us_5")  # California
        cls.message = cls._plan()
        cls.message._release()
        cls.message._action_mails().write({"state": "sent"})
        cls.message._mail_left()
        cls.call = cls._log_call(note="=1+1 will pay")
        cls.refused = cls._plan(step=cls.demand)
        cls.refused._set_skipped("Not this one")

    def _make(self, records, user=None, **vals):
        model = self.env[MAKE].with_user(user or self.officer)
        model = model.with_context(active_model=records._name, active_ids=records.ids)
        with Form(model) as form:
            for name, value in vals.items():
                form[name] = value
        return form.record

    def _sheets(self, wizard):
        wizard.action_xlsx()
        book = load_workbook(io.BytesIO(base64.b64decode(wizard.file)))
        return [list(sheet.values) for sheet in book]

    def test_the_same_entries_from_every_side(self):
        for records in (self.case, self.debtor, self.message | self.call):
            with self.subTest(model=records._name):
                self.assertEqual(self._make(records).entry_count, 2)
        self.assertEqual(self._make(self.invoice).entry_count, 2)
        wizard = self._make(self.case, with_refused=True)
        self.assertEqual(wizard.entry_count, 3)

    def test_sheet(self):
        entries, claims = self._sheets(self._make(self.case))
        rows = [dict(zip(entries[0], row, strict=True)) for row in entries[1:]]
        self.assertEqual(
            [row["Entry"] for row in rows], [self.message.id, self.call.id]
        )
        sent, call = rows
        self.assertEqual(sent["Checksum"], self.message.checksum)
        self.assertEqual(sent["Contact point"], self.message.address)
        self.assertIn("America/Los_Angeles", sent["When (debtor's time)"])
        self.assertIn("1,000.00", sent["Text as sent"])
        self.assertEqual(call["Note"], "=1+1 will pay")
        self.assertEqual(call["Person reached"], "Ms Payable")
        self.assertEqual(
            [row[3] for row in claims[1:]],
            self.message.line_ids.mapped("name") + self.call.line_ids.mapped("name"),
        )

    def test_page(self):
        wizard = self._make(self.case, with_refused=True)
        wizard.action_pdf()
        page = base64.b64decode(wizard.file).decode()
        for words in (
            self.message.checksum,
            self.debtor.email,
            "Ms Payable",
            "Not this one",
            self.invoice.name,
            "America/Los_Angeles",
        ):
            self.assertIn(words, page)
        row = rf"{self.invoice.name}.*1,000\.00"
        self.assertRegex(self.message._extract_words(), row, "a row is one line")

    def test_local_time(self):
        self.call._guarded().write({"date_done": "2026-07-01 18:30:00"})
        self.assertEqual(
            self.call._extract_local(),
            [
                (
                    fields.Datetime.to_datetime("2026-07-01 11:30:00"),
                    "America/Los_Angeles",
                )
            ],
        )

    def test_it_is_noted_and_stays(self):
        wizard = self._make(self.case)
        wizard.action_xlsx()
        note = self.env["debt.recovery.log.extract"].search([], limit=1)
        self.assertEqual((note.user_id, note.kind), (self.officer, "xlsx"))
        self.assertEqual((note.entry_count, note.case_ids), (2, self.case))
        self.assertIn("took an extract", self.case.message_ids[0].body)
        with self._refused("never changed"):
            note.sudo().scope = "Nothing"
        with self._refused("never changed"):
            note.sudo().unlink()
        with self.assertRaises(AccessError):
            note.with_user(self.officer).read(["scope"])
        self.assertTrue(note.with_user(self.auditor).scope)

    def test_officer_takes_own_cases_only(self):
        self.assertEqual(self._make(self.debtor, self.other_officer).entry_count, 0)
        with self._refused("no entry"):
            self._make(self.debtor, self.other_officer).action_xlsx()
        self.assertEqual(self._make(self.debtor, self.auditor).entry_count, 2)
        self.assertEqual(self._make(self.debtor, self.legal).entry_count, 2)
        with self.assertRaises(AccessError):
            self._make(self.debtor, self.field_officer)

    def test_days(self):
        tomorrow = self.today + timedelta(days=2)
        with self._refused("no entry"):
            self._make(self.case, date_from=tomorrow).action_pdf()
        with self._refused("before it starts"):
            self._make(self.case, date_from=tomorrow, date_to=self.today).action_pdf()

    def test_too_much_is_refused_with_advice(self):
        self.patch(log_extract_make, "MOST", {"pdf": 1, "xlsx": 1})
        with self._refused("take the XLSX file"):
            self._make(self.case).action_pdf()
        with self._refused("year by year"):
            self._make(self.case).action_xlsx()

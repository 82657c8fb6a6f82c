from datetime import date, timedelta

from odoo.exceptions import AccessError

from .placement_common import PlacementCommon


class TestCreditorReport(PlacementCommon):
    """What the managers of a group, or a client, read every week or month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.env["res.partner"].create(
            {"name": "Group CFO", "email": "cfo@group.example.com"}
        )
        cls.report = cls.env["debt.recovery.creditor.report"].create(
            {"company_id": cls.company.id, "recipient_ids": cls.client.ids}
        )

    def _mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", self.report._name), ("res_id", "=", self.report.id)]
        )

    def test_periods(self):
        day = date(2025, 6, 4)
        self.assertEqual(
            self.report._period(day), (date(2025, 5, 26), date(2025, 6, 1))
        )
        self.report.rhythm = "monthly"
        self.assertEqual(
            self.report._period(day), (date(2025, 5, 1), date(2025, 5, 31))
        )

    def test_page(self):
        self._placed()
        self._pay(self.old, 700, date=self.today - timedelta(days=3))
        self._pay(self.young, 300)
        self.record._refresh_figures()
        self.env.flush_all()
        page = self.report._page()
        figures = {label: value for label, value, _money in page["figures"]}
        self.assertEqual(figures["Open cases"], 1)
        self.assertEqual(figures["Overdue"], 9000)
        self.assertEqual(figures["Recovered in the period"], 700)
        self.assertEqual(page["next"], self.record)
        self.assertEqual(page["escalations"][0][0], "Agency")
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("debt_recovery.report_creditor_report", self.report.ids)[
                0
            ]
            .decode()
        )
        for words in ("Debtor Ltd", "Collect Ltd", "Recovered in the period", "9,000"):
            self.assertIn(words, html)

    def test_each_period_once(self):
        self.report._send_due(self.today)
        self.report._send_due(self.today)
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.client)
        self.assertEqual(len(mail.attachment_ids), 1)
        self.report._send_due(self.today + timedelta(days=6))
        self.assertEqual(len(self._mails()), 1)
        self.report._send_due(self.today + timedelta(days=9))
        self.assertEqual(len(self._mails()), 2, "a missed Monday is caught up")

    def test_the_run_sends_it(self):
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .create({"company_id": self.company.id, "date": self.today})
        )
        self.patch(type(run), "_checkpoint", lambda self, *args: True)
        run._phase_weekly()
        self.assertEqual(self.report.date_covered, self.today - timedelta(days=1))

    def test_recipient_without_address(self):
        nobody = self.env["res.partner"].create({"name": "No Mail"})
        with self._refused("No Mail has no e-mail address"):
            self.report.recipient_ids |= nobody

    def test_access(self):
        self.assertTrue(self.report.with_user(self.manager).has_access("write"))
        self.assertFalse(self.report.with_user(self.auditor).has_access("write"))
        self.assertTrue(self.report.with_user(self.auditor).has_access("read"))
        with self.assertRaises(AccessError):
            self.report.with_user(self.officer).read(["rhythm"])

    def test_manager_sends_now(self):
        self.report.with_user(self.manager).action_send()
        self.assertEqual(len(self._mails()), 1)

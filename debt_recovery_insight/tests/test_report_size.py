from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_subscription import SubscriptionCommon

PAGE = "odoo.addons.debt_recovery_insight.models.report_page.PDF_ROWS"
XLSX = "odoo.addons.debt_recovery_insight.models.report_xlsx.MOST_ROWS"


@tagged("post_install", "-at_install", "debt_recovery")
class TestReportSize(SubscriptionCommon):
    """Reports of any length: paper refuses, the workbook streams until a sheet is
    full, the screen and e-mails show the first rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for switch in ("recovery_legal", "recovery_field", "recovery_loss"):
            if switch in cls.company._fields:
                cls.company[switch] = True
        cls.env["debt.recovery.push"].sudo()._list_month(cls.company)

    def test_every_report(self):
        kinds = self.env["debt.recovery.report"]._offered(self.company)
        self.assertGreater(len(kinds), 15)
        for kind in kinds:
            with self.subTest(kind.code):
                answer = kind._answer_for(self.manager, self.company)
                self._check(kind, answer)

    def _check(self, kind, answer):
        longest = max(len(part["rows"]) for part in answer["sections"])
        if not longest:
            return
        with patch(PAGE, 0), self._refused("take the XLSX file", UserError):
            kind._answer_pdf(answer, self.company)
        with patch(XLSX, longest - 1), self._refused("shorter period", UserError):
            kind._answer_xlsx(answer, self.company)
        with patch(XLSX, longest):
            self.assertTrue(kind._answer_xlsx(answer, self.company))
        page = kind._page(answer, self.company, longest - 1)
        self.assertIn("more rows", str(kind._page_html(page)))

    def test_a_subscription_sends_the_workbook_instead_of_an_endless_pdf(self):
        row = self._row(format="both")
        with patch(PAGE, 0):
            mail = row._prepare_mail(self.manager)
        names = [command[2]["name"] for command in mail["attachment_ids"]]
        self.assertEqual([name.rsplit(".")[-1] for name in names], ["xlsx"])
        self.assertIn("Too long for a PDF", mail["body_html"])

from .insight_common import InsightCommon


class ReportCommon(InsightCommon):
    """Answers of the contents of reports, asked as real people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._debtor("Other Ltd")

    def _answer(self, code, user, first, last, company=None, **filters):
        report = self.env["debt.recovery.report"].search([("code", "=", code)])
        return report._answer_for(user, company or self.company, first, last, filters)

    def _part(self, answer, title):
        """The section of that title."""
        found = [part for part in answer["sections"] if part["title"] == title]
        self.assertEqual(len(found), 1, title)
        return found[0]

    def _is(self, row, **wanted):
        for key, value in wanted.items():
            self.assertEqual(row[key], value, key)

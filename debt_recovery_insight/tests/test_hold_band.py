from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .insight_common import InsightCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestHoldBand(InsightCommon):
    """The risk band decides how long an officer may hold without asking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._overdue_invoice(cls.debtor, 1000, 30)
        cls.case = cls._case(user_id=cls.officer.id, state="open")
        cls.goodwill = cls.env.ref("debt_recovery.hold_type_goodwill")
        cls.goodwill.by_band = True
        cls.bands = cls.env["debt.recovery.hold.band"]
        cls.bands.search([]).unlink()
        cls.bands.create({"band": "D", "rule": "days", "days": 3})
        cls.bands.create({"band": "E", "rule": "ask"})

    def _place(self, days, user=None, hold_type=None):
        holds = self.env["debt.recovery.hold"].with_user(user or self.officer)
        return holds.create(
            {
                "type_id": (hold_type or self.goodwill).id,
                "case_id": self.case.id,
                "reason": "Asked for time",
                "date_from": self._day(0),
                "date_to": self._day(days),
            }
        )

    def test_low_risk_as_the_type_says(self):
        for band in (False, "A", "C"):
            self.case.sudo().risk_band = band
            self.assertTrue(self._place(7))

    def test_high_risk_is_shorter(self):
        self.case.sudo().risk_band = "D"
        self.assertTrue(self._place(3))
        with self._refused("risk band D: .* may last 3 days", ValidationError):
            self._place(4)
        self.assertTrue(self._place(10, self.manager))

    def test_very_high_risk_asks_and_counts_after_the_yes(self):
        self.case.sudo().risk_band = "E"
        with self._refused("risk band E: .* asks a manager", ValidationError):
            self._place(0)
        holds = self.env["debt.recovery.hold"].with_user(self.officer)
        hold, approvals = holds._place(
            [
                {
                    "type_id": self.goodwill.id,
                    "case_id": self.case.id,
                    "reason": "Asked for time",
                    "date_from": self._day(0),
                    "date_to": self._day(2),
                }
            ]
        )
        self.assertEqual(hold.approval_state, "waiting")
        self.assertEqual(len(approvals), 1)

    def test_other_types_do_not_ask_for_the_band(self):
        self.case.sudo().risk_band = "E"
        hardship = self.env.ref("debt_recovery.hold_type_hardship")
        self.assertTrue(self._place(20, hold_type=hardship))

    def test_the_rule_of_the_company_wins(self):
        self.case.sudo().risk_band = "E"
        self.bands.with_user(self.manager).create(
            {"band": "E", "rule": "type", "company_id": self.company.id}
        )
        self.assertTrue(self._place(7))

    def test_bad_input(self):
        with self._refused("at least one day", ValidationError):
            self.bands.create({"band": "C", "rule": "days"})

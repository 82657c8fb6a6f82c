from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import DebtRecoveryCommon


@tagged("post_install", "-at_install", "debt_recovery")
class TestApprovalTour(DebtRecoveryCommon, HttpCase):
    """A manager works through the room in a real browser."""

    def test_manager_decides_in_the_room(self):
        self._overdue_invoice(self.debtor, 1000, 20)
        case = self._case(user_id=self.officer.id)
        holds = self.env["debt.recovery.hold"].with_user(self.officer)
        for reason, days in (("Director is abroad", 20), ("Pays after the fair", 90)):
            holds._place(
                [
                    {
                        "type_id": self.env.ref("debt_recovery.hold_type_goodwill").id,
                        "case_id": case.id,
                        "reason": reason,
                        "date_to": self.today + timedelta(days=days),
                    }
                ]
            )
        self.start_tour(
            "/odoo/debt-approvals", "debt_recovery_approve", login="dr_manager"
        )
        self.env.invalidate_all()
        states = {a.reason: a.state for a in case.approval_ids}
        self.assertEqual(
            states,
            {"Director is abroad": "approved", "Pays after the fair": "refused"},
        )
        self.assertEqual(case.amount_held, 1000)

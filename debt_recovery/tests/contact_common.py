"""Builders for the tests of contacts: a case of two invoices on a frozen Monday."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon

MONDAY = date(2025, 3, 3)
NINE = "2025-03-03 09:00:00"


@tagged("post_install", "-at_install", "debt_recovery")
class ContactCommon(DebtRecoveryChannelCommon):
    """Everything happens on Monday, 3 March 2025, unless a test moves the clock."""

    @classmethod
    def setUpClass(cls):
        frozen = freeze_time(NINE)
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        super().setUpClass()
        cls.person = cls._contact(
            cls.debtor, "Petra Payer", role="ap", phone="+44 20 7946 0958"
        )
        cls.item = cls._receivable_line(cls.invoice)
        cls.item_2 = cls._receivable_line(cls.invoice_2)
        cls.env.flush_all()

    def _tell(self, outcome, case=None, user=None, **vals):
        """A contact as the officer records it."""
        case = (case or self.case).with_user(user or self.officer)
        action = case._record_contact({"outcome": outcome, **vals})
        self.env.flush_all()
        self.case.invalidate_recordset()
        return action

    def _undo(self, action):
        action.with_user(self.officer).action_undo()
        self.env.flush_all()
        self.env.invalidate_all()

    def _amounts(self):
        self.env.cr.flush()
        self.env.invalidate_all()
        case = self.case
        return {
            name: case[f"amount_{name}"]
            for name in ("collectable", "agreed", "held", "disputed")
            if case[f"amount_{name}"]
        }

    def _activity(self):
        self.case.invalidate_recordset(["activity_ids"])
        return self.case.activity_ids

    def _moment(self, days, hour):
        return f"{MONDAY + timedelta(days=days)} {hour:02}:00:00"

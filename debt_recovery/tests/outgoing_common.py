"""Builders for the tests of the Outgoing room."""

from odoo.tests import tagged

from .channel_common import DebtRecoveryChannelCommon


@tagged("post_install", "-at_install", "debt_recovery")
class OutgoingCommon(DebtRecoveryChannelCommon):
    """Messages that wait for the release hour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_release = "hour"
        cls.actions = cls.env["debt.recovery.action"].with_user(cls.officer)

    def _waiting(self, **vals):
        """A prepared message that claims both invoices, as the officer sees it."""
        action = self._plan(**{"mode": "review", **vals})
        action._prepare_messages()
        return action.with_user(self.officer)

    def _before_today(self, action):
        """As if planned this morning: everything in a test has one database clock."""
        self.env.cr.execute(
            "UPDATE debt_recovery_action SET create_date = create_date - interval "
            "'5 hours' WHERE id = %s",
            [action.id],
        )
        action.invalidate_recordset()

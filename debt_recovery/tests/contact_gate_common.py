"""Builders for tests of the contact gate."""

from datetime import UTC, datetime

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import DebtRecoveryCommon

WEDNESDAY = "2026-06-03 10:00:00"


def utc(month, day, hour):
    """A moment of 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@tagged("post_install", "-at_install", "debt_recovery")
class ContactGateCommon(DebtRecoveryCommon):
    """One debtor in Brussels, one in New York; the house policy is followed."""

    @classmethod
    def setUpClass(cls):
        clock = freeze_time(WEDNESDAY)
        clock.start()
        cls.addClassCleanup(clock.stop)
        super().setUpClass()
        cls.house = cls.env.ref("debt_recovery.contact_pack_house")
        cls.company.recovery_pack_ids = cls.house
        cls.company.recovery_release = "at_once"
        cls.debtor.country_id = cls.env.ref("base.be")
        cls._overdue_invoice(cls.debtor, 1000, 40)
        cls.case = cls._case()
        cls.channels = {
            channel.code: channel
            for channel in cls.env["debt.recovery.channel"].search([])
        }

    def _verdict(self, channel="phone", when=WEDNESDAY, **kw):
        self.env.flush_all()
        moment = fields.Datetime.to_datetime(when)
        return self.case._contact_verdict(channel, when=moment, automatic=False, **kw)

    def _rule(self, rule_type, **vals):
        return self.env["debt.recovery.contact.rule"].create(
            {
                "name": vals.pop("name", rule_type),
                "pack_id": self.house.id,
                "rule_type": rule_type,
                "confirmed": True,
                **vals,
            }
        )

    def _logged(self, outcome="no_answer", when=None, direction="out", channel="phone"):
        """A call in the log at that moment."""
        action = self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "channel_id": self.channels[channel].id,
                "mode": "task",
                "direction": direction,
                "date_planned": self.today,
            }
        )
        with freeze_time(when or WEDNESDAY):
            action._set_done(
                outcome_id=self.env.ref(f"debt_recovery.outcome_{outcome}").id
            )
        return action

    def _sms(self, **vals):
        """A message that the house policy sends in office hours only."""
        return self.env["debt.recovery.action"].create(
            {
                "case_id": self.case.id,
                "partner_id": self.debtor.id,
                "company_id": self.company.id,
                "channel_id": self.channels["sms"].id,
                "date_planned": self.today,
                **vals,
            }
        )

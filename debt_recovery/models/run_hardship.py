from datetime import timedelta

from odoo import models

from .hardship_message import NOTICE_DAYS


class DebtRecoveryRunHardship(models.AbstractModel):
    """Pauses that were approved are confirmed, and their end is announced in good time:
    nobody finds a demand in the post the day after."""

    _name = "debt.recovery.run.hardship.mixin"
    _description = "Hardship in a Run"

    def _phase_hardship(self):
        records = self.env["debt.recovery.hardship"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("relief", "in", ("pause", "token")),
                ("date_withdrawn", "=", False),
                ("hold_id.date_to", ">=", self.date),
                "|",
                ("told", "=", False),
                ("return_told", "=", False),
            ]
        )
        running = records.filtered(lambda record: record.hold_id.active_today)
        running.filtered(lambda r: r.relief == "pause")._tell_granted()
        soon = self.date + timedelta(days=NOTICE_DAYS)
        ending = running.filtered(
            lambda r: r.hold_id.date_from < self.date and r.hold_id.date_to <= soon
        )
        ending._announce_end()
        return self._checkpoint()

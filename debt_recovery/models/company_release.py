from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

#: So far ahead a working day is looked for; a company closed longer is told so.
RELEASE_HORIZON = 60


class DebtRecoveryCompanyRelease(models.AbstractModel):
    """When messages leave: at the release hour of a working day, in the company's
    zone. Between the morning's decision and this hour people look at Outgoing."""

    _name = "debt.recovery.company.release.mixin"
    _description = "Release Hour of a Company"

    recovery_release = fields.Selection(
        [("at_once", "At once"), ("hour", "At the release hour")],
        "Release of Messages",
        default="hour",
        required=True,
    )
    recovery_release_hour = fields.Float(
        "Release Hour",
        default=10.5,
        help="On working days, in the time zone of the company's working hours.",
    )

    @api.constrains("recovery_release_hour")
    def _check_recovery_release_hour(self):
        for company in self:
            minutes = round(company.recovery_release_hour * 60)
            if not 0 <= minutes < 24 * 60:
                raise ValidationError(
                    self.env._(
                        "The release hour is a time of day: enter a value from 00:00 "
                        "to 23:59."
                    )
                )

    def _recovery_release_at(self, day):
        """The release of that day as naive UTC.

        An hour that the clock leaves out in spring, or shows twice in autumn, is taken
        the later way: messages never leave before the hour people were told.
        """
        root = self._recovery_root().sudo()
        hours, minutes = divmod(round(root.recovery_release_hour * 60), 60)
        local = datetime.combine(day, time(hours, minutes))
        moment = self._recovery_zone().localize(local, is_dst=False)
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    def _recovery_release_day(self, start):
        """First working day from ``start`` on; None if there is none in sight."""
        days = [start + timedelta(days=n) for n in range(RELEASE_HORIZON)]
        calendar = self._recovery_calendar(days[0], days[-1])
        return next((day for day in days if calendar.is_working(day)), None)

    def _recovery_next_release(self, now=None):
        """Moment of the next release as naive UTC; None without a working day."""
        now = now or fields.Datetime.now()
        day = self._recovery_release_day(self._recovery_today())
        if day and self._recovery_release_at(day) <= now:
            day = self._recovery_release_day(day + timedelta(days=1))
        return self._recovery_release_at(day) if day else None

    def _recovery_moment_text(self, moment):
        """“Mon 23 Nov, 10:30” on the company's clock."""
        zone = self._recovery_zone().zone
        pattern = "EEE d MMM, HH:mm"
        return format_datetime(self.env, moment, tz=zone, dt_format=pattern)

    def _recovery_release_open(self, now=None):
        """Has today's release begun?"""
        today = self._recovery_today()
        now = now or fields.Datetime.now()
        return (
            self._recovery_release_day(today) == today
            and self._recovery_release_at(today) <= now
        )

    def _recovery_release_warning(self):
        """One sentence when the working hours leave no day to release on, or none of
        their own; nothing when all is well."""
        root = self._recovery_root().sudo()
        if root.recovery_release != "hour":
            return False
        if not self._recovery_release_day(self._recovery_today()):
            return self.env._(
                "%(company)s has no working day in the next %(days)s days: messages "
                "wait in Outgoing. Check the time off of its working hours, or send "
                "them by hand.",
                company=root.name,
                days=RELEASE_HORIZON,
            )
        if not root.resource_calendar_id.attendance_ids:
            return self.env._(
                "The working hours of %(company)s have no working day: messages leave "
                "Monday to Friday until you choose working hours with days.",
                company=root.name,
            )
        return False

from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools.rhythm import Rhythm, RhythmError, next_moment

#: What moves the next sending.
RHYTHM_FIELDS = {
    *("is_on", "every", "day_first", "day_last", "hour"),
    *("date_until", "company_id"),
}


class DebtRecoverySubscriptionRhythm(models.AbstractModel):
    """When a subscription leaves, in working days and hours of its company."""

    _name = "debt.recovery.subscription.rhythm.mixin"
    _description = "Rhythm of a Report Subscription"

    every = fields.Selection(
        [
            ("day", "Day"),
            ("week", "Week"),
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half", "Half-year"),
            ("year", "Year"),
        ],
        required=True,
        default="week",
    )
    day_first = fields.Integer(
        "On Working Day",
        default=1,
        help="1 is the first working day of the period, 2 the second; -1 the last. "
        "Public holidays of the company's working hours are no working days.",
    )
    day_last = fields.Integer(
        "Until Working Day",
        help="From -5 until -1 sends on each of the last five working days. Empty: "
        "once in the period.",
    )
    hour = fields.Float(default=7.0, help="In the time zone of the company.")
    rhythm_text = fields.Char("Rhythm", compute="_compute_rhythm_text")
    date_until = fields.Date(
        "Until",
        copy=False,
        tracking=True,
        help="It leaves until that day, then switches itself off. Empty: for good.",
    )
    date_next = fields.Datetime("Next On", readonly=True, copy=False, index=True)

    @api.depends("every", "day_first", "day_last", "hour")
    def _compute_rhythm_text(self):
        periods = dict(self._fields["every"]._description_selection(self.env))
        for row in self:
            row.rhythm_text = row._rhythm_words((periods.get(row.every) or "").lower())

    def _rhythm_words(self, period):
        hour = "{:02d}:{:02d}".format(*divmod(round((self.hour or 0) * 60), 60))
        first, last = self.day_first, self.day_last or self.day_first
        values = {"hour": hour, "period": period, "first": first, "last": last}
        if self.every == "day":
            return self.env._("Every working day, %(hour)s", **values)
        if first == last and first < 0:
            values["first"] = -first
            return self.env._(
                "Working day %(first)s before the end of the %(period)s, %(hour)s",
                **values,
            )
        if first == last:
            return self.env._(
                "Working day %(first)s of the %(period)s, %(hour)s", **values
            )
        if last == -1:
            values["first"] = -first
            return self.env._(
                "The last %(first)s working days of the %(period)s, %(hour)s", **values
            )
        return self.env._(
            "Working days %(first)s to %(last)s of the %(period)s, %(hour)s", **values
        )

    # CHECKS

    @api.constrains("every", "day_first", "day_last", "hour")
    def _check_rhythm(self):
        for row in self:
            try:
                row._rhythm()
            except RhythmError:
                raise ValidationError(
                    self.env._(
                        "The working days %(first)s to %(last)s make no rhythm: count "
                        "both from the beginning (1, 2, …) or both from the end "
                        "(-5 to -1).",
                        first=row.day_first,
                        last=row.day_last or row.day_first,
                    )
                ) from None
            if not 0 <= row.hour < 24:
                raise ValidationError(
                    self.env._("Enter an hour between 0:00 and 23:59.")
                )

    # PLANNING

    def _rhythm(self):
        self.ensure_one()
        return Rhythm(self.every, self.day_first, self.day_last or None)

    def _next_moment(self, after):
        """:rtype: datetime | None"""
        company = self.company_id
        today = company._recovery_today()
        calendar = company._recovery_calendar(today, fields.Date.add(today, days=800))
        zone = ZoneInfo(company._recovery_zone().zone)
        try:
            return next_moment(self._rhythm(), self.hour, zone, after, calendar)
        except RhythmError:
            return False

    def _plan(self):
        """Set the next sending; missed ones are not made up for. What would leave
        after its last day is switched off."""
        now = fields.Datetime.now()
        for row in self:
            row.date_next = row.is_on and row._next_moment(now)
            if row._is_over(row.date_next):
                row._end()
        if moments := [row.date_next for row in self if row.date_next]:
            cron = self.env.ref("debt_recovery_insight.ir_cron_subscription")
            cron.sudo()._trigger(moments)

    def _is_over(self, moment):
        """Whether the moment lies after the last day, in the zone of the company."""
        if not moment or not self.date_until:
            return False
        zone = ZoneInfo(self.company_id._recovery_zone().zone)
        return moment.replace(tzinfo=UTC).astimezone(zone).date() > self.date_until

    def _end(self):
        self._message_log(
            body=self.env._(
                "Switched itself off: it was to leave until %(day)s. Switch it on "
                "again and it leaves for good.",
                day=format_date(self.env, self.date_until),
            )
        )
        self.is_on = False

    def write(self, vals):
        """Whoever switches it on after its last day wants it for good."""
        if vals.get("is_on") and "date_until" not in vals:
            now = fields.Datetime.now()
            over = self.filtered(lambda row: row._is_over(row._next_moment(now)))
            over.date_until = False
        result = super().write(vals)
        if RHYTHM_FIELDS & vals.keys():
            self._plan()
        return result

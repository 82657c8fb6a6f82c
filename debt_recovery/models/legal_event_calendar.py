from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

TYPE = "debt_recovery.mail_activity_type_legal"
#: So long before a date that no rule knows.
REMIND_DAYS = 3
ALARMS = (
    "debt_recovery.calendar_alarm_week",
    "debt_recovery.calendar_alarm_day",
    "calendar.alarm_notif_3",
)
#: Where nobody knows the hour.
HOUR = time(9)


class DebtRecoveryLegalEventCalendar(models.AbstractModel):
    """Reminders of a date: an activity for whose turn it is, and for hearings an entry
    in the calendar with alarms."""

    _name = "debt.recovery.legal.event.calendar.mixin"
    _description = "Reminders of Legal Dates"

    start = fields.Datetime("Hour", help="Of a hearing.")
    duration = fields.Float("Hours", default=1.0)
    location = fields.Char("Room")
    calendar_event_id = fields.Many2one(
        "calendar.event",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    def _sync_reminders(self):
        """Activity and calendar say what the row says."""
        for event in self:
            if event.state == "planned":
                event._sync_activity()
                event._sync_calendar()
            else:
                event._drop_reminders()

    def _sync_activity(self):
        vals = {
            "date_deadline": self._reminder_day(),
            "user_id": self.user_id.id,
            "summary": self.name,
        }
        activity = self.sudo().activity_id
        if not self.user_id:
            activity.unlink()
        elif activity:
            activity.with_context(mail_activity_quick_update=True).write(vals)
        else:
            self.activity_id = self.legal_case_id.sudo().activity_schedule(TYPE, **vals)

    def _reminder_day(self):
        """Some days before the deadline, so that there is time to do it."""
        days = self.rule_id.warn_days if self.rule_id else REMIND_DAYS
        today = self.company_id._recovery_today()
        return max(self.date - timedelta(days=days), min(today, self.date))

    def _sync_calendar(self):
        if self.kind != "hearing":
            return
        entry = self.calendar_event_id.sudo()
        vals = self._prepare_calendar_vals()
        silent = {"no_mail_to_attendees": True, "recovery_legal_event": True}
        if entry:
            entry.with_context(**silent).write(vals)
        else:
            vals |= {
                "alarm_ids": [(6, 0, self._find_alarms().ids)],
                "res_model_id": self.env["ir.model"]._get_id(
                    "debt.recovery.legal.case"
                ),
                "res_id": self.legal_case_id.id,
            }
            calendar = self.env["calendar.event"].sudo().with_context(**silent)
            self.calendar_event_id = calendar.create(vals)

    def _prepare_calendar_vals(self):
        legal = self.legal_case_id
        start = self._start_utc()
        return {
            "name": f"{self.name}: {legal.display_name}",
            "start": start,
            "stop": start + timedelta(hours=self.duration or 1),
            "location": ", ".join(
                filter(None, (legal.court_id.display_name, self.location))
            ),
            "user_id": self.user_id.id,
            "partner_ids": [(6, 0, self.user_id.partner_id.ids)],
            "privacy": "confidential",
        }

    @api.onchange("start")
    def _onchange_start(self):
        """The hour names the day."""
        if self.start:
            self.date = self._day_of(self.start)

    def _day_of(self, start):
        """The company's day of a moment in UTC."""
        zone = (self.company_id or self.env.company)._recovery_zone()
        return pytz.utc.localize(start).astimezone(zone).date()

    def _follow_calendar(self):
        """Somebody moved the entry: the row follows, unless it has happened."""
        for event in self.filtered(lambda event: event.state == "planned"):
            start = event.calendar_event_id.start
            event.write({"start": start, "date": event._day_of(start)})

    def _start_utc(self):
        """The hour of the day of the row; nine o'clock of the company where nobody
        knows it."""
        if self.start:
            return self.start
        zone = self.company_id._recovery_zone()
        local = zone.localize(datetime.combine(self.date, HOUR))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _find_alarms(self):
        """A week and a day before by mail, an hour before on the screen."""
        alarms = self.env["calendar.alarm"].sudo()
        for xmlid in ALARMS:
            alarms |= self.env.ref(xmlid, raise_if_not_found=False) or alarms
        return alarms

    def _drop_reminders(self):
        activity = self.sudo().activity_id
        if activity.active and not self.env.context.get("recovery_activity_done"):
            activity.unlink()
        if self.state in ("dropped", "paused"):
            self.sudo().calendar_event_id.unlink()

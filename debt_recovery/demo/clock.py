"""The days of the demo story. The engine takes its day from the context; what it stamps
with the hour of the installation is moved to the day it tells of."""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields
from odoo.tools import SQL

#: Hours of the day at which people and machines work, company time.
RUN_HOUR = time(5, 7)
MAIL_HOUR = time(10, 30)
DESK_HOUR = time(11, 5)

#: Monday to Friday, and the days of the distant past on which something happens.
EVERY_DAY = (0, 1, 2, 3, 4)
SOME = (0, 2, 4)
NEAR_DAYS = 10

QUIET = {
    "lang": "en_US",
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
}
#: Screens show when these were created.
CREATED = ("case", "action", "agreement", "dispute", "hold", "run")
#: Records of these models are stamped with the clock of the machine.
STAMPED = ("mail.message", "debt.recovery.delivery", "mail.activity")


class Clock:
    """One company's way from the first day of its story to today."""

    def __init__(self, env, company):
        self._env = env
        self.company = company
        self.today = company._recovery_today()
        self.day = self.today
        self._minutes = 0
        self._seen = {name: self._last_id(name) for name in STAMPED}

    def working_days(self, first):
        """Days from ``first`` days ago on which somebody works: three a week in the
        distant past, which is told faster, then every day, and today in any case."""
        days = [self.today - timedelta(days=ago) for ago in range(first, 0, -1)]
        near = self.today - timedelta(days=NEAR_DAYS)
        worked = [
            day for day in days if day.weekday() in (EVERY_DAY if day > near else SOME)
        ]
        return [*worked, self.today]

    def last_working_day(self):
        """Today, or the Friday before it."""
        return self.today - timedelta(days=max(0, self.today.weekday() - 4))

    def is_working_day(self):
        return self.day.weekday() in EVERY_DAY

    def set(self, day):
        self.day = day
        self._minutes = 0

    def env(self, login_env=None):
        """An environment that lives on this day, in this company."""
        env = login_env or self._env
        allowed = [self.company.id]
        day = fields.Date.to_string(self.day)
        context = {**QUIET, "recovery_today": day, "allowed_company_ids": allowed}
        return env(context={**env.context, **context})

    def moment(self, hour=None):
        """That hour of the day in UTC; without an hour the next free minutes at the
        desk. Never later than now."""
        if hour is None:
            self._minutes += 17
            local = datetime.combine(self.day, DESK_HOUR)
            local += timedelta(minutes=self._minutes % 300)
        else:
            local = datetime.combine(self.day, hour)
        zone = self.company._recovery_zone()
        moment = zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        return min(moment, fields.Datetime.now())

    # BACKDATING

    def stamp(self):
        """Move what was written since the last call to this day."""
        moment = self.moment(MAIL_HOUR)
        messages = self._new("mail.message")
        messages.filtered(lambda m: m.model and "debt.recovery" in m.model).write(
            {"date": moment}
        )
        deliveries = self._new("debt.recovery.delivery")
        guarded = self._env["debt.recovery.action"]._guarded().env.context
        deliveries.with_context(**guarded).write({"date": moment})
        self._stamp_activities()
        self._stamp_stages()
        self._stamp_created()
        for name in STAMPED:
            self._seen[name] = self._last_id(name)

    def _stamp_activities(self):
        """Tasks done on this day; those given out earlier may be among them."""
        real = fields.Date.to_date(fields.Datetime.now())
        if self.day == real:
            return
        done = self._activities().search(
            [("res_model", "=like", "debt.recovery.%"), ("date_done", "=", real)]
        )
        done.write({"date_done": self.day})

    def _stamp_stages(self):
        """Stages are computed when they are flushed, which is now."""
        moment = self.moment(MAIL_HOUR)
        cases = self._env["debt.recovery.case"].search(
            [
                ("company_id", "=", self.company.id),
                ("date_last_stage_update", ">", moment),
            ]
        )
        cases.write({"date_last_stage_update": moment})

    def _stamp_created(self):
        """Rows of this transaction get the day on which they came into the story."""
        cr = self._env.cr
        moment = self.moment(RUN_HOUR)
        for noun in CREATED:
            model = self._env[f"debt.recovery.{noun}"]
            model.flush_model()
            cr.execute(
                SQL(
                    "UPDATE %s SET create_date = %s WHERE create_date = %s",
                    SQL.identifier(model._table),
                    moment,
                    cr.now(),
                )
            )
            model.invalidate_model(["create_date"])

    def _activities(self):
        return self._env["mail.activity"].with_context(active_test=False)

    def _new(self, name):
        return self._env[name].search([("id", ">", self._seen[name])])

    def _last_id(self, name):
        records = self._env[name].with_context(active_test=False)
        return records.search([], order="id desc", limit=1).id or 0

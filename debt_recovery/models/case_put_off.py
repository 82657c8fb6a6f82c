from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

#: How long the last *Done* or *Later* of a person can be taken back.
UNDO_TIME = timedelta(minutes=15)
FARTHEST = 31


class DebtRecoveryCasePutOff(models.AbstractModel):
    """*Done* and *Later* on Today. Both only say when the row comes back; the debtor,
    the strategy and the deadlines of tasks know nothing of it, and whatever happens
    meanwhile brings the case back at once."""

    _name = "debt.recovery.case.put.off.mixin"
    _description = "Putting Off a Recovery Case"

    put_off_until = fields.Date("Back on Today On", readonly=True, copy=False)
    put_off_at = fields.Datetime(readonly=True, copy=False)
    put_off_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    handled_at = fields.Datetime(
        readonly=True, copy=False, help="Failures before this moment are dealt with."
    )
    today_undo = fields.Json(readonly=True, copy=False)

    def _is_awake(self, today):
        self.ensure_one()
        return not self.put_off_until or self.put_off_until <= today

    @api.model
    def _awake_domain(self, today):
        return Domain("put_off_until", "=", False) | Domain(
            "put_off_until", "<=", today
        )

    @api.model
    def _own_task_domains(self):
        """Nobody puts off the task of a colleague: ``(cases, tasks)``."""
        return (
            Domain("put_off_by_id", "!=", self.env.uid),
            Domain("user_id", "=", self.env.uid),
        )

    # BUTTONS

    def action_put_off(self, days, reason):
        """*Later*: the rows come back after so many days, on a working day.

        :param reason: why; it is noted on the case
        :return: a sentence for the person
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say in a word why this can wait."))
        if not isinstance(days, int) or not 1 <= days <= FARTHEST:
            raise UserError(
                self.env._("Choose between 1 and %(most)s days.", most=FARTHEST)
            )
        for case in self:
            day = case._working_day_after(days)
            note = case.message_post(
                body=self.env._(
                    "Put off until %(day)s: %(reason)s",
                    day=format_date(self.env, day),
                    reason=reason,
                )
            )
            case._put_off(day, "later", messages=note.ids)
        days = {format_date(self.env, case.put_off_until) for case in self}
        return self._put_off_sentence(
            self.env._("back on %(day)s", day=", ".join(sorted(days)))
        )

    def action_today_done(self):
        """*Done*: own due tasks are closed and the row is gone for today; failures are
        dealt with.

        :return: a sentence for the person
        """
        for case in self:
            tasks = case._find_own_tasks()
            notes, followers = tasks._action_done(feedback=self.env._("Done on Today"))
            case._put_off(
                case._working_day_after(1),
                "done",
                tasks=tasks.ids,
                messages=notes.ids,
                followers=followers.ids,
            )
            case.handled_at = case.put_off_at
        return self._put_off_sentence(self.env._("done"))

    def action_today_undo(self):
        """Take back the last *Done* or *Later*, all of it."""
        for case in self:
            undo = case._check_undo("later", "done", "close")
            case._undo_tasks(undo)
            case._undo_leftovers(undo)
            case.write(
                {
                    "put_off_until": undo["until"],
                    "put_off_at": undo["at"],
                    "put_off_by_id": undo["by"],
                    "handled_at": undo["handled"],
                    "today_undo": False,
                }
            )
        return True

    # HELPERS

    def _find_own_tasks(self):
        """Due activities of the person who presses the button."""
        today = self.company_id._recovery_today()
        return self.activity_ids.filtered(
            lambda task: task.user_id == self.env.user and task.date_deadline <= today
        )

    def _working_day_after(self, days):
        today = self.company_id._recovery_today()
        day = today + timedelta(days=days)
        calendar = self.company_id._recovery_calendar(day, day + timedelta(days=30))
        return calendar.next_working(day)

    def _put_off(self, day, kind, **undo):
        """Remember how it was, so that it can be taken back."""
        self.ensure_one()
        now = fields.Datetime.now()
        before = {
            "until": fields.Date.to_string(self.put_off_until),
            "at": fields.Datetime.to_string(self.put_off_at),
            "by": self.put_off_by_id.id,
            "handled": fields.Datetime.to_string(self.handled_at),
        }
        undo = {"tasks": [], "messages": [], "followers": [], **undo}
        self.write(
            {
                "put_off_until": day,
                "put_off_at": now,
                "put_off_by_id": self.env.uid,
                "today_undo": {
                    **before,
                    **undo,
                    "kind": kind,
                    "user": self.env.uid,
                    "made": fields.Datetime.to_string(now),
                },
            }
        )

    def _put_off_sentence(self, what):
        return self.env._(
            "%(customers)s: %(what)s",
            customers=", ".join(self.partner_id.mapped("display_name")),
            what=what,
        )

    def _check_undo(self, *kinds):
        """Only the own last step, and only for a while."""
        self.ensure_one()
        undo = self.today_undo or {}
        made = fields.Datetime.to_datetime(undo.get("made"))
        late = (
            undo.get("kind") != "close"
            and made
            and (fields.Datetime.now() - made > UNDO_TIME)
        )
        if undo.get("user") != self.env.uid or undo["kind"] not in kinds or late:
            raise UserError(
                self.env._(
                    "There is nothing of yours to take back on %(case)s any more.",
                    case=self.display_name,
                )
            )
        return undo

    def _undo_tasks(self, undo):
        """The tasks are due again; what the strategy knew of them too."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        tasks = activities.browse(undo["tasks"]).exists()
        actions = self.env["debt.recovery.action"].search(
            [("activity_id", "in", tasks.ids), ("state", "=", "done")]
        )
        actions._unsealed_write({"state": "queued", "date_done": False})
        tasks.sudo().write({"active": True, "date_done": False, "feedback": False})

    def _undo_leftovers(self, undo):
        """The note of the step, and the tasks it made."""
        for model, key in (
            ("mail.activity", "followers"),
            ("mail.message", "messages"),
        ):
            self.env[model].sudo().browse(undo[key]).exists().unlink()

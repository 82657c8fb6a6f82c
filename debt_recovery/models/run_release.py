import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

RELEASE_BATCH = 20


class DebtRecoveryRunRelease(models.AbstractModel):
    """Let the messages go, and watch over what stands still."""

    _name = "debt.recovery.run.release.mixin"
    _description = "Release of a Run"

    def _phase_release(self):
        """Tasks go out; messages too where the company releases at once. The others
        are prepared and wait in Outgoing for their hour or for a person."""
        if not self._release_batches(self._releasable_domain()):
            return False
        if not self._prepare_waiting():
            return False
        self._await_release()
        return self._checkpoint()

    def _release_batches(self, domain):
        """Small batches; ledger and gate are asked again by the action itself. A
        message that cannot leave becomes work, not an error.

        :return: False when the scheduler's time is over
        """
        released = set()
        while batch := self._find_due(domain, released):
            released.update(batch.ids)
            for work in ("_prepare_messages", "_release"):
                self._release_safely(batch, work)
                if not self._checkpoint(len(batch) if work == "_release" else 0):
                    return False
        return True

    def _release_safely(self, actions, work):
        """Prepare is slow (documents) and commits before the release, so that the
        ledger is asked on a fresh snapshot. One bad message fails alone."""
        try:
            with self.env.cr.savepoint():
                getattr(actions, work)()
        except OperationalError:
            raise
        except Exception as error:
            if len(actions) > 1:
                for action in actions:
                    self._release_safely(action, work)
            else:
                _logger.exception("Action %s fails in run %s", actions.id, self.id)
                actions._set_failed(str(error)[:500])

    def _find_due(self, domain, seen):
        """The next batch of actions whose day has come."""
        return self.env["debt.recovery.action"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("date_planned", "<=", self.company_id._recovery_today())
            & Domain("id", "not in", list(seen))
            & domain,
            order="step_id, channel_id, id",
            limit=RELEASE_BATCH,
        )

    def _releasable_domain(self):
        """Tasks are given out at once; messages when the company releases at once."""
        task = Domain("mode", "=", "task") & Domain("state", "=", "planned")
        if self.company_id.recovery_release != "at_once":
            return task
        return task | self._waiting_domain()

    def _phase_follow_up(self):
        """Holds that ended bring their case back; work left undone is escalated."""
        self._follow_ended_holds()
        self._escalate_undone()
        return self._checkpoint()

    def _follow_ended_holds(self):
        holds = self.env["debt.recovery.hold"].search(
            [
                ("company_id", "in", [False, self.company_id.id]),
                ("date_to", "=", fields.Date.subtract(self.date, days=1)),
                ("date_released", "=", False),
                self.env["debt.recovery.hold"]._approved_domain(),
            ]
        )
        cases = self.env["debt.recovery.case"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("partner_id", "in", holds.partner_id.ids),
            ]
        )
        cases._recovery_event("hold_ended")

    def _escalate_undone(self):
        """Tasks and reviews older than their step allows go to the manager, once."""
        manager = self.company_id.recovery_escalate_user_id
        if not manager:
            return
        calendar = self.company_id._recovery_calendar(
            fields.Date.subtract(self.date, days=60), self.date
        )
        for action in self.env["debt.recovery.action"].browse(self._find_undone()):
            step = action.step_id
            limit = calendar.add_working_days(
                action.date_planned, int(step.escalation_days)
            )
            if limit < self.date:
                self._escalate(action, manager)

    def _find_undone(self):
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id FROM debt_recovery_action a
                     JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                    WHERE a.company_id = %s AND a.mode IN ('task', 'review')
                      AND a.state IN ('planned', 'approved', 'queued')
                      AND s.escalation_days > 0 AND a.date_planned < %s
                      AND NOT EXISTS (
                        SELECT 1 FROM mail_activity t
                         WHERE t.res_model = 'debt.recovery.case' AND t.active
                           AND t.res_id = a.case_id AND t.user_id = %s
                           AND t.activity_type_id = %s)
                    ORDER BY a.id""",
                self.company_id.id,
                self.date,
                self.company_id.recovery_escalate_user_id.id,
                self._escalation_type().id,
            )
        )
        return [row[0] for row in rows]

    def _escalation_type(self):
        return self.env.ref("debt_recovery.mail_activity_type_escalation")

    def _escalate(self, action, manager):
        action.case_id.activity_schedule(
            "debt_recovery.mail_activity_type_escalation",
            date_deadline=self.date,
            user_id=manager.id,
            summary=self.env._(
                "%(step)s waits since %(date)s",
                step=action.step_id.name,
                date=action.date_planned,
            ),
        )

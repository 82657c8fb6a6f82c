import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

RELEASE_BATCH = 100


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
        self._follow_found_contacts()
        self._escalate_undone()
        return self._checkpoint()

    def _follow_found_contacts(self):
        """Debtors nobody could reach and who have a valid contact by now."""
        cases = self.env["debt.recovery.case"]
        holds = self.env["debt.recovery.hold"].search(
            [
                *cases._no_address_domain(self.date),
                ("company_id", "=", self.company_id.id),
            ]
        )
        holds.case_id._end_no_address()

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

import logging
from datetime import timedelta

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

from .action_guard import OPEN_STATES
from .run_loop import TRIES

_logger = logging.getLogger(__name__)


class DebtRecoveryRunHour(models.AbstractModel):
    """Prepare in the morning, release at the hour.

    The daily run leaves complete messages in Outgoing; a second scheduled action lets
    them go at the release hour of a working day. It looks every quarter of an hour, so
    that what is approved later the same day leaves as well.
    """

    _name = "debt.recovery.run.hour.mixin"
    _description = "Release Hour of a Run"

    @api.model
    def _cron_release(self):
        """Scheduled action: what is approved or automatic leaves, company by company.

        A company whose daily run is at work is left for the next pass.
        """
        companies = self._find_companies().filtered(self._is_release_open)
        for company in companies:
            if self._lock_company(company):
                self._release_locked(company)

    @api.model
    def _is_release_open(self, company):
        if company.recovery_release == "hour":
            return company.with_env(self.env)._recovery_release_open()
        return self._has_waited(company)

    @api.model
    def _has_waited(self, company):
        """Where messages leave at once, those the contact rules delayed leave at their
        own moment."""
        return bool(
            self.env["debt.recovery.action"].search_count(
                [
                    ("company_id", "=", company.id),
                    ("state", "in", OPEN_STATES),
                    ("not_before", "<=", fields.Datetime.now()),
                ],
                limit=1,
            )
        )

    def _release_locked(self, company):
        try:
            for attempt in range(TRIES):
                try:
                    return self._release_run(company)._release_waiting()
                except (OperationalError, IntegrityError):
                    if attempt == TRIES - 1:
                        raise
                    _logger.info("Release of %s repeats", company.name, exc_info=True)
                    self.env.cr.rollback()
        except Exception:
            self.env.cr.rollback()
            raise
        finally:
            self._unlock_company(company)

    def _release_run(self, company):
        """The company's latest run, on the company's present day: what it prepared,
        and what waited from before, is let go in its name."""
        run = self.sudo().search(
            [("company_id", "=", company.id), ("kind", "=", "real")], limit=1
        )
        today = company.with_env(self.env)._recovery_today()
        return run and run._in_company().with_context(
            recovery_today=today, recovery_commit=True
        )

    def _release_waiting(self):
        """Let go what waits for today; ledger, holds and gate are asked once more."""
        if not self:
            return True
        self.env["debt.recovery.action"]._sync_queue(
            [("company_id", "=", self.company_id.id)]
        )
        return self._release_batches(self._waiting_domain())

    def _waiting_domain(self):
        """Messages that need nobody any more."""
        return Domain("mode", "!=", "task") & (
            Domain("state", "=", "approved")
            | (Domain("mode", "=", "auto") & Domain("state", "=", "planned"))
        )

    def _unreleased_domain(self):
        """Messages that wait for the hour or for a person: they are prepared, so that
        what is read in Outgoing is what will leave."""
        review = Domain("mode", "=", "review") & Domain("state", "=", "planned")
        if self.company_id.recovery_release == "at_once":
            return review
        return review | self._waiting_domain()

    def _prepare_waiting(self):
        """:return: False when the scheduler's time is over"""
        seen = set()
        while batch := self._find_due(self._unreleased_domain(), seen):
            seen.update(batch.ids)
            self._release_safely(batch, "_prepare_and_ask")
            if not self._checkpoint():
                return False
        return True

    def _await_release(self):
        """Wake the release at its hour. What was decided after today's hour waits for
        the next working day: nothing leaves before people could look at it."""
        company = self.company_id
        if company.recovery_release != "hour":
            return
        if company._recovery_release_open():
            self._postpone_new(company)
        moment = company._recovery_next_release()
        cron = self.env.ref("debt_recovery.ir_cron_release", raise_if_not_found=False)
        if moment and cron:
            cron.sudo()._trigger(at=moment)

    def _postpone_new(self, company):
        day = company._recovery_release_day(self.date + timedelta(days=1))
        if not day:
            return
        lines = self.env["debt.recovery.run.line"].search(
            [("run_id", "=", self.id), ("action_ids", "!=", False)]
        )
        new = lines.action_ids.filtered(
            lambda a: (
                a.state == "planned"
                and a.mode == "auto"
                and a.date_planned <= self.date
            )
        )
        new.write({"date_planned": day})

import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import models

_logger = logging.getLogger(__name__)

BATCH = 50
TRIES = 3


class DebtRecoveryRunLoop(models.AbstractModel):
    """The loop of a phase: small batches, a savepoint for each, one customer at a time
    where a batch fails, a full rollback and a new try where the database asks for one.
    One bad record stops nobody else."""

    _name = "debt.recovery.run.loop.mixin"
    _description = "Batch Loop of a Run"

    def _try_phase(self, phase):
        """Work one phase; phases are resumable, so a lost race is simply repeated on a
        fresh snapshot.

        :return: False when the scheduler's time is over
        """
        for attempt in range(TRIES):
            try:
                self.phase = phase
                return getattr(self, f"_phase_{phase}")()
            except (OperationalError, IntegrityError):
                if not self._is_committing() or attempt == TRIES - 1:
                    raise
                _logger.info("Run %s repeats phase %s", self.id, phase, exc_info=True)
                self.env.cr.rollback()

    def _in_batches(self, phase, find_ids, work, size=BATCH):
        """Work until ``find_ids`` finds nothing more.

        :param find_ids: callable(limit) → case ids without a line in this run's phase
        :param work: callable(cases) that records a line for every case
        :return: False when the scheduler's time is over
        """
        skipped = set()
        while ids := [i for i in find_ids(size + len(skipped)) if i not in skipped]:
            done = self._try_batch(phase, ids[:size], work)
            skipped.update(set(ids[:size]) - done)
            if not self._checkpoint(len(done)):
                return False
        return True

    def _try_batch(self, phase, ids, work):
        """:return: ids whose work is recorded; the others are left for the next run"""
        for _attempt in range(TRIES):
            try:
                return self._work_batch(phase, ids, work)
            except OperationalError:
                if not self._is_committing():
                    raise
                _logger.info("Recovery run %s repeats a batch", self.id, exc_info=True)
                self.env.cr.rollback()
        return set()

    def _work_batch(self, phase, ids, work):
        self.env.cr.execute("SET LOCAL jit = off")
        cases = self.env["debt.recovery.case"].browse(ids)
        cases = cases.try_lock_for_update(allow_referencing=True)
        try:
            with self.env.cr.savepoint():
                work(cases)
        except OperationalError:
            raise
        except Exception:
            _logger.warning("Batch of run %s fails, going one by one", self.id)
            for case in cases:
                self._work_alone(phase, case, work)
        return set(cases.ids)

    def _work_alone(self, phase, case, work):
        try:
            with self.env.cr.savepoint():
                work(case)
        except OperationalError:
            raise
        except Exception as error:
            _logger.exception("Case %s fails in run %s", case.id, self.id)
            self._record(case, phase, "failed", "error", str(error)[:500])

    def _is_committing(self):
        return bool(self.env.context.get("recovery_commit"))

    def _checkpoint(self, done=0, remaining=1):
        """Commit what is recorded and tell the scheduler whether more is to come.

        :return: whether there is time left
        """
        if not self._is_committing():
            return True
        cron = self.env["ir.cron"]
        return cron._commit_progress(done, remaining=remaining) > 0

    def _record(self, case, phase, outcome, code, reason, **extra):
        return self.env["debt.recovery.run.line"].create(
            self._prepare_line_vals(case, phase, outcome, code, reason, **extra)
        )

    def _prepare_line_vals(self, case, phase, outcome, code, reason, **extra):
        return {
            "run_id": self.id,
            "company_id": self.company_id.id,
            "date": self.date,
            "case_id": case._origin.id or None,
            "partner_id": case.partner_id.id,
            "phase": phase,
            "outcome": outcome,
            "reason_code": code,
            "reason": reason,
            **extra,
        }

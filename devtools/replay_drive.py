"""Drives the daily run through time, one committed day after the other."""

import logging
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from .replay_clock import seconds

_logger = logging.getLogger(__name__)

#: How often a run may be taken up again before the replay calls it unfinished.
TRIES = 3


class Drive:
    """One replay. ``report`` and ``checker`` get every day's facts."""

    def __init__(self, books, staff, reader, sink, checker, report):
        self.books = books
        self.staff = staff
        self.reader = reader
        self.sink = sink
        self.checker = checker
        self.report = report
        self.times = Counter()

    def plan(self, rows, first, last):
        """Which rows are issued and settled on which replayed day."""
        self._issued, self._settled = defaultdict(list), defaultdict(list)
        for row in rows:
            if first <= row.issued <= last:
                self._issued[row.issued].append(row)
            if row.settled and first <= row.settled <= last:
                self._settled[row.settled].append(row)

    def run_day(self, env, day):
        """Live one day; returns the month that ended with the day before, if one did.

        Money comes before the run, as a bank statement does in the morning.
        """
        env = env(context={**env.context, "recovery_today": str(day)})
        issued, settled = self._issued[day], self._settled[day]
        with self._timed(env, "posting invoices"):
            self.books.post(env, issued)
        with self._timed(env, "matching payments"):
            self.books.pay(env, settled)
        self._failures = []
        with self._timed(env, "daily run"):
            self._guard(env, "the run", self._run)
        with self._timed(env, "mail queue, officer"):
            self._guard(env, "the officer", self.staff.work)
        with self._timed(env, "checks"):
            facts = self.reader.read(env, day, self.sink.empty())
            failures = (*facts.failures, *self._failures)
            facts = replace(facts, failures=failures)
            self.checker.check_day(facts)
            return self.report.add(facts, len(issued), len(settled))

    def _guard(self, env, who, work):
        """The product's faults are findings; the replay goes on and tells them."""
        try:
            work(env)
        except Exception as error:
            env.cr.rollback()
            _logger.exception("Replay: %s stops", who)
            text = " ".join(str(error).split())
            self._failures.append(f"{who}: {type(error).__name__}: {text[:200]}")

    def _run(self, env):
        """The scheduled actions of the morning: yesterday's notes get their seal."""
        env["debt.recovery.action"]._cron_seal()
        run = env["debt.recovery.run"]._start(env.company)
        for _attempt in range(TRIES):
            if run._execute(commit=True):
                break

    @contextmanager
    def _timed(self, env, name):
        """Measure a part of the day and commit it, as different people work on it."""
        start = seconds()
        yield
        env.cr.commit()
        env.clear()
        self.times[name] += seconds() - start

    def verify_log(self, env):
        """The log must still be as it was written."""
        start = seconds()
        actions = env["debt.recovery.action"].search([("state", "=", "done")])
        for action, problem in actions._verify_chain():
            self.checker.fail("log", f"action {action.id}: {problem}")
        self.times["verifying the log"] += seconds() - start


def days_between(first, last):
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

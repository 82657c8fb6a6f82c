"""The replayed day, for Python, for Odoo and for its database cursors."""

import time
from contextlib import contextmanager
from datetime import datetime
from datetime import time as hour
from unittest.mock import patch

#: Noon in UTC is the same day in nearly every time zone.
NOON = hour(12)


def seconds():
    """A clock that goes on while the day stands still (freezegun leaves it alone)."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def worked_seconds():
    """Processor time of this process: says how fast it is on a busy machine."""
    return time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID)


class Clock:
    """Sets the day. The frozen time is started once: each start looks through all
    loaded modules, which takes a second, while moving it costs nothing."""

    def __init__(self, frozen):
        self._frozen = frozen
        self.moment = None

    def set(self, day):
        self.moment = datetime.combine(day, NOON)
        self._frozen.move_to(self.moment)


@contextmanager
def stopped_clock(day):
    """Stop the clock of this process at a day; the given clock moves it on."""
    from freezegun import freeze_time

    from odoo.sql_db import BaseCursor

    freezer = freeze_time(datetime.combine(day, NOON))
    clock = Clock(freezer.start())
    clock.set(day)
    try:
        with patch.object(BaseCursor, "now", lambda _cursor: clock.moment):
            yield clock
    finally:
        freezer.stop()

"""What something costs: seconds, processor seconds of both processes, queries."""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass
class Cost:
    """Processor seconds are ours and those of our database server process, as far as it
    runs on this machine: on a shared one they say more than the clock."""

    wall: float = 0.0
    cpu: float = 0.0
    queries: int = 0

    def __add__(self, other):
        return Cost(
            self.wall + other.wall, self.cpu + other.cpu, self.queries + other.queries
        )


def _server_process(cr):
    """The server process of a cursor; None when it runs elsewhere."""
    try:
        process = psutil.Process(cr._cnx.info.backend_pid)
        return process if "postgres" in process.name() else None
    except psutil.Error:
        return None


def _cpu(process):
    own = time.process_time()
    if not process:
        return own
    try:  # to the nanosecond; the kernel's usual count goes in hundredths
        stat = Path(f"/proc/{process.pid}/schedstat").read_text(encoding="ascii")
        return own + int(stat.split()[0]) / 1e9
    except OSError:
        used = process.cpu_times()
        return own + used.user + used.system


@contextmanager
def measured(cr):
    """Fills a :class:`Cost` at the end of the block."""
    process = _server_process(cr)
    cost = Cost()
    queries, wall, cpu = cr.sql_log_count, time.monotonic(), _cpu(process)
    yield cost
    cost.wall = time.monotonic() - wall
    cost.cpu = _cpu(process) - cpu
    cost.queries = cr.sql_log_count - queries


def best(cr, function, times=3):
    """The cheapest of several calls, and what the last one returned."""
    costs = []
    for _time in range(times):
        with measured(cr) as cost:
            result = function()
        costs.append(cost)
    return min(costs, key=lambda cost: cost.wall), result

"""./dev race: eight runs at once in eight processes, while another books payments.

Twice: as shipped, where a lock lets one process work, and with that lock taken away, so
that the unique key, row locks and repeats alone must keep them apart.
"""

import argparse

from devtools.ui import say

from .databases import Shelf, configure, environment
from .proof import (
    Proof,
    complete,
    discard,
    finish,
    go,
    make_book,
    sink_of,
    start,
    wait_for,
)


def main(argv):
    """0 when nothing was lost and nothing doubled, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="./dev race", description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--due", type=int, default=1000, help="due customers, about")
    options = parser.parse_args(argv)
    faults = 0
    with Shelf() as shelf:
        book = make_book(shelf, options.due)
        for role in ("run", "unlocked"):
            faults += _race(shelf, book, role, options.processes)
    say(f"\n{faults} violations")
    return int(bool(faults))


def _race(shelf, book, role, processes):
    label = "lock as shipped" if role == "run" else "without the lock"
    say(f"\n{processes} processes, {label}")
    name = shelf.copy("race", book)
    sink = sink_of(name)
    workers = [start(name, role, sink) for _number in range(processes)]
    payer = start(name, "pay", sink)
    for worker in (*workers, payer):
        wait_for(worker)
    for worker in (*workers, payer):
        go(worker)
    for number, worker in enumerate(workers, 1):
        say(f"  run {number}: {finish(worker) or 'DIED'}")
    say(f"  payments: {finish(payer) or 'DIED'}")
    quiet = [_quiet_run(name, sink) for _number in range(2)]
    proof = _verdict(name, sink, quiet)
    words = "; ".join(proof.violations) or "none"
    say(f"  left for the next run: {quiet[0]}; found by the one after: {quiet[1]}")
    say(f"  states: {proof.summary}")
    say(f"  violations: {words}")
    discard(name, sink)
    return len(proof.violations)


def _quiet_run(name, sink):
    """A run without any trouble; returns how many messages and tasks it added."""
    configure(name)
    with environment(name) as env:
        before = len(Proof(env, sink).keys())
    complete(start(name, "run", sink))
    with environment(name) as env:
        return len(Proof(env, sink).keys()) - before


def _verdict(name, sink, quiet):
    with environment(name) as env:
        proof = Proof(env, sink)
        proof.expect(not quiet[1], f"{quiet[1]} messages were found only later")
        proof.check_once()
        proof.check_sent()
        proof.check_ledger()
        proof.check_claims()
        proof.summary = ", ".join(f"{n} {s}" for s, n in proof.states().items())
        env.cr.rollback()
    return proof

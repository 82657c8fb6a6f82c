"""./dev crash: kill -9 at random moments of a run, resume, look whether all is there.

Each round works on a copy of one book: the run is killed some times, each time resumed
by a new process, and then left to finish. Its result must be the result of a run that
nobody disturbed.
"""

import argparse
import random
import time

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
    options = _parser().parse_args(argv)
    random.seed(options.seed)
    with Shelf() as shelf:
        book = make_book(shelf, options.due)
        wanted, seconds = _undisturbed(shelf, book)
        say(f"\nUndisturbed: {len(wanted)} messages and tasks in {seconds:.1f} s\n")
        say("round  kills at (s)                      unclear  left  violations")
        faults = kills = number = 0
        while kills < options.kills:
            number += 1
            few = min(options.per_round, options.kills - kills)
            moments, proof, left, unclear = _round(shelf, book, few, seconds, wanted)
            kills += len(moments)
            if len(moments) < few:  # it was done before we came: come earlier
                seconds *= 0.7
            faults += len(proof.violations)
            text = " ".join(f"{moment:.1f}" for moment in moments)
            words = "; ".join(proof.violations) or "none"
            say(f"{number:5}  {text:32}  {unclear:7}  {left:4}  {words}")
    say(f"\n{kills} kills, {faults} violations")
    return int(bool(faults))


def _parser():
    parser = argparse.ArgumentParser(prog="./dev crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--per-round", type=int, default=5, help="kills of one run")
    parser.add_argument("--due", type=int, default=1000, help="due customers, about")
    parser.add_argument("--seed", type=int, default=19)
    return parser


def _undisturbed(shelf, book):
    """What a run without any trouble does, and how long it takes."""
    name = shelf.copy("crash", book)
    sink = sink_of(name)
    worker = start(name, "run", sink)
    wait_for(worker)
    began = time.monotonic()
    go(worker)
    finish(worker)
    seconds = time.monotonic() - began
    configure(name)
    with environment(name) as env:
        wanted = Proof(env, sink).keys()
    discard(name, sink)
    return wanted, seconds


def _round(shelf, book, kills, seconds, wanted):
    name = shelf.copy("crash", book)
    sink = sink_of(name)
    moments = []
    for place in range(kills):
        worker = start(name, "run", sink)
        left = seconds * (kills - place) / kills  # a resumed run has less to do
        moment = random.uniform(0, left)
        wait_for(worker)
        go(worker)
        if not _kill(worker, moment):
            break
        moments.append(moment)
    for _resumed in range(2):  # the second finds nothing left to do
        complete(start(name, "run", sink))
    proof, left, unclear = _verdict(name, sink, wanted)
    discard(name, sink)
    return moments, proof, left, unclear


def _kill(worker, moment):
    """Whether it was still at work when we came."""
    time.sleep(moment)
    alive = worker.poll() is None
    worker.kill()
    worker.wait()
    return alive


def _verdict(name, sink, wanted):
    configure(name)
    with environment(name) as env:
        proof = Proof(env, sink)
        found = proof.keys()
        lost, more = len(wanted - found), len(found - wanted)
        proof.expect(not lost, f"{lost} due messages are missing")
        proof.expect(not more, f"{more} messages nobody asked for")
        proof.check_once()
        left, unclear = proof.check_sent()
        proof.check_ledger()
        proof.check_runs()
        env.cr.rollback()
    return proof, left, unclear

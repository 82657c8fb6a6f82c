"""./dev bench: one book, every measurement, ratios instead of absolute claims."""

import argparse

from devtools.ui import say

from . import (
    bench_insight,
    bench_oca,
    bench_posting,
    bench_risk,
    bench_run,
    bench_screens,
)
from .check import Checker
from .databases import Shelf, configure, environment, forget, install
from .generator import Generator, Size
from .report import Report

PARTS = ("run", "oca", "screens", "insight", "posting", "growth")


def main(argv):
    """Print the tables; with a NAME only that part. 1 when the book is not sound."""
    if argv[:1] == ["risk"]:
        return bench_risk.main(argv[1:])
    options = _parser().parse_args(argv)
    wanted = set(options.names or PARTS)
    report = Report()
    with Shelf() as shelf:
        peer = bench_oca.fetch() if "oca" in wanted else None
        extra = [peer] if peer else []
        book = shelf.fresh("bench_book", modules=())
        configure(book, *extra)
        faults = _fill(book, Size(options.customers, options.invoices), report)
        if faults:
            say("\n".join(faults))
            return 1
        ours = shelf.copy("bench_ours", book)
        install(ours, ["debt_recovery"])
        if wanted & {"run", "oca", "screens", "insight", "growth"}:
            _measure_run(ours, report)
        if "oca" in wanted:
            theirs = shelf.copy("bench_oca", book)
            install(theirs, [bench_oca.MODULE], peer)
            _measure_oca(theirs, report)
        if "screens" in wanted:
            with environment(ours) as env:
                report.screens(bench_screens.measure(env))
        if "insight" in wanted:
            with environment(ours) as env:
                report.insight(*bench_insight.measure(env))
        if "posting" in wanted:
            with environment(book) as without, environment(ours) as with_addon:
                rounds = bench_posting.measure(without, with_addon, options.documents)
            report.posting({k: bench_posting.summary(v) for k, v in rounds.items()})
        if "growth" in wanted:
            _measure_growth(ours, report, options)
    report.verdicts()
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--customers", type=int, default=Size.customers)
    parser.add_argument("--invoices", type=int, default=Size.invoices)
    parser.add_argument("--documents", type=int, default=500, help="posted and paid")
    return parser


def _fill(book, size, report):
    with environment(book) as env:
        generator = Generator(env, size)
        seconds = generator.fill()
        env.cr.commit()
        checker = Checker(generator.env, generator.templates)
        faults = checker.check()
        env.cr.rollback()
        env.cr.execute("ANALYZE")
        env.cr.commit()
        report.book(size, seconds, checker.compared, bench_run.overdue_facts(env))
    forget(book)
    return faults


def _measure_run(name, report):
    with environment(name) as env:
        bench_run.prepare(env)
        env["debt.recovery.case"].search([], limit=1)
        floor = bench_run.floor(env)
        run, first = bench_run.run_phases(env)
        message_cost, number = bench_run.messages(env, run)
        bench_run.finish(run)
        run, second = bench_run.run_phases(env)
        bench_run.finish(run)
        run, quiet = bench_run.run_phases(env)
        bench_run.finish(run)
        runs = {"first": first, "second": second, "quiet": quiet}
        cases = env["debt.recovery.case"].search_count([])
        env.cr.execute("ANALYZE")
        env.cr.commit()
    report.run(floor, runs, cases, message_cost, number)


def _measure_oca(name, report):
    with environment(name) as env:
        policy = bench_oca.prepare(env, (3, 14, 30))
        costs, lines, made = bench_oca.measure(env, policy)
    report.oca(costs, lines, made)


def _measure_growth(name, report, options):
    """The same overdue lines in a ledger twice as long."""
    with environment(name) as env:
        size = Size(options.customers, options.invoices)
        Generator(env, size).fill(only_closed=True)
        env.cr.commit()
        env.cr.execute("ANALYZE")
        env.cr.commit()
        floor = bench_run.floor(env)
        run, again = bench_run.run_phases(env)
        bench_run.finish(run)
        report.growth(floor, again)

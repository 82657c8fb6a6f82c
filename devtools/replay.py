"""./dev replay: lead a file of real receivables through the product, day by day."""

import argparse
import os
import re
import sys
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta

from . import database, odoo, paths
from . import env as environments
from .replay_bar import Bar
from .replay_check import Checker, Rules
from .replay_clock import stopped_clock, worked_seconds
from .replay_drive import Drive, days_between
from .replay_file import NEEDED, FileProblem, limit_customers, read_file
from .replay_load import Books
from .replay_read import Reader
from .replay_report import (
    Report,
    fault_lines,
    promise_lines,
    time_lines,
)
from .replay_sink import mail_sink, quick_pdf
from .replay_staff import ASSUMPTIONS, Staff
from .ui import say

REFUSED = 2


def main(argv):
    """Replay a file; 0 when every promise was kept, 1 when not, 2 for bad input."""
    options = _parser().parse_args(argv)
    try:
        rows, faults = read_file(options.file)
        options = _settle(options, rows)
    except FileProblem as problem:
        print(f"dev replay: {problem}", file=sys.stderr)
        return REFUSED
    for line in fault_lines(faults, options.file):
        say(line)
    rows = [row for row in options.rows if row.issued <= options.last]
    with _database(options) as dbname:
        return _replay(dbname, rows, options)


def _parser():
    parser = argparse.ArgumentParser(
        prog="./dev replay",
        description="Loads a receivables file (CSV) into a fresh database as posted "
        "invoices, lets payments arrive on their settlement dates and drives the daily "
        "run through time. Prints every month and checks the product's promises.",
        epilog=f"The file needs the columns {', '.join(NEEDED)}; dates are m/d/Y.",
    )
    parser.add_argument("file", metavar="FILE.csv")
    day = {"type": _day, "metavar": "YYYY-MM-DD"}
    parser.add_argument("--from", dest="first", **day, help="first day of the replay")
    parser.add_argument("--to", dest="last", **day, help="last day of the replay")
    parser.add_argument("--keep", action="store_true", help="leave the database behind")
    parser.add_argument(
        "--db",
        type=_name,
        metavar="NAME",
        help="name of the fresh database; without --keep it is dropped at the end",
    )
    parser.add_argument(
        "--limit-customers",
        type=_number,
        metavar="N",
        help="only the first N customers of the file",
    )
    parser.add_argument(
        "--scale",
        type=_number,
        default=1,
        metavar="N",
        help="multiply amounts by N, to reach the steps of larger debts",
    )
    parser.add_argument(
        "--pdf",
        action="store_true",
        help="make real PDFs of letters and attach invoices (slow)",
    )
    return parser


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f'"{text}" is not a day like 2013-12-31'
        raise argparse.ArgumentTypeError(message) from None


def _name(text):
    if not re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}", text):
        raise argparse.ArgumentTypeError(f'"{text}" cannot be a database\'s name')
    return text


def _number(text):
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number above zero')
    return int(text)


def _settle(options, rows):
    """Complete the days from the file and take the wanted customers."""
    if options.limit_customers:
        rows = limit_customers(rows, options.limit_customers)
    options.rows = sorted(rows, key=lambda row: (row.issued, row.line))
    options.first = options.first or options.rows[0].issued
    ends = (max(row.due, row.settled or row.due) for row in rows)
    options.last = options.last or max(ends)
    if options.last < options.first:
        raise FileProblem(f"--to {options.last} is before --from {options.first}.")
    if options.last < options.rows[0].issued:
        raise FileProblem(f"The first invoice is of {options.rows[0].issued} only.")
    return options


@contextmanager
def _database(options):
    """A fresh database; one that exists is never touched."""
    if not options.db and not options.keep:
        with environments.scratch_db("replay") as name:
            yield name
        return
    name = options.db or f"{paths.PREFIX}replay_kept_{os.getpid()}"
    if database.exists(name):
        print(f"dev replay: there is a database {name} already.", file=sys.stderr)
        raise SystemExit(REFUSED)
    try:
        environments.create_db(name)
        yield name
    finally:
        if not options.keep:
            environments.drop_db(name)
    say(f"The database {name} is kept.")


@contextmanager
def _odoo(dbname):
    """An environment whose log goes to a file: the screen is for the report."""
    log = paths.LOG / f"replay-{dbname}.log"
    log.unlink(missing_ok=True)
    conf = odoo.conf(dbname, logfile=log, log_level="warn")
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", str(conf), "-d", dbname], setup_logging=True)
    try:
        with Registry(dbname).cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})
    finally:
        if log.exists() and not log.stat().st_size:
            log.unlink()
        elif log.exists():
            say(f"Odoo's warnings are in {log}")


def _replay(dbname, rows, options):
    days = days_between(options.first, options.last)
    _introduce(rows, options, len(days))
    eve = options.first - timedelta(days=1)
    with ExitStack() as stack:
        env = stack.enter_context(_odoo(dbname))
        clock = stack.enter_context(stopped_clock(eve))
        sink = stack.enter_context(mail_sink(env, clock))
        stack.enter_context(quick_pdf(env, wanted=not options.pdf))
        drive = _prepare(env, rows, options, sink)
        bar = Bar(len(days))
        for day in days:
            clock.set(day)
            month = drive.run_day(env, day)
            if month:
                bar.print(*month.lines())
            bar.step(str(day))
        bar.print(*drive.report.months[-1].lines())
        drive.verify_log(env)
    return _conclude(drive, len(days))


def _introduce(rows, options, number):
    customers = len({row.customer for row in rows})
    say(
        f"{len(rows):,} invoices of {customers:,} customers; {number:,} days from "
        f"{options.first} to {options.last}. Assumed:"
    )
    extra = [f"Amounts are multiplied by {options.scale}."] * (options.scale > 1)
    if not options.pdf:
        extra.append("Invoices are linked, not attached; letters have a blank PDF.")
    say("\n".join(f"  - {text}" for text in (*ASSUMPTIONS, *extra)))


def _prepare(env, rows, options, sink):
    """Books with history, and all who take part."""
    books = Books(env, options.scale)
    officer = books.set_up(env, attach=options.pdf)
    books.create_customers(env, [row.customer for row in rows])
    history = [row for row in rows if row.issued < options.first]
    bar = Bar(len(history))
    books.load_history(env, history, options.first, lambda n: bar.step("history", n))
    bar.clear()
    company = env.company
    checker = Checker(
        rows={row.number: row for row in rows},
        owners={c.address: c.id for c in books.customers.values()},
        rules=Rules(
            quiet_days=company.recovery_quiet_days,
            grace_days=company.recovery_grace_days,
            open_minimum=company._recovery_units(company.recovery_open_units),
        ),
        scale=options.scale,
    )
    reader = Reader(company.id, company.currency_id.decimal_places)
    drive = Drive(books, Staff(officer), reader, sink, checker, Report())
    drive.plan(rows, options.first, options.last)
    env.cr.commit()
    env.clear()
    sink.empty()
    return drive


def _conclude(drive, number):
    say("\n" + "\n".join(drive.report.total_lines()))
    say("\n" + "\n".join(promise_lines(drive.checker)))
    say("\n" + "\n".join(time_lines(drive.times, number, worked_seconds())))
    broken = len(drive.checker.broken)
    say(f"\n{broken} promises are broken." if broken else "\nEvery promise was kept.")
    return int(bool(broken))

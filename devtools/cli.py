"""The subcommands of ./dev."""

import argparse
import importlib
import os
import shutil
import signal
import subprocess
import sys

from . import database, env, lint, paths, postgres, server, tests
from .ui import Problem, say

#: They have a parser of their own for what follows their name.
EXPLAIN_THEMSELVES = ("replay", "bench", "crash", "race", "account-suite")
DESCRIPTION = "Run, test and lint the project on a real Odoo 19."


def main(argv):
    """Run a subcommand; returns the exit code."""
    # A background job starts with Ctrl-C ignored, and so would all it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    parser, taking_rest = _parser()
    options, rest = parser.parse_known_args(argv)
    if rest and options.command not in taking_rest:
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        return options.function(options, rest)
    except Problem as problem:
        print(f"dev: {problem}", file=sys.stderr)
    except PermissionError as error:
        owner = paths.DEV.owner() if paths.DEV.exists() else "another user"
        print(f"dev: {error}: .dev belongs to {owner}", file=sys.stderr)
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130
    return 1


def _parser():
    """The parser, and the commands that hand the words they do not know on."""
    parser = argparse.ArgumentParser(prog="./dev", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    added = {}
    for function, text in COMMANDS.items():
        name = function.__name__.strip("_").replace("_", "-")
        explains_itself = name in EXPLAIN_THEMSELVES
        added[name] = commands.add_parser(
            name,
            help=text,
            description=text,
            add_help=not explains_itself,
            allow_abbrev=False,
        )
        added[name].set_defaults(function=function)
    run = added["run"].add_argument
    run("--port", type=int, default=8069)
    run("--fresh", action="store_true", help="start from an empty database")
    run("--no-demo", action="store_true", help="without demo data (admin only)")
    added["test"].add_argument("--quick", action="store_true", help="no browser tests")
    added["lint"].add_argument("--odoo", action="store_true", help="Odoo's own, too")
    return parser, ("test", "shell", "psql", *EXPLAIN_THEMSELVES)


def _run(options, _rest):
    env.ensure_env()
    return server.run(options.port, fresh=options.fresh, demo=not options.no_demo)


def _test(options, rest):
    env.ensure_env()
    return tests.main([word for word in rest if word != "--"], quick=options.quick)


def _lint(options, _rest):
    paths.make_folders()
    failed = lint.run()
    if options.odoo:
        env.ensure_env()
        with env.scratch_db("lint") as dbname:
            failed += not tests.core_lint(dbname).ok
    return int(bool(failed))


def _need_run_db():
    env.ensure_env()
    if not database.exists(paths.RUN_DB):
        raise Problem("there is no database yet: ./dev run makes it")


def _shell(_options, rest):
    _need_run_db()
    return env.odoo_cmd("shell", "--no-http", *rest, dbname=paths.RUN_DB)


def _psql(_options, rest):
    _need_run_db()
    found = shutil.which("psql") or postgres.binaries() / "psql"
    return subprocess.call([found, paths.RUN_DB, *rest])


def _stop(_options=None, _rest=None):
    stopped = [("the server", server.stop()), ("PostgreSQL", postgres.stop())]
    names = [name for name, was_running in stopped if was_running]
    say(f"Stopped {' and '.join(names)}." if names else "Nothing was running.")
    return 0


def _clean(_options, _rest):
    if not paths.DEV.exists():
        return 0
    _stop()
    shutil.rmtree(paths.DEV)
    say(f"Removed {paths.DEV}")
    return 0


def _i18n(_options, _rest):
    env.ensure_env()
    with env.scratch_db("i18n") as dbname:
        for addon in paths.addons():
            target = addon / "i18n" / f"{addon.name}.pot"
            target.parent.mkdir(exist_ok=True)
            words = ("-l", "pot", "-o", target, addon.name)
            code = env.odoo_cmd("i18n", "export", *words, dbname=dbname)
            if code:
                return code
            say(f"Wrote {target}")
    return 0


def _replay(_options, rest):
    env.ensure_env()
    from . import replay  # needs .dev's environment

    return replay.main(rest)


def _measure(name, rest):
    """Run a module of benchmarks/ inside Odoo's environment."""
    env.ensure_env()
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    return importlib.import_module(f"benchmarks.{name}").main(rest)


def _bench(_options, rest):
    return _measure("bench", rest)


def _crash(_options, rest):
    return _measure("crash", rest)


def _race(_options, rest):
    return _measure("race", rest)


def _account_suite(_options, rest):
    return _measure("account_suite", rest)


COMMANDS = {
    _run: "start Odoo 19 with the addons and demo data",
    _test: "run every test, or what pytest arguments select",
    _lint: "run the lint chain",
    _shell: "Python shell on the database of ./dev run",
    _psql: "SQL on the database of ./dev run",
    _stop: "stop the server and the private PostgreSQL",
    _clean: "stop everything and remove the folder .dev",
    _i18n: "export the addons' translation templates",
    _replay: "replay a receivables file through time",
    _bench: "measure run, screens and posting on a large book",
    _crash: "kill a run at random moments and look what is left",
    _race: "eight runs at once while payments are booked",
    _account_suite: "Odoo's account tests with and without the addons",
}

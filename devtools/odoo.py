"""Starts Odoo's command line: its configuration, installs and updates with progress."""

import os
import re
import socket
import subprocess

from . import database, paths, source, venv
from .ui import Problem, run_logged

_LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")
_FAULT = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) ")
_START = "from odoo.cli import main; main()"


def conf(dbname, **options):
    """Write the configuration of one database; returns its path."""
    settings = {
        "addons_path": source.addons_path(source.ensure()),
        "admin_passwd": "admin",
        "data_dir": paths.DATA,
        "db_host": os.environ.get("PGHOST"),
        "db_name": dbname,
        "db_port": os.environ.get("PGPORT"),
        "db_user": os.environ.get("PGUSER"),
        "dbfilter": f"^{dbname}$",
        "http_interface": "127.0.0.1",
        "list_db": False,
        "max_cron_threads": 0,
        **options,
    }
    lines = [f"{key} = {value}" for key, value in settings.items() if value is not None]
    path = paths.CONF / f"{dbname}.conf"
    path.write_text("\n".join(["[options]", *lines, ""]), encoding="utf-8")
    return path


def forget(dbname):
    """Remove the configuration of a database that is gone."""
    (paths.CONF / f"{dbname}.conf").unlink(missing_ok=True)


def command(*words, dbname, config=None):
    """Odoo's command line for a database; subcommands come before options."""
    words = list(map(str, words))
    first = next(
        (i for i, word in enumerate(words) if word.startswith("-")), len(words)
    )
    where = ["-c", str(config or conf(dbname)), "-d", dbname]
    return [str(venv.python()), "-c", _START, *words[:first], *where, *words[first:]]


def environment():
    """The environment without what would change Odoo's settings."""
    hostile = ("ODOO_RC", "PGDATABASE", "PYTHONPATH", "PYTHONHOME")
    return {k: v for k, v in os.environ.items() if k not in hostile}


def free_port():
    """A port for a run that insists on serving, as Odoo's own tests do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(*words, dbname):
    """Run Odoo in the foreground, e.g. a shell; returns the exit code."""
    return subprocess.call(command(*words, dbname=dbname), env=environment())


def setup(dbname, install=(), update=(), demo=False, label=""):
    """Install and update modules; stops with the reason when one does not get there."""
    log = paths.LOG / f"setup-{dbname}.log"
    log.unlink(missing_ok=True)
    words = [
        "--stop-after-init",
        "--no-http",
        "--with-demo" if demo else "--without-demo",
    ]
    if install:
        words += ["-i", ",".join(install)]
    if update:
        words += ["-u", ",".join(update)]
    run = command(*words, dbname=dbname)
    code = run_logged(run, label, log, note=_progress, env=environment())
    faults = [
        li for li in log.read_text(encoding="utf-8").splitlines() if _FAULT.match(li)
    ]
    if code or faults:
        raise Problem(f"Odoo did not set up {dbname}, see {log}\n{_reason(log)}")
    missing = {*install, *update} - database.installed(dbname)
    if missing:
        names = ", ".join(sorted(missing))
        raise Problem(f"not installed in {dbname}: {names}, see {log}")
    if demo:
        _check_demo(dbname, log)
    log.unlink()


def _check_demo(dbname, log):
    """Odoo goes on without a module's demo data when that fails, and barely says so."""
    failures = database.query(
        dbname,
        "SELECT m.name, f.error FROM ir_demo_failure f"
        " JOIN ir_module_module m ON m.id = f.module_id WHERE m.name = ANY(%s)",
        (paths.addon_names(),),
    )
    for module, error in failures:
        raise Problem(f"demo data of {module} failed, see {log}\n{error}")


def _progress(line):
    found = _LOADING.search(line)
    return found and "{} ({}/{})".format(*found.groups())


def _reason(log):
    """The first error with what follows it, short enough to read."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    first = next((i for i, line in enumerate(lines) if _FAULT.match(line)), None)
    if first is None:
        return "\n".join(lines[-25:])
    return "\n".join(lines[first : first + 60])

"""The databases of a benchmark: one book, and copies with and without addons."""

from contextlib import ExitStack, contextmanager

from devtools import database, odoo, paths, source
from devtools import env as environments
from devtools.ui import Problem, run_logged, tail


def addons_path(*extra):
    return ",".join([source.addons_path(source.ensure()), *map(str, extra)])


def configure(dbname, *extra):
    """Tell this process's Odoo where the addons are; its log goes to a file."""
    log = paths.LOG / "bench-odoo.log"
    conf = odoo.conf(
        dbname, addons_path=addons_path(*extra), logfile=log, log_level="warn"
    )
    from odoo.tools import config

    config.parse_config(["-c", str(conf), "-d", dbname], setup_logging=True)


def install(dbname, modules, *extra):
    """Install modules, also from a folder of our own."""
    conf = odoo.conf(dbname, addons_path=addons_path(*extra))
    words = [
        "--stop-after-init",
        "--no-http",
        "--without-demo",
        "-i",
        ",".join(modules),
    ]
    run = odoo.command(*words, dbname=dbname, config=conf)
    log = paths.LOG / f"setup-{dbname}.log"
    log.unlink(missing_ok=True)
    label = f"Installing {', '.join(modules)}"
    code = run_logged(run, label, log, env=odoo.environment())
    if code or not set(modules) <= database.installed(dbname):
        raise Problem(f"{label} failed, see {log}\n{tail(log, 12)}")
    log.unlink()


@contextmanager
def environment(dbname, **context):
    """An environment of the superuser in a database; nothing is committed for it.
    Workers of a parallel plan are processes of their own, which nobody counts: none."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry

    with Registry(dbname).cursor() as cr:
        cr.execute("SET max_parallel_workers_per_gather = 0")
        cr.commit()
        yield Environment(cr, SUPERUSER_ID, context)


def forget(dbname):
    """Close what this process holds of a database, so that it can be copied."""
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_db

    Registry.delete(dbname)
    close_db(dbname)


class Shelf:
    """Scratch databases that are gone at the end of the ``with`` block."""

    def __init__(self):
        self._stack = ExitStack()

    def __enter__(self):
        self._stack.__enter__()
        return self

    def __exit__(self, *details):
        return self._stack.__exit__(*details)

    def fresh(self, kind, modules):
        """A new database with just these modules and what they need."""
        return self._stack.enter_context(environments.scratch_db(kind, modules=modules))

    def copy(self, kind, original):
        """A copy of a database that nobody is connected to."""
        forget(original)
        name = self._stack.enter_context(environments.scratch_name(kind))
        database.clone(original, name)
        return name

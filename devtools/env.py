"""What other tools (replay, benchmarks) need: databases and an environment.

They are started by ``./dev``, which has by then entered Odoo's Python environment and
started PostgreSQL; ``ensure_env`` is repeated here for whoever imports this directly.
"""

import itertools
import os
from contextlib import contextmanager

from . import database, locks, odoo, paths, postgres, source, system, templates, venv

_numbers = itertools.count(1)


def ensure_env():
    """Odoo, its packages and a PostgreSQL that answers; quick when all is there."""
    paths.make_folders()
    with locks.lock("setup", "setting the environment up"):
        system.want_pdf()
        found = source.ensure()
        venv.ensure()
        venv.put_on_path(found)
    venv.reenter()
    postgres.ensure()


def create_db(name, modules=None, demo=False):
    """A database with the addons (or just these modules) installed.

    Without demo data it is a clone of a prepared one, made in a second.
    """
    ours = set(paths.addon_names())
    wanted = set(modules) if modules is not None else ours
    if demo:
        database.drop(name)
    else:
        templates.clone(name, with_addons=ours <= wanted)
        wanted -= database.installed(name)
    if wanted:
        label = f"Installing modules in {name}"
        odoo.setup(name, install=sorted(wanted), demo=demo, label=label)


def drop_db(name):
    """Remove a database, its filestore and its configuration."""
    database.drop(name)
    odoo.forget(name)


def odoo_cmd(*words, dbname):
    """Run Odoo's command line in the foreground; returns the exit code."""
    return odoo.call(*words, dbname=dbname)


@contextmanager
def scratch_db(kind, modules=None, demo=False):
    """A database of our own, gone at the end (if we are killed, at the next start)"""
    with scratch_name(kind) as name:
        create_db(name, modules, demo)
        yield name


@contextmanager
def scratch_name(kind):
    """A name for a database that the caller makes and that is gone at the end."""
    name, handle = _own_name(kind)
    try:
        sweep()
        yield name
    finally:
        drop_db(name)
        os.close(handle)
        locks.forget(name)


def _own_name(kind):
    while True:
        name = f"{paths.PREFIX}{kind}_{os.getpid()}_{next(_numbers)}"
        handle = locks.try_lock(name)
        if handle is not None:
            return name, handle


def sweep():
    """Drop the scratch databases whose owner is dead: nobody holds their lock."""
    with locks.lock("sweep", "tidying up"):
        for file in sorted(paths.LOCKS.glob(f"{paths.PREFIX}*.lock")):
            handle = locks.try_lock(file.stem)
            if handle is None:
                continue
            database.drop(file.stem)
            odoo.forget(file.stem)
            file.unlink(missing_ok=True)
            os.close(handle)


@contextmanager
def odoo_env(dbname, **context):
    """An Odoo environment of the superuser; committed when all went well."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(
        ["-c", str(odoo.conf(dbname)), "-d", dbname], setup_logging=True
    )
    with Registry(dbname).cursor() as cr:
        yield Environment(cr, SUPERUSER_ID, context)

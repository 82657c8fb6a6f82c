"""Databases and the filestore folders that belong to them, always handled together."""

import json
import os
import shutil
from contextlib import closing

from . import paths

FILESTORE = paths.DATA / "filestore"


def _execute(statement, *names, values=(), dbname="postgres"):
    """Run one statement outside a transaction, as CREATE DATABASE demands."""
    from psycopg2 import connect, sql  # only in .dev's environment, hence not above

    with closing(connect(dbname=dbname)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            quoted = map(sql.Identifier, names)
            cursor.execute(sql.SQL(statement).format(*quoted), values)
            return cursor.fetchall() if cursor.description else []


def query(dbname, statement, values=()):
    """Rows of a statement in a database."""
    return _execute(statement, values=values, dbname=dbname)


def names(prefix=""):
    """Databases whose name starts with the prefix."""
    rows = _execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1",
        values=(prefix,),
    )
    return [name for (name,) in rows]


def exists(name):
    return name in names(name)


def clone(template, name):
    """A copy of a database with its filestore; a clone without it hangs browser tests.

    The files are hard links: Odoo never rewrites a stored file, its name is its hash.
    """
    source, target = FILESTORE / template, FILESTORE / name
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, copy_function=_link)
    _execute("CREATE DATABASE {} TEMPLATE {}", name, template)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def rename(name, new):
    """Give a finished database its name; it comes last, so it is never half."""
    shutil.rmtree(FILESTORE / new, ignore_errors=True)
    if (FILESTORE / name).exists():
        (FILESTORE / name).rename(FILESTORE / new)
    _execute("ALTER DATABASE {} RENAME TO {}", name, new)


def freeze(name):
    """Nobody connects to a template: PostgreSQL does not copy a database in use."""
    _execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)


def drop(name):
    """Remove a database and its filestore, whoever is still connected."""
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def note(name, content):
    """Remember something about a database in the database itself (as its comment)."""
    _execute("COMMENT ON DATABASE {} IS %s", name, values=(json.dumps(content),))


def noted(name):
    """What was noted about a database: a dict, empty when it is not one of ours."""
    rows = _execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s",
        values=(name,),
    )
    try:
        content = json.loads(rows[0][0])
    except (IndexError, TypeError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def installed(name):
    """Modules installed in a database."""
    rows = query(name, "SELECT name FROM ir_module_module WHERE state = 'installed'")
    return {module for (module,) in rows}

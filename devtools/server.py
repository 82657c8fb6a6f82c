"""./dev run: database, addons and demo data brought up to date, then the server."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import database, locks, odoo, paths, source
from .ui import Problem, Progress, say, tail

LOGINS = ("admin", "manager", "officer", "field", "legal", "auditor")
STATE = paths.STATE / "server.json"
LOCK = "server"
START_LIMIT = 180


def run(port, fresh=False, demo=True):
    """Serve until Ctrl-C; returns the exit code."""
    handle = locks.try_lock(LOCK)
    if handle is None:
        return _already_running(fresh)
    try:
        _check_port(port)
        prepare(fresh=fresh, demo=demo)
        return _serve(port, handle)
    finally:
        STATE.unlink(missing_ok=True)
        os.close(handle)


def _already_running(fresh):
    state = _state()
    if fresh or not state:
        raise Problem("another ./dev run is working here: ./dev stop ends it")
    say(f"Already running at {_address(state['port'])} (./dev stop ends it)")
    return 0


def _state():
    try:
        return json.loads(STATE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _address(port):
    return f"http://localhost:{port}"


def _check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise Problem(f"port {port} is in use or not allowed: --port") from None


def prepare(fresh=False, demo=True):
    """The database of ./dev run, with the addons as they are on disk."""
    name = paths.RUN_DB
    known = database.noted(name)
    owner = known.get("checkout", paths.PREFIX if known else None)
    if database.exists(name) and owner != paths.PREFIX:
        raise Problem(f"database {name} is not made by this ./dev: drop or rename it")
    wanted = {
        "checkout": paths.PREFIX,
        "odoo": source.key(source.ensure()),
        "addons": paths.addon_hashes(),
        "demo": demo,
    }
    if known and not fresh:
        _update(name, known, {**wanted, "demo": known["demo"]})
    else:
        database.drop(name)
        _create(name, wanted)


def _create(name, wanted):
    temporary = f"{paths.PREFIX}run_tmp"
    database.drop(temporary)
    modules = sorted({*paths.outside_dependencies(), *wanted["addons"]})
    label = "Installing Odoo and the addons" + (" with demo data" * wanted["demo"])
    odoo.setup(temporary, install=modules, demo=wanted["demo"], label=label)
    odoo.forget(temporary)
    database.note(temporary, wanted)
    database.rename(temporary, name)


def _update(name, known, wanted):
    """Install what is new and update what changed; nothing when nothing did."""
    if known == wanted:
        return
    before, after = known["addons"], wanted["addons"]
    changed = sorted(a for a in after if a in before and after[a] != before[a])
    if known["odoo"] != wanted["odoo"]:
        changed = ["base"]
    new = sorted(set(after) - set(before))
    if new or changed:
        odoo.setup(
            name,
            install=new,
            update=changed,
            demo=wanted["demo"],
            label=f"Updating {', '.join(new + changed)}",
        )
    database.note(name, wanted)


def _serve(port, handle):
    log = paths.LOG / "odoo.log"
    config = odoo.conf(
        paths.RUN_DB,
        http_port=port,
        logfile=log,
        max_cron_threads=1,
    )
    log.unlink(missing_ok=True)
    # The lock goes along: ./dev stop finds the server even when we are gone.
    process = subprocess.Popen(
        odoo.command(dbname=paths.RUN_DB, config=config),
        env=odoo.environment(),
        stdin=subprocess.DEVNULL,
        stderr=open(paths.LOG / "odoo.err", "w"),  # noqa: SIM115  the server's, not ours
        start_new_session=True,
        pass_fds=(handle,),
    )
    STATE.write_text(json.dumps({"pid": process.pid, "port": port}), encoding="utf-8")
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: (stopping.append(1), process.terminate()))
    if _wait_ready(process, port, log, stopping):
        _announce(port, log)
    code = process.wait()
    say("Stopped.")
    return 0 if stopping or code == -signal.SIGTERM else code


def _wait_ready(process, port, log, stopping):
    with Progress("Starting the server"):
        limit = time.monotonic() + START_LIMIT
        while not _answers(port):
            if stopping:
                return False
            if process.poll() is not None or time.monotonic() > limit:
                process.terminate()
                raise Problem(f"the server does not start, see {log}\n{_last(log)}")
            time.sleep(0.3)
    return True


def _last(log):
    return tail(log) if log.exists() else tail(paths.LOG / "odoo.err")


def _answers(port):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{_address(port)}/web/login", timeout=60) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _announce(port, log):
    users = "SELECT login FROM res_users WHERE active AND login = ANY(%s)"
    found = {login for (login,) in database.query(paths.RUN_DB, users, (list(LOGINS),))}
    logins = [login for login in LOGINS if login in found]
    say()
    say(f"  Odoo 19 with Debt Recovery:  {_address(port)}")
    say(f"  Logins (password = login):   {', '.join(logins)}")
    say(f"  Log:                         {log}")
    say("  Ctrl-C stops the server.")
    say()


def stop():
    """End this checkout's server; returns whether there was one."""
    state = _state()
    if not (state and locks.is_held(LOCK)):
        return False
    try:
        os.kill(state["pid"], signal.SIGTERM)
    except ProcessLookupError:
        return False
    limit = time.monotonic() + 20
    while locks.is_held(LOCK):
        if time.monotonic() > limit:
            os.kill(state["pid"], signal.SIGKILL)
        time.sleep(0.2)
    return True

"""./dev lint: the chain of tools, every finding of all of them before the verdict."""

import subprocess
import time

from . import locks, paths, purity, venv
from .system import output
from .ui import say

MAX_LINES = 300
PLAIN = ("devtools", "tests", "benchmarks")


def run():
    """Run everything; returns how many checks found something."""
    say("Lint")
    with locks.lock("setup", "setting the environment up"):
        venv.ensure(venv.LINT)
    return sum(not _passes(name, check) for name, check in _checks())


def _checks():
    """Names and functions; each returns its findings as text, empty when clean."""
    addons = paths.addons()
    folders = [path for path in map(paths.ROOT.joinpath, PLAIN) if path.is_dir()]
    ruff = ("--output-format=concise", "--no-cache", *addons, *folders)
    yield "ruff check", lambda: _tool("ruff", "check", *ruff)
    yield "ruff format", lambda: _tool("ruff", "format", "--check", *ruff)
    for addon in addons:
        yield from _addon_checks(addon)
    yield "300 lines", _long_files


def _addon_checks(addon):
    rc = f"--rcfile={paths.ROOT / '.pylintrc'}"
    yield f"pylint-odoo {addon.name}", lambda: _tool("pylint", rc, addon)
    yield f"oca-checks {addon.name}", lambda: _tool("oca-checks-odoo-module", addon)
    po_files = sorted(addon.glob("i18n/*.po"))
    if po_files:
        words = ("--disable=po-pretty-format", *po_files)
        yield f"oca-checks-po {addon.name}", lambda: _tool("oca-checks-po", *words)
    if (addon / "tools").is_dir():
        yield f"purity {addon.name}", lambda: "\n".join(purity.check(addon))


def _passes(name, check):
    start = time.monotonic()
    findings = check().strip()
    word = "FAILED" if findings else "ok"
    say(f"  {name:<36} {word:<6} {time.monotonic() - start:5.1f} s")
    if findings:
        say("\n".join(f"    {line}" for line in findings.splitlines()))
    return not findings


def _tool(name, *words):
    """What a tool says when it finds something (or fails), else an empty text."""
    command = [venv.LINT / "bin" / name, *words]
    done = subprocess.run(
        command,
        cwd=paths.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return "" if done.returncode == 0 else done.stdout or f"exit code {done.returncode}"


def python_files():
    """Every Python file of the project, committed or about to be."""
    git = ["git", "-C", paths.ROOT, "ls-files", "-co", "--exclude-standard", "*.py"]
    listed = output(git)
    if listed:
        found = [paths.ROOT / line for line in listed.splitlines()]
    else:  # an unpacked archive, or a machine without git
        found = [p for p in paths.ROOT.rglob("*.py") if not p.is_relative_to(paths.DEV)]
    return sorted({path for path in found if path.is_file()})


def _long_files():
    counted = [(path, len(path.read_bytes().splitlines())) for path in python_files()]
    return "\n".join(
        f"{path.relative_to(paths.ROOT)}: {lines} lines, at most {MAX_LINES}"
        for path, lines in counted
        if lines > MAX_LINES
    )

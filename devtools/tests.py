"""./dev test: pure tests, lint, core's linter and pytest on a database of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, fields
from pathlib import Path

from . import counting, env, lint, odoo, paths, system, venv
from .ui import run_logged, say, tail

#: Core's linter, as far as it says something about an addon of ours.
CORE_LINT = (
    "ManifestLinter",
    "TestLintOverrideSignatures",
    "TestNaming",
    "TestIndex",
    "RoutesLinter",
    "TestTestHoles",
)
_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
_STAMPED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,")
LOGS_KEPT = 10


@dataclass
class Counts:
    """Test counts of several runs; ``broken`` are runs that failed without a count."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: int = 0

    def __add__(self, other):
        return Counts(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        )

    @property
    def ok(self):
        return not (self.failed or self.broken)

    def __str__(self):
        failed = self.failed + self.broken
        return f"{self.passed} passed, {failed} failed, {self.skipped} skipped"


def main(args, quick=False):
    """The whole suite, or what the pytest arguments select; returns the exit code."""
    if not quick:
        system.need_browser()
    pure, ours, options = _split(args)
    total = Counts()
    if not args:
        total += Counts(broken=lint.run())
    if pure:
        total += _pure(pure, options)
    if ours:
        with env.scratch_db("test") as dbname:
            total += _on_database(dbname, ours, options, quick)
            if not args and not quick:
                total += core_lint(dbname)
    say(f"\ntests: {total}" if total.ok else f"\nFAILED\ntests: {total}")
    return 0 if total.ok else 1


def _split(args):
    """Paths of pure tests, paths of addon tests and pytest's own options."""
    pure, ours, options = [], [], []
    for word in args:
        path = Path(word.split("::")[0]).resolve()
        if word.startswith("-") or not path.exists():
            options.append(word)
        elif path.is_relative_to(paths.ROOT / "tests"):
            pure.append(word)
        else:
            ours.append(word)
    if not (pure or ours):
        pure = [
            str(path) for path in [paths.ROOT / "tests"] if any(path.glob("test_*.py"))
        ]
        ours = [str(addon) for addon in paths.addons()]
    return pure, ours, options


def _pure(words, options):
    say("\nPure tests")
    return _pytest(["-p", "no:odoo", *words, *options], os.environ, "pure")


def _on_database(dbname, words, options, quick):
    """pytest-odoo on a database; HttpCase is skipped silently without --odoo-http."""
    log = _new_log()
    say(f"\nTests on a database (Odoo's log: {log})")
    config = odoo.conf(dbname, logfile=log)
    ours = [f"--odoo-config={config}", "--odoo-log-level=info"]
    browser = [] if quick else ["--odoo-http"]
    return _pytest([*ours, *browser, *words, *options], odoo.environment(), dbname)


def _new_log():
    """A log for this run; the oldest ones go."""
    for old in sorted(paths.LOG.glob("test-*.log"))[: -LOGS_KEPT + 1]:
        old.unlink(missing_ok=True)
    return paths.LOG / f"test-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"


def _pytest(words, environment, name):
    report = paths.STATE / f"{name}-{os.getpid()}.json"
    config = ["-c", paths.ROOT / "pyproject.toml", "--rootdir", paths.ROOT]
    plugin = ["-p", counting.__name__]
    run = [venv.python(), "-m", "pytest", *config, *plugin, *words]
    ours = {counting.FILE: str(report), "PYTHONPATH": str(paths.ROOT)}
    code = _wait(subprocess.Popen(run, env={**environment, **ours}))
    try:
        return _counts(report, code)
    finally:
        report.unlink(missing_ok=True)


def _wait(process):
    """Let an interrupted pytest finish its own tidying before we drop its database."""

    def pass_on(number, _frame):
        # A terminal sends Ctrl-C to the child as well; anything else reaches only us.
        if number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(signal.SIGINT)
        interrupted.append(number)

    interrupted = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    former = {number: signal.signal(number, pass_on) for number in numbers}
    try:
        code = process.wait()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    if interrupted:
        raise SystemExit(128 + interrupted[0])
    return code


def _counts(report, code):
    """Counts of a run; one that ends badly without a failed test counts as broken."""
    try:
        counts = Counts(**json.loads(report.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return Counts(broken=1)
    return counts + Counts(broken=int(code != 0 and not counts.failed))


def core_lint(dbname):
    """Odoo's module test_lint: the one tool that sees our overrides' parents."""
    log = paths.LOG / "core-lint.log"
    log.unlink(missing_ok=True)
    tags = ",".join(f"/test_lint:{name}" for name in CORE_LINT)
    words = ("-i", "test_lint", "--test-tags", tags, "--stop-after-init")
    config = odoo.conf(dbname, http_port=odoo.free_port())
    run = odoo.command(*words, dbname=dbname, config=config)
    code = run_logged(run, "Odoo's own lint", log, env=odoo.environment())
    found = _RESULT.search(log.read_text(encoding="utf-8", errors="replace"))
    failed, errors, number = map(int, found.groups()) if found else (0, 1, 0)
    if code or failed or errors or not number:
        say("\n".join(_failures(log) or [tail(log)]))
        say(f"See {log}")
        return Counts(failed=max(failed + errors, 1))
    return Counts(passed=number)


def _failures(log):
    """What a failing test of Odoo's runner says, without its way there."""
    said, failing = [], False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if _STAMPED.match(line):
            failing = "FAIL: " in line or "ERROR: " in line
            line = line.split(": ", 1)[-1]
        if failing and not line.startswith((" ", "Traceback")):
            said.append(line)
    return said

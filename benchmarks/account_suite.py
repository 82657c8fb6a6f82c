"""./dev account-suite: Odoo's own tests of ``account`` with and without the addons.

Some fail on this kind of machine without us; none may be added. Each test class is a
shard of its own and its result is kept, so an interrupted run goes on where it stopped.
"""

import argparse
import ast
import json
import re
import time

from devtools import env as environments
from devtools import odoo, paths, source
from devtools.ui import run_logged, say

_FAILED = re.compile(r"(?:FAIL|ERROR): (?:(\w+\.\w+)|setUpClass \(.*\.(\w+)\))")
_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
SIDES = ("without", "with")


def main(argv):
    """0 when no failure is added, 1 otherwise."""
    options = _parser().parse_args(argv)
    classes = _classes(options.names)
    if not classes:
        say("No test class fits; names are parts of a file's or a class's name.")
        return 2
    store = _Store(forget=options.fresh)
    for side in SIDES:
        _run_side(side, classes, store, options.shard)
    return _compare(classes, store)


def _parser():
    parser = argparse.ArgumentParser(prog="./dev account-suite", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="parts of test files or classes, e.g. move_reconcile; default: all",
    )
    parser.add_argument("--shard", type=int, default=8, help="classes in one process")
    parser.add_argument("--fresh", action="store_true", help="forget former results")
    return parser


def _classes(names):
    """Test classes of the module, by the names of files and classes."""
    folder = source.ensure() / "odoo" / "addons" / "account" / "tests"
    found = set()
    for path in sorted(folder.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or not _has_tests(node):
                continue
            if not names or any(n in path.stem or n in node.name for n in names):
                found.add(node.name)
    return sorted(found)


def _has_tests(node):
    return any(
        isinstance(item, ast.FunctionDef) and item.name.startswith("test_")
        for item in node.body
    )


class _Store:
    """Results by side and class. Those with the addons are of one state of their code;
    those without outlast it."""

    def __init__(self, forget):
        codes = {
            "without": source.key(source.ensure()),
            "with": paths.digest(sorted(paths.addon_hashes().items())),
        }
        self._paths = {
            side: paths.STATE / f"account-suite-{side}-{code}.json"
            for side, code in codes.items()
        }
        self.results = {side: {} for side in SIDES}
        for side, path in self._paths.items():
            if forget:
                path.unlink(missing_ok=True)
            if path.exists():
                self.results[side] = json.loads(path.read_text(encoding="utf-8"))

    def keep(self, side, classes, failed, number):
        for name in classes:
            mine = sorted(test for test in failed if test.startswith(f"{name}."))
            self.results[side][name] = {"failed": mine, "of": number}
        text = json.dumps(self.results[side], indent=1)
        self._paths[side].write_text(text, encoding="utf-8")


def _run_side(side, classes, store, size):
    todo = [name for name in classes if name not in store.results[side]]
    if not todo:
        return
    modules = [] if side == "without" else None
    with environments.scratch_db("suite", modules=modules) as dbname:
        for start in range(0, len(todo), size):
            shard = todo[start : start + size]
            failed, number = _run_shard(dbname, side, shard)
            store.keep(side, shard, failed, number)


def _run_shard(dbname, side, classes):
    """Names of the failed tests, and how many tests ran."""
    log = paths.LOG / f"account-suite-{side}-{time.strftime('%H%M%S')}.log"
    tags = ",".join(f"/account:{name}" for name in classes)
    words = ("--test-tags", tags, "--stop-after-init", "--http-port", "18469")
    run = odoo.command(*words, dbname=dbname)
    run_logged(run, f"{side}: {', '.join(classes)}", log, env=odoo.environment())
    text = log.read_text(encoding="utf-8", errors="replace")
    found = _RESULT.search(text)
    failed = {test or f"{name}.setUpClass" for test, name in _FAILED.findall(text)}
    return failed, int(found[3]) if found else 0


def _compare(classes, store):
    """The failures of both sides and what the addons add or mend."""
    failed = {
        side: {t for name in classes for t in store.results[side][name]["failed"]}
        for side in SIDES
    }
    added = sorted(failed["with"] - failed["without"])
    gone = sorted(failed["without"] - failed["with"])
    say(f"\n{len(classes)} test classes of account")
    for side in SIDES:
        say(f"  {side + ' the addons':<20} {len(failed[side]):4} failures")
    for label, names in (("added", added), ("gone", gone)):
        say(f"  {label:<20} {len(names):4}")
        for name in names:
            say(f"    {name}")
    return int(bool(added))

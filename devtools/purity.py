"""The purity rule: ``tools/`` of an addon is plain Python that never asks the time.

Decisions live there so that they can be tested without a database and replayed for any
day; an import of Odoo or a look at the clock would end both.
"""

import ast
import sys

ALLOWED = {*sys.stdlib_module_names, "dateutil"}
#: Calls by the last two names of what is called.
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def check_file(path, depth=0):
    """Findings in one file as texts ``path:line: what``; ``depth`` is the number of
    packages between the file and ``tools/``."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    findings = sorted(_findings(tree, depth))
    return [f"{path}:{line}: {what}" for line, what in findings]


def check(addon):
    """Findings in all of an addon's ``tools/``."""
    tools = addon / "tools"
    files = sorted(tools.rglob("*.py"))
    return [
        finding
        for path in files
        for finding in check_file(path, len(path.relative_to(tools).parts) - 1)
    ]


def _findings(tree, depth):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _import(node, alias.name)
        elif isinstance(node, ast.ImportFrom):
            yield from _import_from(node, depth)
        elif isinstance(node, ast.Attribute):
            yield from _attribute(node)


def _import(node, name):
    if name.split(".")[0] not in ALLOWED:
        yield node.lineno, f"imports {name}: only the standard library and dateutil"


def _import_from(node, depth):
    if node.level > depth + 1:
        yield node.lineno, "imports from outside tools/"
    elif not node.level:
        yield from _import(node, node.module)
        for alias in node.names:
            if (node.module, alias.name) in CLOCKS:
                yield node.lineno, f"reads the clock: {node.module}.{alias.name}"


def _attribute(node):
    owner = node.value
    name = getattr(owner, "attr", None) or getattr(owner, "id", None)
    if (name, node.attr) in CLOCKS:
        yield node.lineno, f"reads the clock: {name}.{node.attr}"

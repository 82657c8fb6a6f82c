"""Finds Odoo 19: ODOO_SRC, the copy in .dev, the Debian package or a shallow clone."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import paths
from .system import need_command, os_release, output
from .ui import Problem, Progress, run_logged, say

VERSION = (19, 0)
PACKAGE = "odoo-19"
#: Debian's package links to their files: without jquery the login page fails.
HELPERS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
REPOSITORY = "https://github.com/odoo/odoo.git"
LOCAL = paths.DEV / "odoo-src"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
#: Not free, hence not in the Debian package; browser tests stop when it is missing.
MISSING = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def ensure():
    """The folder that contains the ``odoo`` package of version 19."""
    if os.environ.get("ODOO_SRC"):
        return _given(Path(os.environ["ODOO_SRC"]).expanduser().resolve())
    found = _package_parent(LOCAL)
    if not found:
        say("Fetching Odoo 19 (once)")
        if not (_from_debian() or _from_git()):
            raise Problem(
                "cannot fetch Odoo here: set ODOO_SRC to a checkout of its branch 19.0"
            )
        found = _package_parent(LOCAL)
    return found


def key(source):
    """Changes when the Odoo code does; databases of another key are not reused."""
    release = (source / "odoo" / "release.py").read_text(encoding="utf-8")
    head = output(["git", "-C", str(source), "rev-parse", "HEAD"])
    if source.is_relative_to(paths.ROOT):  # else git would answer for our repository
        head = ""
    eggs = sorted(path.name for path in source.glob("odoo-*.egg-info"))
    return paths.digest(source, release, head, *eggs)


def _package_parent(folder):
    for parent in (folder, folder / "usr/lib/python3/dist-packages"):
        if (parent / "odoo" / "release.py").is_file():
            return parent
    return None


def _given(folder):
    if folder.name == "odoo" and (folder / "release.py").is_file():
        folder = folder.parent
    found = _package_parent(folder)
    if not found:
        raise Problem(f"ODOO_SRC={folder} contains no odoo/release.py")
    text = (found / "odoo" / "release.py").read_text(encoding="utf-8")
    match = re.search(r"^version_info = \((\d+), (\d+)", text, re.M)
    if not match or tuple(map(int, match.groups())) != VERSION:
        raise Problem(f"ODOO_SRC={folder} is not Odoo 19.0")
    return found


def _fresh(name):
    """An empty folder to work in; the result moves into place when it is complete."""
    folder = paths.DEV / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _debian_mirror():
    """The mirror this machine already uses; asked without root or lists."""
    system = os_release()
    if system.get("ID") != "debian" or not shutil.which("apt-get"):
        return None
    uris = output(["apt-get", "--print-uris", "update"])
    release = re.escape(system.get("VERSION_CODENAME", "sid"))
    match = re.search(rf"'([^']+?)/+dists/{release}/(?:In)?Release'", uris)
    return match and match.group(1)


def _apt_options(work, mirror):
    """Options that keep apt's lists, cache and sources in a folder of ours."""
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    (work / "sources.list").write_text(f"deb {signed}{mirror} sid main\n")
    (work / "status").touch()
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    settings = {
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State": work,
        "Dir::State::status": work / "status",
        "Dir::Cache": work,
        "APT::Sandbox::User": "",
        # A frozen mirror will do; its signature is checked all the same.
        "Acquire::Check-Valid-Until": "false",
    }
    return [word for k, v in settings.items() for word in ("-o", f"{k}={v}")]


def _from_debian():
    """Download and unpack Debian's package; nothing is installed, no root is needed."""
    mirror = _debian_mirror()
    if not (mirror and shutil.which("dpkg-deb")):
        return False
    work = _fresh("apt.tmp")
    log = paths.LOG / "odoo-src.log"
    apt = ["apt-get", *_apt_options(work, mirror)]
    steps = (
        ([*apt, "update"], "  Reading Debian's package list"),
        ([*apt, "download", PACKAGE, *HELPERS], "  Downloading Odoo 19 (133 MB)"),
    )
    for command, label in steps:
        if run_logged(command, label, log, note=_got, cwd=work) != 0:
            say(f"  Debian's package cannot be had here, see {log}")
            return False
    _unpack(sorted(work.glob("*.deb")))
    shutil.rmtree(work)
    return True


def _got(line):
    return line.split()[-3] if line.startswith("Get:") else None


def _unpack(packages):
    root = _fresh("odoo-src.tmp")
    with Progress("  Unpacking Odoo 19") as progress:
        for package in packages:
            progress.note = package.name
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    empty = root / "usr/lib/python3/dist-packages" / MISSING
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.touch()
    shutil.rmtree(LOCAL, ignore_errors=True)
    root.rename(LOCAL)


def _from_git():
    need_command("git", "git")
    work = _fresh("odoo-src.tmp")
    clone = ["git", "clone", "--depth", "1", "--branch", "19.0", REPOSITORY, str(work)]
    log = paths.LOG / "odoo-src.log"
    if run_logged(clone, "  Cloning Odoo 19.0 (about 400 MB)", log) != 0:
        return False
    shutil.rmtree(LOCAL, ignore_errors=True)
    work.rename(LOCAL)
    return True


def addons_path(source):
    """Odoo's own addon folders that are not found without being named, and ours."""
    beside = [source / "addons"] if (source / "addons" / "web").is_dir() else []
    ours = [paths.ROOT] if paths.addons() else []
    return ",".join(map(str, beside + ours))

"""Packages of the system: installed as root with apt, else named in one line."""

import os
import shutil
import subprocess

from . import paths
from .ui import Problem, run_logged, say

BROWSERS = ("google-chrome", "chromium", "chromium-browser")


def is_root():
    return os.geteuid() == 0


def command_for(packages):
    return f"sudo apt-get install {' '.join(packages)}"


def apt_install(packages, why):
    """Install packages when we may; returns whether that worked."""
    if not (is_root() and shutil.which("apt-get")):
        return False
    say(f"Installing {', '.join(packages)} with apt-get ({why})")
    log = paths.LOG / "apt.log"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for refresh in (False, True):
        if refresh:
            update = ["apt-get", "update"]
            run_logged(update, "  Refreshing the package lists", log, env=env)
        if run_logged(install, f"  {' '.join(packages)}", log, env=env) == 0:
            return True
    return False


def want_pdf():
    """wkhtmltopdf prints letters; all else works without it, so ask only once."""
    packages = ["wkhtmltopdf", "fonts-dejavu-core", "fonts-liberation"]
    asked = paths.STATE / "asked-wkhtmltopdf"
    if asked.exists() or shutil.which("wkhtmltopdf"):
        return
    if not apt_install(packages, "PDF letters"):
        say(f"Without wkhtmltopdf no PDF is printed: {command_for(packages)}")
    asked.touch()


def need_browser():
    """Browser tests need a Chromium; Odoo looks for it under these names."""
    if any(map(shutil.which, BROWSERS)) or apt_install(["chromium"], "browser tests"):
        return
    raise Problem(
        "browser tests need Chromium: sudo apt-get install chromium "
        "(or leave them out: ./dev test --quick)"
    )


def need_command(name, package):
    """A command that must be there, or is asked for in one line."""
    if not (shutil.which(name) or apt_install([package], name)):
        raise Problem(f"needs {name}: {command_for([package])}")


def os_release():
    """What the machine says about its distribution (empty when it says nothing)."""
    try:
        with open("/etc/os-release", encoding="utf-8") as lines:
            pairs = [line.strip().split("=", 1) for line in lines if "=" in line]
    except OSError:
        return {}
    return {key: value.strip('"') for key, value in pairs}


def output(command):
    """What a command prints, or an empty text when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout

"""Locks between parallel ./dev commands: an open file each, so none outlives us."""

import fcntl
import os
from contextlib import contextmanager

from . import paths
from .ui import say


def _open(name):
    paths.LOCKS.mkdir(parents=True, exist_ok=True)
    return os.open(paths.LOCKS / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)


def try_lock(name):
    """The open file of a lock, or None when another process holds it."""
    handle = _open(name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


@contextmanager
def lock(name, doing):
    """Hold a lock while working; say so when another ./dev has it."""
    handle = try_lock(name)
    if handle is None:
        say(f"Waiting for another ./dev that is {doing} ...")
        handle = _open(name)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield handle
    finally:
        os.close(handle)


def is_held(name):
    """Whether a living process holds the lock."""
    handle = try_lock(name)
    if handle is not None:
        os.close(handle)
    return handle is None


def forget(name):
    """Remove the file of a lock nobody needs any more."""
    (paths.LOCKS / f"{name}.lock").unlink(missing_ok=True)

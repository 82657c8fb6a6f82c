"""Prepared databases to clone: Odoo's modules first, then the addons on top.

The key of a template names all it was made of, so a template is never updated: another
key is another template, and the ones out of use are dropped.
"""

import time

from . import database, odoo, paths, source
from .locks import lock

KEPT = 3


def _key_of_base():
    modules = paths.outside_dependencies()
    return paths.digest(source.key(source.ensure()), *modules), modules


def base():
    """Template with the modules the addons depend on, without demo data."""
    key, modules = _key_of_base()
    name = f"{paths.PREFIX}base_{key}"
    if not database.exists(name):
        _build(name, modules, "Preparing a database with Odoo's modules (once)")
    return name


def addon():
    """Template with the addons installed, without demo data."""
    key = paths.digest(_key_of_base()[0], sorted(paths.addon_hashes().items()))
    name = f"{paths.PREFIX}addon_{key}"
    if not database.exists(name):
        label = f"Installing {', '.join(paths.addon_names())} in a template"
        _build(name, paths.addon_names(), label, template=base())
    return name


def _build(name, modules, label, template=None):
    """Build under another name: half a build is never taken for a template."""
    temporary = f"{name}_tmp"
    database.drop(temporary)
    try:
        if template:  # else Odoo creates it, with the extensions it likes
            database.clone(template, temporary)
        odoo.setup(temporary, install=modules, label=label)
        database.note(temporary, {"made": time.time()})
        database.rename(temporary, name)
    except BaseException:
        database.drop(temporary)
        raise
    finally:
        odoo.forget(temporary)
    database.freeze(name)


def clone(name, with_addons=True):
    """A fresh database from the template of the present code."""
    with lock("templates", "preparing a database"):
        template = addon() if with_addons else base()
        database.clone(template, name)
        _collect(keep=template)


def _collect(keep):
    """Drop old templates and half ones; under the lock, so nobody else is at them."""
    for kind, number in (("base", 1), ("addon", KEPT)):
        found = database.names(f"{paths.PREFIX}{kind}_")
        half = [name for name in found if name.endswith("_tmp")]
        old = [name for name in found if name not in half and name != keep]
        old.sort(key=lambda name: database.noted(name).get("made", 0), reverse=True)
        for name in half + old[number:]:
            database.drop(name)

"""The code behind ./dev: starts, tests and lints the addons on a real Odoo.

Everything it downloads, builds and runs lives in the ignored folder ``.dev``.
"""

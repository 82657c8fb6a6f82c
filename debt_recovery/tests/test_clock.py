import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

LAYERS = ("models", "wizard", "report", "controllers")
#: Looks at the calendar that belong to the server or to the user, not to the company.
CLOCKS = {
    ("date", "today"),
    ("Date", "today"),
    ("Date", "context_today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("Datetime", "today"),
}


@tagged("post_install", "-at_install", "debt_recovery")
class TestClock(BaseCase):
    """“Today” is the company's: two users see one day, and tests and replays live on
    theirs. ``company._recovery_today()`` is the only door; the moment at which
    something happened is ``fields.Datetime.now()``."""

    def test_nobody_looks_at_another_calendar(self):
        addon = Path(__file__).parents[1]
        found = [
            f"{path.relative_to(addon.parent)}:{line}"
            for folder in sorted(addon.parent.glob("debt_recovery*"))
            for layer in LAYERS
            for path in sorted((folder / layer).glob("*.py"))
            for line in self._looks(ast.parse(path.read_text(encoding="utf-8")))
        ]
        self.assertEqual(found, [], "Ask company._recovery_today() instead.")

    def test_the_rule_sees_what_it_forbids(self):
        for text in ("fields.Date.today()", "date.today()", "x = datetime.now"):
            self.assertEqual(self._looks(ast.parse(text)), [1], text)
        self.assertEqual(self._looks(ast.parse("fields.Datetime.now()")), [])

    def _looks(self, tree):
        return [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and (self._name(node.value), node.attr) in CLOCKS
        ]

    def _name(self, node):
        return getattr(node, "attr", getattr(node, "id", ""))

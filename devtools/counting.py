"""A pytest plugin: leaves the counts of a run, as its last line says them, in a file.

``./dev test`` adds up several runs; reading them off the screen would be guesswork.
"""

import json
import os
from pathlib import Path

FILE = "DEV_TEST_COUNTS"
KINDS = {
    "passed": ("passed", "xfailed"),
    "failed": ("failed", "error", "subtests failed", "xpassed"),
    "skipped": ("skipped",),
}


def pytest_terminal_summary(terminalreporter):
    """Write how many tests ended how."""
    stats = terminalreporter.stats
    counts = {
        name: sum(len(stats.get(kind, ())) for kind in kinds)
        for name, kinds in KINDS.items()
    }
    Path(os.environ[FILE]).write_text(json.dumps(counts), encoding="utf-8")

"""Short hand for tests of the contact rules: days of 2026 at the debtor's."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.addons.debt_recovery.tools.contact_rules import Contact, Rule

EAST = ZoneInfo("America/New_York")
PACIFIC = ZoneInfo("America/Los_Angeles")
BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = 24 * 60


def at(month, day, hour=10, minute=0, zone=EAST):
    """A moment of 2026 at the debtor's."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def call(month, day, result="no_answer", hour=10, **kw):
    """A call of 2026 in the log."""
    return Contact(at(month, day, hour), "phone", result, **kw)


def clock(start=8, end=21, days=range(7)):
    """Opening hours on those weekdays; closed on the others."""
    span = (int(start * 60), int(end * 60))
    return tuple(span if day in days else None for day in range(7))


CALLS = frozenset({"phone"})
REG_F_CAP = Rule(
    "us_cap", "attempt_cap", channels=CALLS, limit=7, days=7, citation="1006.14(b)(2)"
)
REG_F_PAUSE = Rule("us_pause", "cooloff", channels=CALLS, days=7)
REG_F_HOURS = Rule("us_hours", "contact_window", hours=clock())
FLORIDA_HOURS = Rule(
    "fl_hours",
    "contact_window",
    hours=clock(),
    channels=frozenset({"phone", "sms"}),
)

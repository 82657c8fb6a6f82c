"""Rules about contacting a debtor, as plain values and one verdict.

``judge`` asks every rule about one moment. The strictest wins: windows intersect, the
smallest cap and the longest wait count, any block wins. Each rule answers with the
moment from which it has nothing to say any more; the verdict's ``until`` is the first
moment at which none of them objects.

Moments are aware datetimes; "calendar days" are days of the debtor's first time zone.
"""

from .facts import (
    BUSINESS,
    Attempt,
    Blackout,
    Consent,
    Contact,
    Debtor,
    Flag,
    Notice,
    OptOut,
    Permission,
    Rule,
    minutes,
)
from .judge import CHECKS, judge, objections

__all__ = [
    "BUSINESS",
    "CHECKS",
    "Attempt",
    "Blackout",
    "Consent",
    "Contact",
    "Debtor",
    "Flag",
    "Notice",
    "OptOut",
    "Permission",
    "Rule",
    "judge",
    "minutes",
    "objections",
]

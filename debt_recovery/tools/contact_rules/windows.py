"""Hours: those the rules leave open and those the debtor asked to be left alone in.

A contact must be allowed in every time zone the debtor may be in.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from ..results import reason
from .facts import Attempt, Debtor, Rule, at_minute
from .objection import Objection

DAY = 24 * 60
#: So far ahead an open hour is looked for.
HORIZON_DAYS = 400


def contact_window(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Closed in one zone is closed; free again when the last of them opens."""
    opens = [
        _opens(rule, debtor, attempt.moment, zone)
        for zone in debtor.zones
        if not _is_open(rule, debtor, attempt.moment.astimezone(zone))
    ]
    if not opens:
        return None
    until = None if None in opens else max(opens)
    return Objection(rule, reason("rule_window"), until)


def _is_open(rule: Rule, debtor: Debtor, local: datetime) -> bool:
    span = _span(rule, debtor, local.date())
    minute = local.hour * 60 + local.minute
    return span is not None and span[0] <= minute < span[1]


def _span(rule: Rule, debtor: Debtor, day: date):
    if not rule.open_on_holidays and day in debtor.holidays:
        return None
    return rule.hours[day.weekday()] if rule.hours else (0, DAY)


def _opens(rule: Rule, debtor: Debtor, moment: datetime, zone: tzinfo):
    """The next opening after ``moment`` in that zone."""
    local = moment.astimezone(zone)
    for ahead in range(HORIZON_DAYS):
        day = local.date() + timedelta(days=ahead)
        span = _span(rule, debtor, day)
        if span is None or span[0] >= span[1]:
            continue
        if ahead or local.hour * 60 + local.minute < span[0]:
            return _after(moment, day, span[0], zone)
    return None


def debtor_window(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """The debtor's own words outrank the clock of the law."""
    ends = [
        end
        for blackout in debtor.blackouts
        for zone in debtor.zones
        if (end := _blackout_end(blackout, attempt, zone))
    ]
    return Objection(rule, reason("rule_debtor_window"), max(ends)) if ends else None


def _blackout_end(blackout, attempt: Attempt, zone: tzinfo) -> datetime | None:
    """When the hour the debtor named is over; None if it is not now."""
    if blackout.channels and attempt.channel not in blackout.channels:
        return None
    local = attempt.moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if blackout.until and local.date() > blackout.until:
        return None
    if local.weekday() not in blackout.weekdays:
        return None
    if not blackout.start <= minute < blackout.end:
        return None
    return _after(attempt.moment, local.date(), blackout.end, zone)


def _after(moment: datetime, day: date, minute: int, zone: tzinfo) -> datetime:
    """That local minute, and always later than ``moment``: an hour the clock shows
    twice must not lead back."""
    found = at_minute(day, minute, zone)
    return max(found, moment.astimezone(UTC) + timedelta(minutes=1))

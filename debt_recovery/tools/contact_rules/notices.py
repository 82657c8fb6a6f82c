"""Notice, waiting period, next step: one mechanism for all of them."""

from datetime import date, timedelta

from ..calendars import WorkCalendar
from ..results import reason
from . import caps
from .facts import BUSINESS, Attempt, Debtor, Notice, Rule
from .objection import Objection


def first_free_day(rule: Rule, notice: Notice, calendar: WorkCalendar) -> date | None:
    """The first day on which the step that waits for this notice may be taken; None
    while nobody knows that it arrived."""
    begins = _begins(rule, notice, calendar)
    if begins is None:
        return None
    if rule.wait_unit == BUSINESS:
        days = rule.wait - 1 if rule.first_day_counts else rule.wait
        last = calendar.add_working_days(begins, days) if days else begins
        return last + timedelta(days=1)
    return begins + timedelta(days=rule.wait + (not rule.first_day_counts))


def _begins(rule: Rule, notice: Notice, calendar: WorkCalendar) -> date | None:
    """The day the period is counted from: sent, assumed to be received, received."""
    if rule.wait_from == "sent":
        return notice.sent
    if rule.wait_from == "delivered" or notice.delivered:
        return notice.delivered
    days = rule.assumed_electronic if notice.electronic else rule.assumed_post
    return calendar.add_working_days(notice.sent, days) if days else notice.sent


def notice_gate(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """A step that needs a notice first. The notice itself is never stopped by it."""
    if attempt.purpose == rule.notice:
        return None
    if rule.gates and not {attempt.step, attempt.channel} & rule.gates:
        return None
    today = debtor.day(attempt.moment)
    sent = [n for n in debtor.notices if n.code == rule.notice and n.sent <= today]
    if not sent:
        return Objection(rule, reason("rule_notice_missing", notice=rule.notice))
    days = [first_free_day(rule, notice, debtor.calendar) for notice in sent]
    known = [day for day in days if day]
    if not known:
        return Objection(rule, reason("rule_notice_open", since=sent[0].sent))
    free = min(known)
    if today >= free:
        return None
    ground = reason("rule_notice_wait", since=sent[0].sent, until=free)
    return Objection(rule, ground, debtor.midnight(free))


def visit_rule(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Visits: announced where a notice is named, and not too often."""
    if attempt.channel != "visit":
        return None
    found = [notice_gate(rule, log, debtor, attempt)] if rule.notice else []
    if rule.limit:
        found.append(caps.attempt_cap(rule, log, debtor, attempt))
    found = [item for item in found if item]
    if not found:
        return None
    endless = [item for item in found if item.until is None]
    return endless[0] if endless else max(found, key=lambda item: item.until)

"""How often: caps, gaps and the pause after a conversation."""

from datetime import datetime, timedelta

from ..results import reason
from .facts import Attempt, Contact, Debtor, Rule
from .objection import Objection


def attempt_cap(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """At most ``limit`` in ``days`` calendar days, the day of the contact being one of
    them: the n-th latest counted contact must have left the span."""
    if rule.consent_lifts and debtor.consented(attempt.moment, attempt.channel, log):
        return None
    worst = max(
        (
            _full_until(rule, rows, debtor, attempt)
            for rows in _scopes(rule, log, attempt)
        ),
        default=None,
        key=lambda day: day or debtor.day(attempt.moment),
    )
    if worst is None:
        return None
    until = _or_consent(debtor.midnight(worst), rule, debtor, attempt)
    ground = reason("rule_cap", limit=rule.limit, days=rule.days)
    return Objection(rule, ground, until)


def _full_until(rule: Rule, rows, debtor: Debtor, attempt: Attempt):
    """First day with room again; None if there is room today."""
    today = debtor.day(attempt.moment)
    days = sorted(
        (debtor.day(row.moment) for row in _counted(rule, rows, debtor)), reverse=True
    )
    if len(days) < rule.limit:
        return None
    free = days[rule.limit - 1] + timedelta(days=rule.days)
    return free if free > today else None


def _counted(rule: Rule, rows: list[Contact], debtor: Debtor):
    """Contacts that fill the cap; wanted ones do not."""
    first = min(
        (row.moment for row in rows if row.result == "conversation"), default=None
    )
    for row in rows:
        if not rule.concerns(row.channel) or not row.counts_as(rule.counter):
            continue
        if rule.after_conversation and (first is None or row.moment < first):
            continue
        if rule.consent_lifts and debtor.consented(row.moment, row.channel, rows):
            continue
        yield row


def _scopes(rule: Rule, log, attempt: Attempt) -> list[list[Contact]]:
    """The rows of the debtor, of the case, or of each debt to be spoken about."""
    rows = list(log)
    if rule.scope == "case":
        return [[row for row in rows if row.case == attempt.case]]
    if rule.scope == "debt" and attempt.debts:
        return [
            [row for row in rows if not row.debts or debt in row.debts]
            for debt in sorted(attempt.debts)
        ]
    return [rows]


def min_gap(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """So many minutes between two attempts."""
    last = max(
        (
            row.moment
            for row in log
            if rule.concerns(row.channel) and row.counts_as(rule.counter)
        ),
        default=None,
    )
    until = last and last + timedelta(minutes=rule.gap_minutes)
    if until is None or attempt.moment >= until:
        return None
    return Objection(rule, reason("rule_gap", minutes=rule.gap_minutes), until)


def cooloff(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Quiet after a conversation, whoever began it; its day is day 1."""
    talks = (
        row.moment
        for rows in _scopes(rule, log, attempt)
        for row in rows
        if row.result == "conversation" and rule.concerns(row.channel)
    )
    last = max(talks, default=None)
    if last is None or _is_lifted(rule, log, debtor, attempt, last):
        return None
    day = debtor.day(last) + timedelta(days=rule.days)
    if debtor.day(attempt.moment) >= day:
        return None
    until = _or_consent(debtor.midnight(day), rule, debtor, attempt)
    return Objection(
        rule, reason("rule_cooloff", days=rule.days, last=debtor.day(last)), until
    )


def _is_lifted(rule: Rule, log, debtor: Debtor, attempt: Attempt, last: datetime):
    broken = rule.broken_promise_lifts and debtor.broken_promise
    if broken and last < broken <= attempt.moment:
        return True
    return rule.consent_lifts and bool(
        debtor.consented(attempt.moment, attempt.channel, log)
    )


def _or_consent(until: datetime, rule: Rule, debtor: Debtor, attempt: Attempt):
    """A contact the debtor asked for, or a promise that ends before, comes first."""
    early = [consent.since for consent in debtor.consents if rule.consent_lifts]
    if rule.broken_promise_lifts and debtor.broken_promise:
        early.append(debtor.broken_promise)
    return min([until, *(moment for moment in early if moment > attempt.moment)])

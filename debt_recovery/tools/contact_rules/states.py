"""States of the debtor, choices of channels, people and papers."""

from datetime import timedelta

from ..results import reason
from .facts import Attempt, Debtor, Rule
from .objection import Objection

FLAGS = (
    "cease",
    "attorney",
    "insolvency",
    "moratorium",
    "deceased",
    "vulnerable",
    "fraud",
)


def flag(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """A state that silences: lawyer named, insolvency, moratorium … The people to
    speak with instead, and purposes the law leaves open, stay allowed."""
    today = debtor.day(attempt.moment)
    found = [
        item
        for item in debtor.flags
        if item.kind == rule.type
        and item.start <= today <= (item.end or today)
        and attempt.person not in item.instead
    ]
    if not found or (attempt.purpose and attempt.purpose in rule.exceptions):
        return None
    first = found[0]
    ground = reason(f"rule_{rule.type}", since=first.start, label=first.label)
    ends = [item.end for item in found]
    if None in ends:
        return Objection(rule, ground)
    return Objection(rule, ground, debtor.midnight(max(ends) + timedelta(days=1)))


def disputed(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """What is contested is not claimed."""
    if attempt.debts & debtor.disputed:
        return Objection(rule, reason("rule_disputed"))
    return None


def channel_optout(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """An address, or a channel, the debtor does not want to be reached by. Who writes
    from there again may get one answer, where the rule says so."""
    for item in debtor.optouts:
        same = item.channel == attempt.channel and item.since <= attempt.moment
        if not same or (item.address and item.address != attempt.address):
            continue
        if rule.one_reply and _may_reply(log, attempt, item.since):
            continue
        return Objection(
            rule,
            reason("rule_optout", since=debtor.day(item.since), address=item.address),
        )
    return None


def _may_reply(log, attempt: Attempt, since) -> bool:
    rows = [r for r in log if r.channel == attempt.channel and r.moment > since]
    last = max(rows, key=lambda row: row.moment, default=None)
    return last is not None and last.inbound


def channel_permission(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Only where the debtor agreed, and not too long ago."""
    today = debtor.day(attempt.moment)
    for item in debtor.permissions:
        fits = item.channel == attempt.channel
        fits = fits and (not item.address or item.address == attempt.address)
        age = (today - item.given).days
        if fits and age >= 0 and (not rule.max_age_days or age <= rule.max_age_days):
            return None
    return Objection(rule, reason("rule_permission", days=rule.max_age_days))


def third_party_disclosure(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Nobody but the debtor, and those who speak for the debtor, hears of the debt."""
    if attempt.third_party:
        return Objection(rule, reason("rule_third_party"))
    return None


def required_text(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Words the message must contain."""
    if attempt.text is None or rule.text in attempt.text:
        return None
    return Objection(rule, reason("rule_text", text=rule.text))


def licence_required(rule: Rule, log, debtor: Debtor, attempt: Attempt):
    """Who collects there needs a licence, and says its number."""
    if rule.licence in debtor.licences:
        return None
    return Objection(rule, reason("rule_licence"))

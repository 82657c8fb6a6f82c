"""One verdict from all the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ..results import Verdict
from . import caps, notices, states, windows
from .facts import Attempt, Contact, Debtor, Rule
from .objection import Check, Objection

#: Rule type → ``(rule, log, debtor, attempt) -> Objection | None``.
CHECKS: dict[str, Check] = {
    "contact_window": windows.contact_window,
    "debtor_window": windows.debtor_window,
    "attempt_cap": caps.attempt_cap,
    "min_gap": caps.min_gap,
    "cooloff": caps.cooloff,
    "channel_optout": states.channel_optout,
    "channel_permission": states.channel_permission,
    **dict.fromkeys(states.FLAGS, states.flag),
    "disputed": states.disputed,
    "third_party_disclosure": states.third_party_disclosure,
    "notice_gate": notices.notice_gate,
    "visit_rule": notices.visit_rule,
    "required_text": states.required_text,
    "licence_required": states.licence_required,
}
#: Looks ahead at most so often; who finds no moment by then is refused.
STEPS = 400


def judge(
    rules: Iterable[Rule],
    log: Iterable[Contact],
    debtor: Debtor,
    attempt: Attempt,
    override: bool = False,
) -> Verdict:
    """May this contact be made at its moment, and if not, from when on?

    :param log: past contacts; rows after the moment are not looked at
    :param override: somebody answers for leaving the soft rules aside
    """
    rules = tuple(rules)
    log = [row for row in log if row.moment <= attempt.moment]
    told = tuple(
        item.as_reason()
        for item in objections(rules, log, debtor, attempt)
        if not item.rule.blocks and item.rule.severity != "log"
    )
    hard = [rule for rule in rules if rule.blocks and not rule.overridable]
    soft = [rule for rule in rules if rule.blocks and rule.overridable]
    verdict = _look_ahead(hard if override else hard + soft, log, debtor, attempt)
    open_to_override = (
        verdict.status != "allowed"
        and bool(soft)
        and not objections(hard, log, debtor, attempt)
    )
    return replace(verdict, warnings=told, overridable=open_to_override)


def objections(
    rules: Iterable[Rule], log: Sequence[Contact], debtor: Debtor, attempt: Attempt
) -> list[Objection]:
    """What the rules in force at the moment have against it."""
    day = debtor.day(attempt.moment)
    found = (
        CHECKS[rule.type](rule, log, debtor, attempt)
        for rule in rules
        if rule.is_on(day) and rule.concerns(attempt.channel)
    )
    return [_while_in_force(item, debtor) for item in found if item]


def _while_in_force(item: Objection, debtor: Debtor) -> Objection:
    """A rule objects no longer than it is in force."""
    if not item.rule.date_to:
        return item
    over = debtor.midnight(item.rule.date_to + timedelta(days=1))
    return replace(item, until=min(item.until or over, over))


def _look_ahead(rules, log, debtor: Debtor, attempt: Attempt) -> Verdict:
    """Ask at the moment; then again at the latest ``until`` heard, and so on. No rule
    objects to nothing in between, so the first moment without a no is the earliest."""
    grounds: dict[str, Objection] = {}
    moment: datetime = attempt.moment
    for _step in range(STEPS):
        found = objections(rules, log, debtor, replace(attempt, moment=moment))
        for item in found:
            grounds.setdefault(item.rule.code, item)
        ends = [item.until for item in found]
        if not found or None in ends:
            break
        moment = max(ends)
    reasons = tuple(item.as_reason() for item in _heaviest_first(grounds.values()))
    if not reasons:
        return Verdict.allowed()
    return Verdict.refused(*reasons) if found else Verdict.delayed(moment, *reasons)


def _heaviest_first(found: Iterable[Objection]) -> list[Objection]:
    """What has no end comes first, then what lasts longest: one reason stands for all
    where there is room for one."""
    endless = [item for item in found if item.until is None]
    ending = [item for item in found if item.until is not None]
    return endless + sorted(ending, key=lambda item: item.until, reverse=True)

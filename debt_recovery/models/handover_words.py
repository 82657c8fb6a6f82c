"""Sentences of the hand-over checklist, in the reader's language."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "handover_amount": _lt("%(amount)s to claim; at least %(needed)s"),
    "handover_no_demand": _lt("No formal demand has left in this cycle"),
    "handover_demanded": _lt("Demanded on %(date)s"),
    "handover_gate": _lt("%(sentence)s"),
    "handover_wait_unstarted": _lt("%(days)s days run from the formal demand"),
    "handover_waited": _lt("%(days)s days were over on %(date)s"),
    "handover_wait": _lt("%(days)s days after the demand: possible from %(date)s"),
    "handover_hold": _lt("Stopped by: %(holds)s"),
    "handover_no_hold": _lt("No hold stops it"),
    "handover_disputed": _lt("%(amount)s are disputed"),
    "handover_undisputed": _lt("Nothing is disputed"),
    "handover_agreed": _lt("%(amount)s are promised or in a plan"),
    "handover_not_agreed": _lt("No promise or plan runs"),
    "handover_barred": _lt("Time-barred: %(items)s"),
    "handover_limitation_unknown": _lt("No limitation period is known"),
    "handover_limitation_warn": _lt(
        "Perhaps time-barred since %(date)s: have it checked"
    ),
    "handover_limitation": _lt("First item is time-barred after %(date)s"),
    "handover_documents": _lt("Without a document: %(items)s"),
    "handover_documented": _lt("Every claimed invoice has its document"),
    "handover_address": _lt("The address lacks: %(items)s"),
    "handover_unverified": _lt("Nobody checked the address in the last %(days)s days"),
    "handover_verified": _lt("Address checked on %(date)s"),
    "handover_cost_unknown": _lt("Enter the expected costs"),
    "handover_worth": _lt("%(amount)s expected against %(cost)s of costs"),
    "handover_not_worth": _lt(
        "%(amount)s expected against %(cost)s of costs: less than %(times)s times"
    ),
    "unknown_rule": _lt("This rule is not known to the program"),
}


def handover_sentence(env, item, formats):
    """One reason of the checklist in words.

    :param item: ``tools.results.Reason``
    :param formats: callable(name, value) turning a raw value into text
    """
    values = {name: formats(name, value) for name, value in item.values.items()}
    text = env._(WORDS[item.code])
    return text % values

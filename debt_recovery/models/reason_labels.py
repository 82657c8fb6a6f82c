"""Short names of the reason codes, for grouping and counting. The sentences with their
values are in ``reasons``."""

from odoo.tools import LazyTranslate

from .reasons import SENTENCES

_lt = LazyTranslate(__name__)

OTHER = "other"
LABELS = {
    "step_due": _lt("Step due"),
    "pending": _lt("Earlier step unfinished"),
    "not_reached": _lt("Step not reached yet"),
    "quiet_days": _lt("Quiet days"),
    "one_step_a_day": _lt("One step a day"),
    "non_working_day": _lt("Not a working day"),
    "stopped": _lt("On hold"),
    "hold": _lt("On hold (contact)"),
    "all_held": _lt("All on hold"),
    "all_disputed": _lt("All disputed"),
    "all_agreed": _lt("All promised"),
    "unmatched_credit": _lt("Unmatched credit"),
    "within_tolerance": _lt("Within tolerance"),
    "below_send_minimum": _lt("Below the minimum to send"),
    "all_below_minimum": _lt("Below the minimum of every step"),
    "nothing_overdue": _lt("Nothing overdue"),
    "nothing_collectable": _lt("Nothing collectable"),
    "ladder_finished": _lt("All steps taken"),
    "strategy_without_steps": _lt("Strategy without steps"),
    "no_strategy": _lt("No strategy"),
    "before_live": _lt("Due before going live"),
    "shadow": _lt("Shadow mode"),
    "partner_archived": _lt("Customer archived"),
    "address_blacklisted": _lt("Address on the blacklist"),
    "no_officer": _lt("No officer"),
    "opened": _lt("Case opened"),
    "watched": _lt("Case watched"),
    "reopened": _lt("Case reopened"),
    "closed": _lt("Case closed"),
    "error": _lt("Error"),
    OTHER: _lt("Other"),
}


def selection(env):
    """``[(code, label)]`` of every known code; one without a short name shows as it
    is."""
    codes = {code: code.replace("_", " ").capitalize() for code in SENTENCES}
    return list((codes | {c: env._(label) for c, label in LABELS.items()}).items())

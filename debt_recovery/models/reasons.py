"""Sentences for the reason codes of ``tools/``: the only place that turns a verdict
into words of the reader's language."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    "driver": _lt("The item due on %(due)s sets the pace (%(amount)s open)"),
    "driver_joint": _lt(
        "No single item reaches the floor of %(floor)s; together %(amount)s are open"
    ),
    "reset_driver_closed": _lt("The item that drove the ladder is paid: new cycle"),
    "reset_half_paid": _lt("%(percent)s %% of the last claim is paid: new cycle"),
    "returned_to_cycle": _lt("A payment was returned: back to the former step"),
    "below_minimum": _lt(
        "Step %(step)s is passed over: %(amount)s is below %(minimum)s"
    ),
    "skipped_by_officer": _lt("Step %(step)s was skipped by hand"),
    "step_due": _lt("Step %(step)s is due from day %(day)s"),
    "strategy_without_steps": _lt(
        "The strategy has no steps; add steps or choose another strategy"
    ),
    "before_live": _lt(
        "All that is overdue fell due before the strategy went live on %(date)s: it "
        "is worked by hand"
    ),
    "shadow": _lt(
        "Shadow mode: step %(step)s would be taken now, nothing leaves before going "
        "live"
    ),
    "no_strategy": _lt("No strategy fits this customer; choose one on the case"),
    "nothing_overdue": _lt("Nothing is overdue"),
    "nothing_collectable": _lt("Nothing may be chased now"),
    "below_send_minimum": _lt("%(amount)s is below the minimum of %(minimum)s"),
    "ladder_finished": _lt("All steps are taken; a decision is needed"),
    "all_below_minimum": _lt("The claim is below the minimum of every step left"),
    "pending": _lt("Step %(step)s is %(state)s since %(since)s"),
    "not_reached": _lt("Step %(step)s comes on %(date)s"),
    "one_step_a_day": _lt("A step was taken today"),
    "quiet_days": _lt("Last message on %(last)s; quiet until %(until)s"),
    "non_working_day": _lt("Not a working day; continues on %(date)s"),
    "stopped": _lt("%(label)s until %(until)s"),
    "within_tolerance": _lt("The rest of %(amount)s is within tolerance"),
    "unmatched_credit": _lt(
        "Credits of %(credit)s stand unmatched against %(claim)s; match them first"
    ),
    "hold": _lt("On hold: %(label)s until %(until)s"),
    "partner_archived": _lt("The customer is archived; restore it or close the case"),
    "address_blacklisted": _lt("%(address)s is on the e-mail blacklist"),
    "rule_window": _lt("%(name)s: closed at this hour"),
    "rule_debtor_window": _lt("The debtor asked not to be reached at this hour"),
    "rule_cap": _lt("%(name)s: %(limit)s in %(days)s days are reached"),
    "rule_gap": _lt("%(name)s: %(minutes)s minutes between two attempts"),
    "rule_cooloff": _lt("Spoke on %(last)s: %(days)s days' pause"),
    "rule_optout": _lt("The debtor does not want this channel since %(since)s"),
    "rule_permission": _lt("%(name)s: the debtor has not agreed to this channel"),
    "rule_cease": _lt("Asked on %(since)s not to be contacted"),
    "rule_attorney": _lt("Lawyer named on %(since)s"),
    "rule_insolvency": _lt("Insolvent since %(since)s"),
    "rule_moratorium": _lt("Moratorium since %(since)s"),
    "rule_deceased": _lt("Deceased, known since %(since)s"),
    "rule_vulnerable": _lt("Vulnerable person, known since %(since)s"),
    "rule_fraud": _lt("Fraud reported on %(since)s"),
    "rule_disputed": _lt("Disputed items must not be claimed"),
    "rule_third_party": _lt("Nobody but the debtor may be told about the debt"),
    "rule_notice_missing": _lt("%(name)s: the notice has to be sent first"),
    "rule_notice_open": _lt(
        "%(name)s: sent on %(since)s, its delivery is not known yet"
    ),
    "rule_notice_wait": _lt(
        "%(name)s: sent on %(since)s, the waiting period ends before %(until)s"
    ),
    "rule_text": _lt("%(name)s: the message does not say “%(text)s”"),
    "rule_licence": _lt("%(name)s: no licence number is entered"),
    "limitation_due": _lt("Fell due on %(date)s"),
    "limitation_invoice": _lt("Invoiced on %(date)s"),
    "limitation_year_end": _lt("Runs from the end of the year, %(date)s"),
    "limitation_anew_acknowledgement": _lt("Anew with the acknowledgement of %(date)s"),
    "limitation_anew_payment": _lt("Anew with the payment of %(date)s"),
    "limitation_anew_demand": _lt("Anew with the formal demand of %(date)s"),
    "limitation_late_acknowledgement": _lt(
        "The acknowledgement of %(date)s came after the end"
    ),
    "limitation_late_payment": _lt("The payment of %(date)s came after the end"),
    "limitation_late_demand": _lt("The formal demand of %(date)s came after the end"),
    "limitation_negotiation": _lt(
        "Stood still for negotiations from %(date)s to %(until)s"
    ),
    "limitation_proceedings": _lt(
        "Stood still for proceedings from %(date)s to %(until)s"
    ),
    "limitation_moratorium": _lt(
        "Stood still for a moratorium from %(date)s to %(until)s"
    ),
    "limitation_unknown": _lt(
        "No limitation rule fits: enter country and state of the debtor, or add a rule"
    ),
    "limitation_barred": _lt(
        "Time-barred since %(date)s, no suit and no threat of one: %(items)s. Mark it "
        "as no follow-up or write it off"
    ),
    "limitation_extinguished": _lt(
        "Extinguished since %(date)s, it must not be claimed: %(items)s. Mark it as no "
        "follow-up or write it off"
    ),
    "limitation_warn": _lt(
        "Probably time-barred since %(date)s, have it checked: %(items)s"
    ),
    "no_officer": _lt("The officer left; assign another officer"),
    "all_disputed": _lt("All that is overdue is disputed"),
    "all_agreed": _lt("All that is overdue is agreed"),
    "all_held": _lt("All that is overdue is on hold"),
}

#: The same where no end is known.
ENDLESS = {
    "stopped": _lt("%(label)s"),
    "hold": _lt("On hold: %(label)s"),
    "limitation_negotiation": _lt("Stands still for negotiations since %(date)s"),
    "limitation_proceedings": _lt("Stands still for proceedings since %(date)s"),
    "limitation_moratorium": _lt("Stands still for a moratorium since %(date)s"),
}


class _Values:
    """Values of a sentence, made readable only when it asks for them. Missing ones
    read as an ellipsis; a sentence never fails a run."""

    def __init__(self, values, formats):
        self._values = values
        self._formats = formats

    def __getitem__(self, key):
        if key not in self._values:
            return "…"
        return self._formats(key, self._values[key])


def sentence(env, item, formats=None):
    """One reason in the environment's language.

    :param item: ``tools.results.Reason``
    :param formats: callable(name, value) turning a raw value into text
    """
    if item.code not in SENTENCES:
        return item.code
    values = _Values(item.values, formats or _as_is)
    endless = item.code in ENDLESS and item.values.get("until") is None
    text = env._((ENDLESS if endless else SENTENCES)[item.code])
    return text % values


def _as_is(_name, value):
    return value

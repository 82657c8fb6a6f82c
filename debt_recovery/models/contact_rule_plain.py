from odoo import models

from ..tools.contact_rules import Rule, minutes
from .contact_rule_check import SPANS


class DebtRecoveryContactRulePlain(models.AbstractModel):
    """A rule as a plain value for ``tools``, and whom it is about."""

    _name = "debt.recovery.contact.rule.plain.mixin"
    _description = "Contact Rules for the Judge"

    def _to_plain(self):
        """The rule without the database. Texts are in the environment's language."""
        self.ensure_one()
        copied = (
            "code severity overridable confirmed open_on_holidays limit days counter "
            "gap_minutes scope after_conversation consent_lifts broken_promise_lifts "
            "one_reply max_age_days wait wait_unit wait_from assumed_post "
            "assumed_electronic first_day_counts"
        )
        return Rule(
            type=self.rule_type,
            name=self.name,
            citation=self.citation or "",
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            channels=frozenset(self.channel_ids.mapped("code")),
            hours=self._plain_hours(),
            notice=self.notice_step_id.code or "",
            gates=self._plain_gates(),
            text=self.required_text or "",
            licence=self.code if self.rule_type == "licence_required" else "",
            **{name: self[name] for name in copied.split()},
        )

    def _plain_hours(self):
        """Seven spans, Monday first; None where the day is closed."""
        week, saturday, sunday = (
            (minutes(self[start]), minutes(self[end])) for start, end in SPANS
        )
        return tuple(
            span if span[0] < span[1] else None
            for span in (*[week] * 5, saturday, sunday)
        )

    def _plain_gates(self):
        """Kinds of steps that wait for the notice; empty: all of them."""
        return {
            "all": frozenset(),
            "demand": frozenset({"demand", "legal"}),
            "legal": frozenset({"legal"}),
        }[self.gates]

    def _is_about(self, place):
        """Whether the rule concerns a debtor of that kind in that place.

        :param place: ``{"box", "country", "state", "city", "role"}``
        """
        self.ensure_one()
        boxes = ("for_consumer", "for_sole_trader", "for_company", "for_public")
        cities = [city.strip().lower() for city in (self.cities or "").split(",")]
        return (
            (self[place["box"]] or not any(self[box] for box in boxes))
            and (not self.country_ids or place["country"] in self.country_ids)
            and (not self.state_ids or place["state"] in self.state_ids)
            and (not self.cities or place["city"].strip().lower() in cities)
            and self.collector_role in (False, place["role"])
        )

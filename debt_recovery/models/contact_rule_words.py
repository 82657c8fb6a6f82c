from odoo import api, fields, models
from odoo.tools import format_duration, format_list

from .contact_rule_check import SPANS


class DebtRecoveryContactRuleWords(models.AbstractModel):
    """What a rule will do, in one sentence: “Phone call, visit with companies: Monday
    to Friday 8:00 to 18:00.”"""

    _name = "debt.recovery.contact.rule.words.mixin"
    _description = "Contact Rules in Words"

    words = fields.Char("In Words", compute="_compute_words")

    @api.depends(
        "rule_type",
        "channel_ids",
        "limit",
        "days",
        "gap_minutes",
        "counter",
        "scope",
        "wait",
        "wait_unit",
        "wait_from",
        "gates",
        "notice_step_id",
        "max_age_days",
        "open_on_holidays",
        "required_text",
        "country_ids",
        "state_ids",
        "cities",
        "for_consumer",
        "for_sole_trader",
        "for_company",
        "for_public",
        *(name for span in SPANS for name in span),
    )
    @api.depends_context("lang")
    def _compute_words(self):
        for rule in self:
            if not rule.rule_type:
                rule.words = False
                continue
            # a kind an addon brings may bring its words as well
            tell = getattr(rule, f"_words_{rule.rule_type}", rule._words_state)
            rule.words = self.env._(
                "%(whom)s: %(what)s.", whom=rule._words_whom(), what=tell()
            )

    def _words_whom(self):
        """Channels, kinds of debtors and places."""
        boxes = ("for_consumer", "for_sole_trader", "for_company", "for_public")
        kinds = [
            self._fields[box]._description_string(self.env).lower()
            for box in boxes
            if self[box]
        ]
        what = format_list(self.env, self.channel_ids.mapped("name"))
        text = what or self.env._("Every contact")
        if kinds:
            whom = format_list(self.env, kinds)
            text = self.env._("%(what)s to %(whom)s", what=text, whom=whom)
        names = (self.state_ids or self.country_ids).mapped("name")
        if self.cities:
            names = [self.cities]
        if len(names) > 3:
            names = [*names[:3], self.env._("%(count)s more", count=len(names) - 3)]
        if names:
            where = format_list(self.env, names)
            text = self.env._("%(what)s in %(where)s", what=text, where=where)
        return text

    def _words_contact_window(self):
        labels = (
            self.env._("Monday to Friday"),
            self.env._("Saturday"),
            self.env._("Sunday"),
        )
        days = [
            self.env._(
                "%(day)s %(start)s to %(end)s",
                day=label,
                start=format_duration(self[start]),
                end=format_duration(self[end]),
            )
            for label, (start, end) in zip(labels, SPANS, strict=True)
            if self[start] < self[end]
        ]
        if not self.open_on_holidays:
            days.append(self.env._("not on public holidays"))
        return ", ".join(days)

    def _words_debtor_window(self):
        return self.env._("never at hours the debtor asked to be left alone")

    def _words_attempt_cap(self):
        labels = dict(self._fields["counter"]._description_selection(self.env))
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        values = {
            "limit": self.limit,
            "days": self.days,
            "scope": scopes[self.scope].lower(),
            "what": labels[self.counter].lower(),
        }
        if self.days == 1:
            return self.env._(
                "at most %(limit)s a day, %(scope)s (%(what)s count)", **values
            )
        return self.env._(
            "at most %(limit)s in %(days)s days, %(scope)s (%(what)s count)", **values
        )

    def _words_min_gap(self):
        return self.env._("%(count)s minutes between two", count=self.gap_minutes)

    def _words_cooloff(self):
        return self.env._("%(days)s days' pause after a conversation", days=self.days)

    def _words_channel_optout(self):
        return self.env._("never at an address the debtor does not want used")

    def _words_channel_permission(self):
        if self.max_age_days:
            return self.env._(
                "only with a permission not older than %(days)s days",
                days=self.max_age_days,
            )
        return self.env._("only with the debtor's permission")

    def _words_third_party_disclosure(self):
        return self.env._("nobody but the debtor is told about the debt")

    def _words_notice_gate(self):
        gates = dict(self._fields["gates"]._description_selection(self.env))
        units = dict(self._fields["wait_unit"]._description_selection(self.env))
        starts = dict(self._fields["wait_from"]._description_selection(self.env))
        return self.env._(
            "%(gated)s only after “%(notice)s” and %(days)s %(unit)s (from: %(start)s)",
            gated=gates[self.gates].lower(),
            notice=self.notice_step_id.name or "",
            days=self.wait,
            unit=units[self.wait_unit].lower(),
            start=starts[self.wait_from].lower(),
        )

    def _words_visit_rule(self):
        return self.env._(
            "at most %(limit)s visits in %(days)s days",
            limit=self.limit,
            days=self.days,
        )

    def _words_required_text(self):
        return self.env._("messages say “%(text)s”", text=self.required_text or "")

    def _words_licence_required(self):
        return self.env._("only with a licence, its number on the letter")

    def _words_state(self):
        labels = dict(self._fields["rule_type"]._description_selection(self.env))
        return self.env._(
            "no contact in the state “%(state)s”", state=labels[self.rule_type].lower()
        )

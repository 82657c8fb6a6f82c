from odoo import api, models
from odoo.exceptions import ValidationError

SPANS = (
    ("hour_from", "hour_to"),
    ("saturday_from", "saturday_to"),
    ("sunday_from", "sunday_to"),
)


class DebtRecoveryContactRuleCheck(models.AbstractModel):
    """A rule that cannot be meant is refused when it is written, not when somebody is
    on the phone."""

    _name = "debt.recovery.contact.rule.check.mixin"
    _description = "Checks of Contact Rules"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for rule in self:
            if rule.date_from and rule.date_to and rule.date_from > rule.date_to:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” begins on %(start)s, after its end on %(end)s: "
                        "change one of the dates.",
                        rule=rule.name,
                        start=rule.date_from,
                        end=rule.date_to,
                    )
                )

    @api.constrains("code", "pack_id", "date_from", "date_to", "active")
    def _check_versions(self):
        """Of two versions of a code only one is in force on any day."""
        for rule in self.filtered("active"):
            others = self.search(
                [
                    ("code", "=", rule.code),
                    ("pack_id", "=", rule.pack_id.id),
                    ("id", "!=", rule.id),
                    "|",
                    ("date_from", "=", False),
                    ("date_from", "<=", rule.date_to or "9999-12-31"),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", rule.date_from or "0001-01-01"),
                ],
                limit=1,
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "Two versions of “%(code)s” are in force at the same time, "
                        "“%(one)s” and “%(two)s”: end the older one before the newer "
                        "begins.",
                        code=rule.code,
                        one=rule.name,
                        two=others.name,
                    )
                )

    @api.constrains("rule_type", *(name for span in SPANS for name in span))
    def _check_hours(self):
        for rule in self.filtered(lambda rule: rule.rule_type == "contact_window"):
            spans = [(rule[start], rule[end]) for start, end in SPANS]
            for start, end in spans:
                if not 0 <= start <= end <= 24:
                    raise ValidationError(
                        self.env._(
                            "The hours of “%(rule)s” end before they begin, or are no "
                            "hours of a day: enter times from 0:00 to 24:00, the "
                            "earlier one first; twice the same closes the day.",
                            rule=rule.name,
                        )
                    )
            if not any(start < end for start, end in spans):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” leaves no hour of the week for a contact: open at "
                        "least one day.",
                        rule=rule.name,
                    )
                )

    @api.constrains("rule_type", "limit", "days", "gap_minutes", "wait")
    def _check_numbers(self):
        for rule in self:
            kind, name = rule.rule_type, rule.name
            if kind == "attempt_cap" and rule.limit < 1:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” allows %(limit)s attempts: enter one or more. To "
                        "forbid a channel place a hold or an opt-out.",
                        rule=name,
                        limit=rule.limit,
                    )
                )
            if kind in ("attempt_cap", "cooloff") and rule.days < 1:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” counts %(days)s days: enter one or more.",
                        rule=name,
                        days=rule.days,
                    )
                )
            if min(rule.gap_minutes, rule.wait, rule.limit) < 0:
                raise ValidationError(
                    self.env._(
                        "A number of “%(rule)s” is negative: enter zero or more.",
                        rule=name,
                    )
                )

    @api.constrains("rule_type", "notice_step_id", "required_text")
    def _check_papers(self):
        for rule in self:
            if rule.rule_type == "notice_gate" and not rule.notice_step_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” waits for a notice: choose the step that sends it.",
                        rule=rule.name,
                    )
                )
            if rule.rule_type == "required_text" and not rule.required_text:
                raise ValidationError(
                    self.env._("“%(rule)s” requires words: enter them.", rule=rule.name)
                )

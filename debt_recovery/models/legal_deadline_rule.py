from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.legal_dates import DAYS, MONTHS, WORKING, period_end
from .legal_case import TYPES
from .legal_event_kind import KINDS, PARTIES


class DebtRecoveryLegalDeadlineRule(models.Model):
    """After this happened, that must happen within so long. Periods differ by court
    and country: rows nobody confirmed say so wherever they are used."""

    _name = "debt.recovery.legal.deadline.rule"
    _description = "Procedural Deadline"
    _order = "sequence, id"

    name = fields.Char("Task", required=True, translate=True)
    sequence = fields.Integer(default=10)
    trigger = fields.Selection(KINDS, "After", required=True)
    kind = fields.Selection(
        KINDS, "What Is Due", required=True, help="What has happened once it is done."
    )
    type = fields.Selection(TYPES, help="Empty: every type of legal case.")
    country_id = fields.Many2one(
        "res.country",
        help="Of the court, else of the claimant. A rule of the country replaces the "
        "general one.",
    )
    number = fields.Integer("Period", required=True, default=14)
    unit = fields.Selection(
        [(DAYS, "Days"), (WORKING, "Working days"), (MONTHS, "Months")],
        required=True,
        default=DAYS,
    )
    roll = fields.Boolean(
        "Next Working Day",
        default=True,
        help="A period that ends on a day off ends on the next working day.",
    )
    turn = fields.Selection(PARTIES, "Whose Turn", required=True, default="us")
    escalation_days = fields.Integer(
        "Escalate After",
        default=1,
        help="Working days after the deadline; then the manager is told.",
    )
    warn_days = fields.Integer(
        "Remind Before", default=3, help="Days before the deadline."
    )
    citation = fields.Char()
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody checked it at the source."
    )
    company_id = fields.Many2one("res.company", help="Empty: every company.")
    active = fields.Boolean(default=True)

    @api.constrains("number", "escalation_days", "warn_days")
    def _check_numbers(self):
        for rule in self:
            if rule.number < 1 or min(rule.escalation_days, rule.warn_days) < 0:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: the period is one or more, the other numbers zero "
                        "or more.",
                        rule=rule.name,
                    )
                )

    @api.model
    def _for_event(self, event):
        """Rules that follow an event: of the same task the closest one."""
        legal = event.legal_case_id
        country = legal.court_id.country_id or legal.company_id.country_id
        found = self.sudo().search(
            [
                ("trigger", "=", event.kind),
                ("type", "in", [legal.type, False]),
                ("country_id", "in", [country.id, False]),
                ("company_id", "in", [legal.company_id.id, False]),
            ]
        )
        close = found.sorted(
            lambda rule: (
                not rule.company_id,
                not rule.country_id,
                not rule.type,
                rule.sequence,
                rule.id,
            )
        )
        chosen = self.browse()
        for rule in close:
            if rule.kind not in chosen.mapped("kind"):
                chosen |= rule
        return chosen

    def _day_due(self, start, company):
        """The last day of the period that began with the event."""
        self.ensure_one()
        horizon = start + timedelta(days=32 * self.number + 60)
        calendar = company._recovery_calendar(start, horizon)
        return period_end(start, self.number, self.unit, calendar, self.roll)

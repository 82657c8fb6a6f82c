from odoo import fields, models


class CalendarEvent(models.Model):
    """A hearing moved in the calendar is moved in the legal case."""

    _inherit = "calendar.event"

    recovery_legal_event_ids = fields.One2many(
        "debt.recovery.legal.event",
        "calendar_event_id",
        groups="debt_recovery.group_officer,debt_recovery.group_legal",
    )

    def write(self, vals):
        result = super().write(vals)
        if "start" in vals and not self.env.context.get("recovery_legal_event"):
            self.sudo().recovery_legal_event_ids._follow_calendar()
        return result

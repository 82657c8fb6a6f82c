from odoo import models


class CalendarEvent(models.Model):
    """A visit moved in the calendar is moved."""

    _inherit = "calendar.event"

    def write(self, vals):
        result = super().write(vals)
        if "start" in vals and not self.env.context.get("recovery_visit_sync"):
            visits = (
                self.env["debt.recovery.visit"]
                .sudo()
                .search([("event_id", "in", self.ids), ("state", "=", "planned")])
            )
            for visit in visits:
                visit.start = visit.event_id.start
        return result

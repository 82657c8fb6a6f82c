from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class DebtRecoveryCaseRotting(models.AbstractModel):
    """Stuck cases: too long in their stage, judged by the company's own day like every
    other date of the application. What waits for the monthly list is not stuck."""

    _name = "debt.recovery.case.rotting.mixin"
    _description = "Stuck Recovery Case"

    @api.depends("stage_id")
    def _compute_date_last_stage_update(self):
        now = fields.Datetime.now()
        for case in self:
            day = case.company_id._recovery_today()
            live = "recovery_today" not in self.env.context
            case.date_last_stage_update = (
                now if live else datetime.combine(day, now.time())
            )

    @api.depends("stage_id.rotting_threshold_days", "date_last_stage_update", "state")
    @api.depends_context("recovery_today")
    def _compute_rotting(self):
        for case in self:
            days = case._days_in_stage()
            limit = case.stage_id.rotting_threshold_days
            late = case.state == "open" and limit and days > limit
            case.is_rotting = bool(late and not case.small_debt)
            case.rotting_days = days if case.is_rotting else 0

    def _days_in_stage(self):
        self.ensure_one()
        if not self.date_last_stage_update:
            return 0
        since = pytz.utc.localize(self.date_last_stage_update)
        since = since.astimezone(self.company_id._recovery_zone()).date()
        return (self.company_id._recovery_today() - since).days

    @api.model
    def _search_is_rotting(self, operator, value):
        if operator != "in":
            return NotImplemented
        company = self.env.company
        self.flush_model(["date_last_stage_update", "stage_id"])
        query = SQL(
            """(SELECT c.id FROM debt_recovery_case c
                  JOIN debt_recovery_stage s ON s.id = c.stage_id
                 WHERE s.rotting_threshold_days > 0
                   AND %s - %s > s.rotting_threshold_days)""",
            company._recovery_today(),
            self._day_of(company, SQL("c.date_last_stage_update")),
        )
        return (
            Domain("state", "=", "open")
            & Domain("id", "in", query)
            & Domain("small_debt", "=", False)
        )

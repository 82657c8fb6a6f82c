from markupsafe import Markup

from odoo import models
from odoo.fields import Domain

WEEKLY_TYPE = "debt_recovery.mail_activity_type_weekly"
MONDAY = 0


class DebtRecoveryRunWeekly(models.AbstractModel):
    """Once a week the manager gets one task with what nobody would notice: holds
    without end, stuck cases, failed messages, excluded items. Empty lists are left
    out; nothing to show, no task."""

    _name = "debt.recovery.run.weekly.mixin"
    _description = "Weekly Lists of a Run"

    def _phase_weekly(self):
        manager = self.company_id.recovery_escalate_user_id
        if manager.active and self.date.weekday() == MONDAY and not self._is_listed():
            self._schedule_weekly(manager)
        return self._checkpoint()

    def _is_listed(self):
        """A second run of the same Monday does not ask again."""
        runs = self.search(
            [("company_id", "=", self.company_id.id), ("date", "=", self.date)]
        )
        return bool(runs.activity_search([WEEKLY_TYPE], only_automated=False))

    def _schedule_weekly(self, manager):
        lists = [row for row in self._weekly_lists() if row[1]]
        if not lists:
            return
        items = Markup().join(
            Markup('<li><a href="/odoo/%s">%s</a>: %s</li>') % (path, label, count)
            for label, count, path in lists
        )
        self.activity_schedule(
            WEEKLY_TYPE,
            date_deadline=self.date,
            user_id=manager.id,
            summary=", ".join(f"{label}: {count}" for label, count, _path in lists),
            note=Markup("<ul>%s</ul>") % items,
        )

    def _weekly_lists(self):
        """Seam: ``(label, count, path of the action)`` of each list."""
        cases = self._weekly_case_domain()
        company = Domain("company_id", "=", self.company_id.id)
        return [
            (
                self.env._("Holds without end"),
                self.env["debt.recovery.hold"].search_count(self._endless_domain()),
                "debt-holds",
            ),
            (
                self.env._("Stuck cases"),
                self.env["debt.recovery.case"].search_count(
                    cases & Domain("is_rotting", "=", True)
                ),
                "debt-cases",
            ),
            (
                self.env._("Messages that failed or are unclear"),
                self.env["debt.recovery.action"].search_count(
                    company & Domain("state", "in", ("failed", "unclear"))
                ),
                "debt-outgoing",
            ),
            (
                self.env._("Old cases proposed to purge"),
                self.env["debt.recovery.case"].search_count(self._purge_domain()),
                "debt-purges",
            ),
            (
                self.env._("Customers with excluded items"),
                self.env["debt.recovery.case"].search_count(
                    cases & Domain("amount_excluded", ">", 0)
                ),
                "debt-receivables",
            ),
        ]

    def _purge_domain(self):
        """Cases that a proposal names and nobody has decided about."""
        purges = self.env["debt.recovery.purge"].search(
            [("company_id", "=", self.company_id.id), ("state", "=", "proposed")]
        )
        return Domain("id", "in", purges.case_ids.ids)

    def _weekly_case_domain(self):
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "state", "=", "open"
        )

    def _endless_domain(self):
        holds = self.env["debt.recovery.hold"]
        return (
            Domain(holds._valid_domain(self.date))
            & Domain("company_id", "in", [False, self.company_id.id])
            & Domain("date_to", "=", False)
        )

from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain

WEEKLY_TYPE = "debt_recovery.mail_activity_type_weekly"
MONTHLY_TYPE = "debt_recovery.mail_activity_type_monthly"
MONDAY = 0


class DebtRecoveryRunWeekly(models.AbstractModel):
    """Once a week the manager gets one task with what nobody would notice: holds
    without end, stuck cases, failed messages, excluded items; once a month one with
    the small debts to decide. Empty lists are left out; nothing to show, no task."""

    _name = "debt.recovery.run.weekly.mixin"
    _description = "Weekly and Monthly Lists of a Run"

    def _phase_weekly(self):
        manager = self.company_id.recovery_escalate_user_id
        if manager.active:
            monday = fields.Date.start_of(self.date, "week")
            if self._is_first_since(monday, WEEKLY_TYPE):
                self._schedule_lists(manager, WEEKLY_TYPE, self._weekly_lists())
            month = fields.Date.start_of(self.date, "month")
            if self._is_first_since(month, MONTHLY_TYPE):
                self._schedule_lists(manager, MONTHLY_TYPE, self._monthly_lists())
        return self._checkpoint()

    def _is_first_since(self, start, activity_type):
        """The first run of the week or month asks, also where its first day brought no
        run; a second run of that day does not ask again."""
        runs = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "real"),
                ("date", ">=", start),
                ("date", "<=", self.date),
            ]
        )
        asked = self.env["mail.activity"].with_context(active_test=False)
        return not any(run.date < self.date for run in runs) and not asked.search_count(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", runs.ids),
                ("activity_type_id", "=", self.env.ref(activity_type).id),
            ],
            limit=1,
        )

    def _schedule_lists(self, manager, activity_type, rows):
        rows = [row for row in rows if row[1]]
        if not rows:
            return
        items = Markup().join(
            Markup('<li><a href="/odoo/%s">%s</a>: %s</li>') % (path, label, count)
            for label, count, path in rows
        )
        self.activity_schedule(
            activity_type,
            date_deadline=self.date,
            user_id=manager.id,
            summary=", ".join(f"{label}: {count}" for label, count, _path in rows),
            note=Markup("<ul>%s</ul>") % items,
        )

    def _monthly_lists(self):
        """Seam: ``(label, count and amount, path of the action)`` of each batch."""
        labels = {
            "write_off": self.env._("Small debts to write off"),
            "agency": self.env._("Small debts for the agency"),
        }
        return [
            (label, self._small_debts(batch), "debt-small")
            for batch, label in labels.items()
        ]

    def _small_debts(self, batch):
        """“12 (230.00 €)”, or nothing."""
        cases = self.env["debt.recovery.case"]
        domain = self._weekly_case_domain() & Domain("small_debt", "=", batch)
        totals = cases._read_group(
            domain, aggregates=["__count", "amount_collectable:sum"]
        )
        count, amount = totals[0]
        return count and f"{count} ({self.company_id.currency_id.format(amount)})"

    def _weekly_lists(self):
        """Seam: ``(label, count, path of the action)`` of each list."""
        cases = self._weekly_case_domain()
        company = Domain("company_id", "=", self.company_id.id)
        return [
            (
                self.env._("Holds without end"),
                self.env["debt.recovery.hold"].search_count(self._endless_domain()),
                "debt-endless-holds",
            ),
            (
                self.env._("Stuck cases"),
                self.env["debt.recovery.case"].search_count(
                    cases & Domain("is_rotting", "=", True)
                ),
                "debt-stuck",
            ),
            (
                self.env._("Messages that failed or are unclear"),
                self.env["debt.recovery.action"].search_count(
                    company & Domain("state", "in", ("failed", "unclear"))
                ),
                "debt-failed",
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
                "debt-excluded",
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

from odoo import fields, models
from odoo.tools import format_date

#: So far back working days are counted; older deadlines are late by any measure.
HORIZON = 60


class DebtRecoveryRunLegal(models.AbstractModel):
    """Deadlines of legal cases in the daily run: who missed one is not the only one who
    knows."""

    _name = "debt.recovery.run.legal.mixin"
    _description = "Legal Deadlines of a Run"

    def _phase_follow_up(self):
        self._follow_stays()
        self._escalate_deadlines()
        return super()._phase_follow_up()

    def _follow_stays(self):
        """Holds that began or ended by their dates."""
        self.env["debt.recovery.legal.case"].search(
            [("company_id", "=", self.company_id.id), ("is_open", "=", True)]
        )._sync_stay()

    def _escalate_deadlines(self):
        """Each missed deadline once, so many working days after it as its rule says."""
        user = self.company_id.recovery_escalate_user_id
        calendar = self.company_id._recovery_calendar(
            fields.Date.subtract(self.date, days=HORIZON), self.date
        )
        for event in self._find_missed():
            days = event.rule_id.escalation_days if event.rule_id else 1
            limit = calendar.add_working_days(event.date, days) if days else event.date
            if user and limit < self.date:
                self._escalate_deadline(event, user)

    def _find_missed(self):
        return self.env["debt.recovery.legal.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "planned"),
                ("date", "<", self.date),
                ("date_escalated", "=", False),
            ]
        )

    def _escalate_deadline(self, event, user):
        legal = event.legal_case_id
        legal.activity_schedule(
            "debt_recovery.mail_activity_type_legal",
            date_deadline=self.date,
            user_id=user.id,
            summary=self.env._(
                "Missed since %(date)s: %(event)s (%(who)s)",
                date=format_date(self.env, event.date),
                event=event.name,
                who=event.user_id.name or self.env._("nobody"),
            ),
        )
        event.date_escalated = self.date

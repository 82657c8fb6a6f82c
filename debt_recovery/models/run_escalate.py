from odoo import fields, models
from odoo.tools import format_date

#: So far back working days are counted; older work is late by any measure.
ESCALATION_HORIZON = 60


class DebtRecoveryRunEscalate(models.AbstractModel):
    """Tasks and reviews older than their step allows become known to the person the
    step names: the officer, the manager for escalations or the final approver."""

    _name = "debt.recovery.run.escalate.mixin"
    _description = "Escalation of Work Left Undone"

    def _escalate_undone(self):
        """Each piece of work once; without a person to turn to it keeps waiting."""
        calendar = self.company_id._recovery_calendar(
            fields.Date.subtract(self.date, days=ESCALATION_HORIZON), self.date
        )
        for action in self._find_undone():
            limit = calendar.add_working_days(
                action.date_planned, int(action.step_id.escalation_days)
            )
            user = self._escalation_user(action)
            if user and limit < self.date:
                self._escalate(action, user)

    def _find_undone(self):
        return self.env["debt.recovery.action"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("mode", "in", ("task", "review")),
                ("state", "in", ("planned", "approved", "queued")),
                ("step_id.escalation_days", ">", 0),
                ("date_planned", "<", self.date),
                ("date_escalated", "=", False),
                # on hold or agreed: nobody is late
                ("case_id.amount_collectable", ">", 0),
            ],
            order="id",
        )

    def _escalation_user(self, action):
        """The person of the step's role; for a role nobody holds, the manager."""
        company = self.company_id
        people = {
            "officer": action.case_id.user_id,
            "final": self.env["debt.recovery.approval"]._final_approver(company),
        }.get(action.step_id.escalation_user_role)
        return people or company.recovery_escalate_user_id

    def _escalate(self, action, user):
        action.case_id.activity_schedule(
            "debt_recovery.mail_activity_type_escalation",
            date_deadline=self.date,
            user_id=user.id,
            summary=self.env._(
                "%(step)s waits since %(date)s",
                step=action.step_id.name,
                date=format_date(self.env, action.date_planned),
            ),
        )
        action._guarded().write({"date_escalated": self.date})

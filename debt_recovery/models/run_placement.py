from odoo import models


class DebtRecoveryRunPlacement(models.AbstractModel):
    """Placements in the daily run: proposals by rule, paid ones closed, recalls that
    are due."""

    _name = "debt.recovery.run.placement.mixin"
    _description = "Placements of a Run"

    def _phase_follow_up(self):
        if self.company_id.recovery_agency:
            self._close_paid_placements()
            self._remind_recalls()
            self.env["debt.recovery.placement"]._propose(self.company_id)
        return super()._phase_follow_up()

    def _running_placements(self):
        return self.env["debt.recovery.placement"].search(
            [("company_id", "=", self.company_id.id), ("state", "=", "placed")]
        )

    def _close_paid_placements(self):
        """Everything is paid and handed over: nothing is left to collect."""
        for placement in self._running_placements():
            zero = placement.company_currency_id.is_zero
            left = placement.amount_open, placement.amount_with_agency
            if placement.amount_collected and all(map(zero, left)):
                placement._end("closed", "paid")

    def _remind_recalls(self):
        """Once, on the day the contract ends."""
        due = self._running_placements().filtered(
            lambda p: p.date_recall and p.date_recall <= self.date
        )
        for placement in due.filtered(lambda p: p.date_reminded != p.date_recall):
            user = placement.user_id or self.company_id.recovery_escalate_user_id
            placement.date_reminded = placement.date_recall
            if user:
                placement.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=self.date,
                    user_id=user.id,
                    summary=self.env._("Recall it, or agree on a longer term"),
                )

    def _weekly_lists(self):
        placements = self.env["debt.recovery.placement"]
        company = ("company_id", "=", self.company_id.id)
        return [
            *super()._weekly_lists(),
            (
                self.env._("Proposed to an agency"),
                placements.search_count([company, ("state", "=", "proposed")]),
                "debt-placements",
            ),
        ]

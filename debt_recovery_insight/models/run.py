from odoo import models


class DebtRecoveryRun(models.Model):
    """Behaviour is counted and figures are frozen once a day, at the end of the run."""

    _inherit = "debt.recovery.run"

    def _run_phases(self):
        phases = super()._run_phases()
        return (
            phases if self.kind == "simulation" else [*phases, *self._insight_phases()]
        )

    def _insight_phases(self):
        return ["behaviour", "risk", "split", "push", "snapshot"]

    def _weekly_lists(self):
        failed = [
            ("company_id", "=", self.company_id.id),
            ("is_on", "=", True),
            ("problem", "!=", False),
        ]
        count = self.env["debt.recovery.subscription"].sudo().search_count(failed)
        label = self.env._("Reports that were not sent")
        return [*super()._weekly_lists(), (label, count, "debt-subscriptions")]

    def _phase_behaviour(self):
        self.env["debt.recovery.behaviour"]._refresh_company(self.company_id)
        return self._checkpoint()

    def _phase_risk(self):
        self.env["debt.recovery.risk"]._refresh_company(self.company_id)
        return self._checkpoint()

    def _phase_split(self):
        self.env["debt.recovery.split.test"]._collect_due(self.company_id)
        return self._checkpoint()

    def _phase_push(self):
        self.env["debt.recovery.push"]._list_due(self.company_id)
        return self._checkpoint()

    def _phase_snapshot(self):
        self.env["debt.recovery.snapshot.check"]._take_due(self.company_id)
        self.env["debt.recovery.commentary"]._remind(self.company_id)
        return self._checkpoint()

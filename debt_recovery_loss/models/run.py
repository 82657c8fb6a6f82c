from odoo import models


class DebtRecoveryRun(models.Model):
    """Money on written-off customers is noticed once a day."""

    _inherit = "debt.recovery.run"

    def _run_phases(self):
        phases = super()._run_phases()
        return phases if self.kind == "simulation" else [*phases, "written_off"]

    def _phase_written_off(self):
        self.env["debt.recovery.write.off"]._tell_money(self.company_id)
        return self._checkpoint()

    def _weekly_lists(self):
        records = self.env["debt.recovery.write.off"]
        count = records.search_count(
            [("company_id", "=", self.company_id.id), ("money_came", "=", True)]
        )
        label = self.env._("Write-offs whose customer has paid")
        return [*super()._weekly_lists(), (label, count, "debt-write-offs")]

from odoo import models


class DebtRecoveryRun(models.Model):
    """Charges are counted once a day, after the messages were decided."""

    _inherit = "debt.recovery.run"

    def _run_phases(self):
        phases = super()._run_phases()
        if "decide" not in phases or not self.company_id.recovery_charge_rule_ids:
            return phases
        return [*phases, "charge"]

    def _phase_charge(self):
        """Interest grows by the day, payments and holds change it. Each portion is
        committed."""
        charges = self.env["debt.recovery.charge"]
        rules = self.company_id.recovery_charge_rule_ids
        for lines in charges._batches(self.company_id):
            lines._recovery_refresh_charges(self.company_id, rules)
            self._checkpoint()
        return self._checkpoint()

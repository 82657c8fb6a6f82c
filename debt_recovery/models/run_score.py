from odoo import models


class DebtRecoveryRunScore(models.AbstractModel):
    """Every open case is scored once a day: time alone moves most priorities."""

    _name = "debt.recovery.run.score.mixin"
    _description = "Priorities of a Run"

    def _phase_score(self):
        self.env["debt.recovery.case"].search(self._live_domain())._refresh_priority()
        return self._checkpoint()

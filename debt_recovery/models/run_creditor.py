from odoo import models


class DebtRecoveryRunCreditor(models.AbstractModel):
    """Reports to the creditor leave with the daily run, on the first day after the week
    or the month."""

    _name = "debt.recovery.run.creditor.mixin"
    _description = "Reports to the Creditor of a Run"

    def _phase_weekly(self):
        reports = self.env["debt.recovery.creditor.report"].sudo()
        reports.search([("company_id", "=", self.company_id.id)])._send_due(self.date)
        return super()._phase_weekly()

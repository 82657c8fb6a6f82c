from odoo import api, models


class DebtRecoveryStrategyLive(models.Model):
    """What is read in the first days counts them from the first strategy on."""

    _inherit = "debt.recovery.strategy.live"

    @api.model_create_multi
    def create(self, vals_list):
        lives = super().create(vals_list)
        rows = self.env["debt.recovery.subscription"].sudo()
        for company in lives.company_id:
            domain = [("company_id", "=", company.id)]
            if self.search(domain) <= lives:
                rows.search(domain)._set_first_days(company)
        return lives

from odoo import models


class DebtRecoveryPlanBuild(models.TransientModel):
    """Plans with interest, once a company has an account for it."""

    _inherit = "debt.recovery.plan.build"

    def _books_interest(self):
        """Without tax only: the payments are agreed to the cent."""
        company = (self.case_id.company_id or self.env.company)._recovery_root()
        company = company.sudo()
        taxed = company.recovery_charge_tax_ids
        return bool(company.recovery_charge_account_id) and not taxed

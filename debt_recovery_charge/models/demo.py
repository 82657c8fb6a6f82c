from odoo import api, models


class DebtRecoveryDemo(models.AbstractModel):
    """The second company of the story claims interest and compensation."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_charges(self):
        company = self._second_company()
        if company:
            self._choose_charges(company)

    @api.model
    def _choose_charges(self, company):
        """Rules that need no reference rate: none may be missing on the day on which
        the demo data is installed."""
        codes = ("contract_12", "eu_40")
        company.recovery_charge_rule_ids = self.env["debt.recovery.charge.rule"].search(
            [("code", "in", codes)]
        )
        company.recovery_charge_account_id = self.env["account.account"].search(
            [("company_ids", "in", company.ids), ("account_type", "=", "income_other")],
            limit=1,
        )
        self.env["debt.recovery.charge"].sudo()._refresh_company(company)

from odoo import api, models

#: Share of what is collectable that the team wants to recover this month.
SHARE = 0.15


class DebtRecoveryDemo(models.AbstractModel):
    """The people of the story have targets for the month."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_insight(self):
        super()._install_insight()
        for company in self.env["debt.recovery.run"]._find_companies():
            self._set_targets(company)

    @api.model
    def _set_targets(self, company):
        """A target for the team, its half for each officer with open cases."""
        groups = self.env["debt.recovery.case"]._read_group(
            [("company_id", "=", company.id), ("state", "=", "open")],
            ["user_id"],
            ["amount_collectable:sum"],
        )
        targets = self.env["debt.recovery.target"].with_company(company)
        parts = [(user, amount) for user, amount in groups if user and amount]
        whole = sum(amount for _user, amount in parts)
        for user, amount in [(self.env["res.users"], whole), *parts]:
            value = round(amount * SHARE, -2)
            if value:
                targets.create({"user_id": user.id, "value": value})

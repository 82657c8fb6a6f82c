from odoo import models


class DebtRecoveryPartnerStatement(models.AbstractModel):
    """The statement of a customer who may have no case."""

    _name = "debt.recovery.partner.statement.mixin"
    _description = "Statement of a Customer"

    def _recovery_statement_page(self):
        """Values of the printed page, for the company and days in the context."""
        self.ensure_one()
        context = self.env.context
        company = self.env["res.company"].browse(context.get("recovery_company_id"))
        company = (company or self.env.company)._recovery_root()
        options = {"date_to": company._recovery_today()}
        return self.env["debt.recovery.statement.ledger"]._statement_page(
            self, company, **(options | (context.get("recovery_statement") or {}))
        )

    def action_recovery_statement(self):
        """Choose what the statement shows and how it leaves."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statement of Account"),
            "res_model": "debt.recovery.statement",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": self.ids},
        }

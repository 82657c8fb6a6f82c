from odoo import api, models


class DebtRecoveryStatementLedger(models.AbstractModel):
    """Interest and fees below the balance, where the customer's strategy says so."""

    _inherit = "debt.recovery.statement.ledger"

    @api.model
    def _add_beside(self, statements, company, date_to):
        result = super()._add_beside(statements, company, date_to)
        cases = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "in", list(statements)),
                ("company_id", "=", company._recovery_root().id),
                ("state", "!=", "closed"),
                ("strategy_id.state_interest", "!=", "none"),
            ]
        )
        for case in cases:
            for group in statements[case.partner_id.id]:
                ids = [line["id"] for line in group["lines"]]
                group["beside"] += case._beside_rows(
                    self.env["account.move.line"].browse(ids), date_to
                )
        return result

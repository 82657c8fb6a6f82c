from odoo import models


class DebtRecoveryLegalCase(models.Model):
    """Interest, compensation and fees that are claimed beside the items go to court
    with them, each with its legal basis."""

    _inherit = "debt.recovery.legal.case"

    def _prepare_items(self):
        rows = super()._prepare_items()
        lines = {vals.get("move_line_id") for vals in rows}
        charges = self.case_id.sudo().charge_ids.filtered(
            lambda charge: charge.move_line_id.id in lines and charge.amount_open > 0
        )
        return rows + [self._prepare_charge_item(charge) for charge in charges]

    def _prepare_charge_item(self, charge):
        interest = charge.kind == "interest"
        return {
            "kind": "interest" if interest else "fee",
            "name": charge.name,
            "basis": charge.legal_basis,
            "date_from": interest and charge.date_due,
            "date_due": charge.date_until,
            "currency_id": charge.currency_id.id,
            "amount_currency": charge.amount_open,
            "amount": self.company_id._recovery_convert(
                charge.amount_open, charge.currency_id, self._today()
            ),
        }

from odoo import models


class DebtRecoveryLegalCase(models.Model):
    """Interest, compensation and fees that are claimed beside the items go to court
    with them, each with its legal basis. Where a rule lets payments go to costs or
    interest first, so much more principal is claimed and so much less beside it."""

    _inherit = "debt.recovery.legal.case"

    def _prepare_items(self):
        rows = super()._prepare_items()
        principal = {vals["move_line_id"]: vals for vals in rows}
        charges = self.case_id.sudo().charge_ids.filtered(
            lambda charge: (
                charge.move_line_id.id in principal and charge.amount_open > 0
            )
        )
        beside = {charge: self._prepare_charge_item(charge) for charge in charges}
        for charge in charges.filtered("payment_uses"):
            self._count_payments(charge, principal[charge.move_line_id.id], beside)
        return rows + [vals for vals in beside.values() if vals["amount_currency"]]

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
            "amount": self._in_company(charge, charge.amount_open),
        }

    def _count_payments(self, charge, principal, beside):
        """Move what payments were counted on from the charges to the principal: the sum
        claimed stays."""
        costs = charge._paid_of("costs")
        others = [other for other in beside if other.kind != "interest"]
        self._move_to_principal(charge, charge._paid_of("interest"), principal, beside)
        for other in others:
            if other.move_line_id == charge.move_line_id:
                costs -= self._move_to_principal(other, costs, principal, beside)

    def _move_to_principal(self, charge, amount, principal, beside):
        """Returns what was moved, in the currency of the charge."""
        vals = beside[charge]
        amount = charge.currency_id.round(min(amount, vals["amount_currency"]))
        if amount <= 0:
            return 0.0
        in_company = self._in_company(charge, amount)
        vals["amount_currency"] -= amount
        vals["amount"] -= in_company
        principal["amount_currency"] += amount
        principal["amount"] += in_company
        principal["basis"] = self.env._("Payments went to interest and costs first")
        return amount

    def _in_company(self, charge, amount):
        return self.company_id._recovery_convert(
            amount, charge.currency_id, self._today()
        )

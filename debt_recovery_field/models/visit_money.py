from odoo import models
from odoo.exceptions import UserError


class DebtRecoveryVisitMoney(models.AbstractModel):
    """Money taken at a visit: a receipt, and for a cheque its entry in the register."""

    _name = "debt.recovery.visit.money.mixin"
    _description = "Money of a Visit"

    def _take_money(self, data, done_at):
        """Receipt, and the cheque in the register."""
        receipts = self.env["debt.recovery.receipt"]
        if data["outcome"] != "visit_paid":
            return receipts
        means = data.get("means") or "cash"
        paper = self.env["debt.recovery.instrument"]
        if means == "cheque":
            paper = paper.create(self._prepare_instrument_vals(data)).sudo()
            paper._promise_its_day()
        receipt = receipts.create(self._prepare_receipt_vals(data, means, done_at))
        if paper:
            receipt.sudo().instrument_id = paper
        return receipt

    def _prepare_receipt_vals(self, data, means, done_at):
        return {
            "case_id": self.case_id.id,
            "visit_id": self.id,
            "user_id": self.env.uid,
            "date": done_at,
            "amount": self._read_amount(data.get("amount")),
            "means": means,
            "payer": data.get("person") or False,
        }

    def _prepare_instrument_vals(self, data):
        cheque = data.get("cheque") or {}
        missing = not (cheque.get("number") and cheque.get("bank"))
        if missing or not cheque.get("date"):
            raise UserError(
                self.env._("A cheque needs its number, its bank and its date.")
            )
        photo = self._read_picture(
            cheque.get("photo"), self.env._("The photo of the cheque")
        )
        day = self._read_day(cheque["date"])
        today = self.company_id._recovery_today()
        return {
            "case_id": self.case_id.id,
            "visit_id": self.id,
            "user_id": self.env.uid,
            "kind": "post_dated" if day > today else "cheque",
            "name": cheque["number"],
            "bank": cheque["bank"],
            "drawer": cheque.get("drawer") or False,
            "date": day,
            "amount": self._read_amount(data.get("amount")),
            "photo": photo,
        }

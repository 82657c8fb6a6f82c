from odoo import models
from odoo.fields import Command


class DebtRecoveryCreditNote(models.AbstractModel):
    """The credit note for a part of an invoice: Odoo's own reversal, cut down, so that
    base and tax shrink in the invoice's own proportions."""

    _name = "debt.recovery.credit.note.mixin"
    _description = "Credit Note of a Part"

    def _draft_credit_note(self, move, amount, reason):
        """A draft that credits ``amount`` of an invoice, taxes included, in its
        currency; the whole invoice where the amount is not less."""
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard = reversal.create(
            {
                "reason": reason,
                "journal_id": move.journal_id.id,
                "date": move.company_id._recovery_today(),
            }
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        self._cut_down(note, amount)
        return note

    def _cut_down(self, note, amount):
        """Scale the draft so that its total is the amount, taxes included; what
        rounding leaves is a line of its own without tax."""
        currency, total = note.currency_id, note.amount_total
        if currency.compare_amounts(total, amount) <= 0:
            return
        lines = note.invoice_line_ids.filtered(lambda x: x.display_type == "product")
        for line in lines:
            price = line.quantity * line.price_unit * (1 - line.discount / 100)
            price *= amount / total
            line.write({"quantity": 1, "discount": 0, "price_unit": price})
        rest = currency.round(amount - note.amount_total)
        if rest:
            vals = {
                "name": self.env._("Rounding"),
                "account_id": lines[-1:].account_id.id,
                "price_unit": rest,
                "tax_ids": [],
            }
            note.invoice_line_ids = [Command.create(vals)]

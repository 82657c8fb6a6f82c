from odoo import fields, models


class DebtRecoveryAgreementCredit(models.AbstractModel):
    """Waiving by credit note, where the company wants it so: one for each invoice, its
    tax with it. What is no invoice is waived by entry all the same."""

    _name = "debt.recovery.agreement.credit.mixin"
    _description = "Waiver by Credit Note"
    _inherit = [
        "debt.recovery.agreement.settlement.mixin",
        "debt.recovery.credit.note.mixin",
    ]

    waiver_note_ids = fields.Many2many(
        "account.move",
        "debt_recovery_agreement_waiver_note_rel",
        "agreement_id",
        "move_id",
        "Waived by Credit Note",
        readonly=True,
        copy=False,
    )

    def _waiver_moves(self):
        return super()._waiver_moves() | self.waiver_note_ids

    def _waiver_entry_lines(self):
        return super()._waiver_entry_lines() - self._waiver_note_lines()

    def _waiver_note_lines(self):
        """Open items of invoices, where the company waives by credit note."""
        if self.company_id._recovery_root().sudo().recovery_waive_by != "credit":
            return self.line_ids.browse()
        return self.line_ids.filtered(
            lambda line: line.residual_currency and line.move_id.is_invoice()
        )

    def _create_waivers(self):
        notes = self._create_waiver_notes()
        self.sudo().waiver_note_ids = notes
        if notes and not self._waiver_entry_lines():
            return notes
        return notes | super()._create_waivers()

    def _create_waiver_notes(self):
        """One draft for each invoice, of what is left open of it."""
        reason = self.env._("Settlement: the rest is waived")
        notes = self.env["account.move"]
        for move, lines in self._waiver_note_lines().grouped("move_id").items():
            rest = sum(lines.mapped("residual_currency"))
            notes |= self._draft_credit_note(move, rest, reason)
        return notes

    def _match_waiver(self):
        """Odoo matches a posted credit note with its invoice; it is the rest of the
        item here, else nothing is left to match."""
        for agreement in self.filtered("waiver_note_ids"):
            if not agreement.waiver_move_id:
                agreement._confirm_settled()
        return super()._match_waiver()

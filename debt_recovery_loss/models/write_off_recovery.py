from odoo import fields, models
from odoo.exceptions import UserError


class DebtRecoveryWriteOffRecovery(models.Model):
    """Money that came after the write-off: income, and the tax that goes back to the
    state. Amounts in company currency."""

    _name = "debt.recovery.write.off.recovery"
    _description = "Recovered after Write-off"
    _order = "date desc, id desc"

    write_off_id = fields.Many2one(
        "debt.recovery.write.off",
        "Write-off",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="write_off_id.partner_id", store=True)
    case_id = fields.Many2one(related="write_off_id.case_id", store=True)
    reason_id = fields.Many2one(related="write_off_id.reason_id", store=True)
    company_id = fields.Many2one(
        related="write_off_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary("Received", required=True, readonly=True)
    amount_tax = fields.Monetary("Tax Repaid", readonly=True)
    amount_income = fields.Monetary("Income", readonly=True)
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    tax_parts = fields.Json(readonly=True)
    state = fields.Selection(
        [("booked", "Booked"), ("reversed", "Undone")],
        required=True,
        readonly=True,
        default="booked",
    )

    def action_undo(self):
        """The money belongs elsewhere: it stands unmatched on the account again."""
        for record in self:
            if record.state != "booked":
                raise UserError(self.env._("This was undone already."))
            if not self.env.user.has_group("debt_recovery.group_manager"):
                raise UserError(self.env._("A recovery manager undoes it: ask yours."))
            move = record.sudo().move_id
            today = record.company_id._recovery_today()
            move._reverse_moves([{"date": max(today, move.date)}], cancel=True)
            record.sudo()._mark_reversed()

    def _mark_reversed(self):
        for record in self:
            for line_id, part in (record.tax_parts or {}).items():
                line = self.env["debt.recovery.write.off.line"].browse(int(line_id))
                line.vat_relief_repaid -= part
                if line.vat_relief_state == "repaid":
                    line.vat_relief_state = (
                        "claimed" if line.date_claimed else "waiting"
                    )
            record.state = "reversed"

    def _prepare_report_row(self):
        """Plain values of ``res.company._recovery_after_write_off``."""
        return {
            "partner_id": self.partner_id.commercial_partner_id.id,
            "user_id": self.case_id.user_id.id,
            "customer": self.partner_id.sudo().display_name,
            "name": self.write_off_id.name,
            "date": self.date,
            "amount": self.amount,
            "amount_tax": self.amount_tax,
            "amount_income": self.amount_income,
            "move_id": self.move_id.id,
        }

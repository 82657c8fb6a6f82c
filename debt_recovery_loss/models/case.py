from odoo import api, fields, models
from odoo.exceptions import UserError


class DebtRecoveryCase(models.Model):
    """Giving up starts on the case, like everything else."""

    _inherit = "debt.recovery.case"

    write_off_ids = fields.One2many(
        "debt.recovery.write.off", "case_id", "Write-offs", readonly=True
    )
    amount_written_off = fields.Monetary(
        "Written Off",
        currency_field="company_currency_id",
        compute="_compute_amount_written_off",
    )

    @api.depends("write_off_ids.amount", "write_off_ids.state")
    def _compute_amount_written_off(self):
        for case in self:
            booked = case.write_off_ids.filtered(lambda row: row.state == "booked")
            case.amount_written_off = sum(booked.mapped("amount"))

    def action_write_off(self):
        """Choose what of the open items is given up."""
        self.ensure_one()
        if self.state == "closed" and not self.amount_overdue:
            raise UserError(self.env._("Nothing is open in this case."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write Off"),
            "res_model": "debt.recovery.write.off.batch",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mode": "case", "default_case_id": self.id},
        }

    def action_write_off_listed(self):
        """Look at the items of the small debts ticked on the monthly list."""
        cases = self._listed()
        if len(cases.company_id) > 1:
            raise UserError(
                self.env._("Tick customers of one company: each has its own books.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write Off"),
            "res_model": "debt.recovery.write.off.batch",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_mode": "listed",
                "default_case_ids": [(6, 0, cases.ids)],
            },
        }

    def action_open_write_offs(self):
        """Write-offs of the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_loss.debt_recovery_write_off_action"
        )
        return {**action, "domain": [("case_id", "in", self.ids)], "context": {}}

    def _merge_into(self, target):
        """Write-offs follow to the case that goes on."""
        self.sudo().write_off_ids.write(
            {"case_id": target.id, "partner_id": target.partner_id.id}
        )
        return super()._merge_into(target)
